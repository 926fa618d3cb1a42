"""What Slack says when it refuses a call, whatever stands between it and us answers instead."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError


def code_of(error: SlackApiError) -> str:
    """Return Slack's code; empty for an answer that is not Slack's, such as a proxy's page."""
    said: Any = getattr(error.response, "data", None)
    return str(said.get("error") or "") if isinstance(said, Mapping) else ""


def status_of(error: SlackApiError) -> int:
    """Return the HTTP status; slack_sdk hands over aiohttp's answer where it could not read it."""
    answer: Any = error.response
    return int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
