"""The log: one JSON object a line on standard error, without tokens."""

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|stw_[\w-]+|sk-ant-[\w-]+|(?<=://)([^:/@\s]+):[^@/\s]+(?=@)"
)
_TALKATIVE = ("slack_bolt", "slack_sdk", "anthropic")
"""At DEBUG these write whole messages of customers; they never go below INFO."""

_QUIET = ("aiosqlite", "alembic", "apscheduler", "asyncio", "sqlalchemy", "uvicorn")
"""At INFO these say much that nobody needs, SQLAlchemy even the values of rows."""


def configure(level: str) -> None:
    """Send all logging of this process to standard error from `level` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_tokens,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=_level(level), force=True)
    logging.captureWarnings(True)
    _hush()


def without_tokens(logger: Any, method: str, event: structlog.typing.EventDict) -> Any:
    """Black out tokens and passwords wherever they turn up in a line."""
    del logger, method
    return {key: _hidden(value) for key, value in event.items()}


def _hidden(value: object) -> object:
    return _TOKEN.sub(_stars, value) if isinstance(value, str) else value


def _stars(match: re.Match[str]) -> str:
    return f"{match[1]}:***" if match[1] else re.split("[-_]", match[0])[0] + "-***"


def _level(name: str) -> int:
    return logging.getLevelNamesMapping().get(name.upper(), logging.INFO)


def _means_something(record: logging.LogRecord) -> bool:
    """Leave out that Bolt saw SLACK_BOT_TOKEN besides the client that already holds it."""
    return "`token` will be unused" not in record.getMessage()


def _hush() -> None:
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_means_something)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
