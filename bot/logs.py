"""The log: one JSON object a line on standard error, without tokens or what people wrote."""

import copy
import logging
import re
import sys
from types import TracebackType
from typing import Any

import structlog

from bot.log_words import harmless, trace

log = logging.getLogger(__name__)

_TOKEN = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|stw_[\w-]+|sk-ant-[\w-]+|(?<=://)([^:/@\s]+):[^@/\s]+(?=@)"
)
_HOOK = re.compile(r"(https?://hooks\.slack[\w.-]*/)[^\s\"']+")
_ADDRESS = re.compile(r"[\w.+-]+@(?=[\w-]+\.\w)")

_TALKATIVE = ("slack_bolt", "slack_sdk", "anthropic", "aiohttp", "httpx", "httpx2", "httpcore")
"""These write whole messages, answers and addresses; below WARNING they say nothing here."""

_QUIET = ("aiosqlite", "alembic", "apscheduler", "asyncio", "sqlalchemy", "uvicorn")
"""At INFO these say much that nobody needs, SQLAlchemy even the values of rows."""

_CAREFUL = ("uvicorn", "apscheduler")
"""What these put into their lines is the program's own: ports, jobs, times."""

_QUOTING = {*_TALKATIVE, *_QUIET} - {*_CAREFUL}
_BEGINNING = re.compile(r"[^(\[{<:\n]*")
"""What others' code says before it begins to quote."""

_WARNED = re.compile(r".*?:\d+: \w+")
"""Of a warning where it came up, and its class."""


class Lines(structlog.stdlib.ProcessorFormatter):
    """Writes a record after what must not be read in a log was taken out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        kept = copy.copy(record)
        kept.msg, kept.args = _said(record), None
        return super().format(kept)


def configure(level: str) -> None:
    """Send all logging of this process to standard error from `level` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        Lines(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.ExceptionRenderer(trace),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_secrets,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=_level(level), force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a line that cannot be written would be printed in full
    sys.excepthook = _last_words
    _hush()


def without_secrets(logger: Any, method: str, event: structlog.typing.EventDict) -> Any:
    """Black out tokens, passwords and e-mail addresses wherever they turn up in a line."""
    del logger, method
    return {key: _hidden(value) for key, value in event.items()}


def _hidden(value: object) -> object:
    if not isinstance(value, str):
        return value
    return _ADDRESS.sub("***@", _HOOK.sub(r"\1***", _TOKEN.sub(_stars, value)))


def _stars(match: re.Match[str]) -> str:
    return f"{match[1]}:***" if match[1] else re.split("[-_]", match[0])[0] + "-***"


def _said(record: logging.LogRecord) -> str:
    package = record.name.partition(".")[0]
    message = record.getMessage() if package in _CAREFUL else _filled(record)
    if record.name == "py.warnings":
        return _first(_WARNED, message)
    return _first(_BEGINNING, message) if package in _QUOTING else message


def _filled(record: logging.LogRecord) -> str:
    """Return what a record says with its values, as far as they may be read."""
    given = record.args
    args = tuple(harmless(one) for one in given) if isinstance(given, tuple) else harmless(given)
    try:
        return str(record.msg) % args if given else str(record.msg)
    except (TypeError, ValueError):  # what was left out was wanted as a number
        return str(record.msg)


def _first(pattern: re.Pattern[str], message: str) -> str:
    found = pattern.match(message)
    return found[0].strip() if found else ""


def _last_words(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    """Log what ends the process, which Python itself would print with all that it says."""
    if issubclass(kind, Exception):
        log.critical("ended by an error that nobody foresaw", exc_info=(kind, error, where))
    else:
        sys.__excepthook__(kind, error, where)


def _level(name: str) -> int:
    return logging.getLevelNamesMapping().get(name.upper(), logging.INFO)


_UNASKED = ("`token` will be unused", "Bolt has enabled the file-based")
"""Bolt sees SLACK_BOT_TOKEN or SLACK_CLIENT_ID as well as we do, and says what it would do with it.

It does nothing with it: who a payload is from is found by bot/desks.py alone.
"""


def _means_something(record: logging.LogRecord) -> bool:
    """Leave that out."""
    return not any(said in record.getMessage() for said in _UNASKED)


def _hush() -> None:
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_means_something)
    for name in (*_TALKATIVE, *_QUIET):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
