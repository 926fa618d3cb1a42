"""The log is JSON, holds no tokens, and keeps what talks too much quiet."""

import json
import subprocess
import sys

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
logging.getLogger("sqlalchemy.engine").info("hush")
"""


def test_a_line_is_an_object_and_secrets_are_black() -> None:
    ran = subprocess.run([sys.executable, "-c", WRITE], capture_output=True, text=True, check=True)

    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert ran.stdout == ""
    assert "hush" not in ran.stderr
    assert lines[0]["event"] == "token xoxb-*** at postgresql://me:***@db/steward"
    assert lines[0]["level"] == "info"
    assert lines[1]["event"] == "Authorization: Bearer stw-***, sk-***"
    assert "ValueError" in lines[2]["exception"]
    assert len(lines) == 3
