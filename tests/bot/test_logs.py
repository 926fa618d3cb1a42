"""The log is JSON, holds no tokens, and keeps what talks too much quiet."""

import json
import subprocess
import sys
from datetime import date
from enum import Enum

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError

from bot.log_words import harmless, plain, trace
from core.errors import AccountUnknown, Misconfigured

WRITE = """
import logging
from bot.logs import configure
configure("DEBUG")
log = logging.getLogger("steward")
log.info("token %s at postgresql://me:hush@db/steward", "xoxb-1-hush")
log.info("Authorization: Bearer stw_hush-hush_hush, sk-ant-api03-hush_hush")
try:
    raise ValueError("xapp-1-hush")
except ValueError:
    log.exception("no")
for name in ("slack_bolt", "slack_sdk.web", "anthropic", "sqlalchemy.engine", "apscheduler"):
    logging.getLogger(name).debug("hush")
    logging.getLogger(name).info("hush")
log.warning("%s said %r: %s", "a1b2", "hush, Beta Inc", ValueError("hush"))
log.warning("cost %d of %.2f", "hush hush", 2.5)
log.warning("mail hush@beta.example by https://hooks.slack.com/actions/T1/2/hush")
logging.getLogger("slack_sdk.web").warning("Failed to send a request to Slack (hush)")
logging.getLogger("asyncio").error("Task exception was never retrieved\\nfuture: <hush>")
logging.getLogger("apscheduler.x").error('Job "%s" was missed by %s', "tick (every 30 s)", "1 s")
import warnings
warnings.warn("hush")
raise KeyError("hush")
"""


def test_a_line_is_an_object_and_secrets_are_black() -> None:
    ran = subprocess.run([sys.executable, "-c", WRITE], capture_output=True, text=True, check=False)

    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert ran.stdout == ""
    assert "hush" not in ran.stderr
    assert lines[0]["level"] == "info"
    assert "ValueError" in lines[2]["exception"]
    assert [line["event"] for line in lines] == [
        "token xoxb-*** at postgresql://me:***@db/steward",
        "Authorization: Bearer stw-***, sk-***",
        "no",
        "a1b2 said '***': ValueError",
        "cost %d of %.2f",
        "mail ***@beta.example by https://hooks.slack.com/***",
        "Failed to send a request to Slack",
        "Task exception was never retrieved",
        'Job "tick (every 30 s)" was missed by 1 s',
        "<string>:22: UserWarning",
        "ended by an error that nobody foresaw",
    ]


def refused(code: str) -> Exception:
    answer = {"ok": False, "error": code, "text": "Beta"}
    return SlackApiError("no", answer)  # type: ignore[no-untyped-call]  # so is the package


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, 3),
        (None, None),
        (date(2026, 3, 3), date(2026, 3, 3)),
        (Colour.RED, "red"),
        ("Ev123:abc", "Ev123:abc"),
        ("", ""),
        ("Beta Inc", "***"),
        ("sarah@beta.example", "***"),
        ("x" * 500, "***"),
        (ValueError("Beta"), "ValueError"),
        ({"tokens": 5, "said": "Beta Inc"}, {"tokens": 5, "said": "***"}),
        (("a", "b c"), ["a", "***"]),
        (object(), "object"),
    ],
)
def test_numbers_and_ids_may_be_read_and_sentences_not(value: object, said: object) -> None:
    assert harmless(value) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refused("is_archived"), "SlackApiError(is_archived)"),
        (refused("Beta Inc"), "SlackApiError"),
        (FileNotFoundError(2, "Beta"), "FileNotFoundError(ENOENT)"),
        (IntegrityError("insert", {"a": "Beta"}, ValueError("Beta")), "IntegrityError(ValueError)"),
        (AccountUnknown("Beta"), "AccountUnknown"),
        (Misconfigured("set PORT"), "Misconfigured: set PORT"),
        (AttributeError("'int' object has no attribute 'x'"), None),
    ],
    ids=str,
)
def test_an_error_keeps_its_class_and_code_alone(error: Exception, said: str | None) -> None:
    assert plain(error) == (said or f"AttributeError: {error}")


def test_a_trace_names_every_error_on_the_way_and_no_message() -> None:
    hushed = ExceptionGroup("hush", [ValueError("hush")])
    try:
        try:
            raise hushed
        except ExceptionGroup as error:
            raise RuntimeError(error) from error
    except RuntimeError as error:
        said = trace((type(error), error, error.__traceback__))

    order = [said.index(name) for name in ("ExceptionGroup", "ValueError", "RuntimeError")]
    assert order == sorted(order)
    assert "hush" not in said.replace("raise hushed", "")
    assert "test_logs.py" in said
