"""What goes wrong in the stand-in: Slack's own error codes, and misuse by a driver."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import StewardError


class SlackRefusal(StewardError):
    """A Web API method answers `ok: false`; carries Slack's code and its detailed messages."""

    def __init__(self, code: str, messages: Sequence[str] = ()) -> None:
        """Take Slack's error code and, for invalid blocks, one message per fault."""
        super().__init__(": ".join([code, *messages]))
        self.code = code
        self.messages = tuple(messages)


class NotOnScreen(StewardError):
    """A person tried to use something that is not shown to them now."""


class NotAnswered(StewardError):
    """The app did not acknowledge an event or a click the way Slack demands."""

    def __init__(self, status: int, body: str) -> None:
        """Take the HTTP status (0 when there was no answer at all) and the body."""
        super().__init__(f"the app answered {status}: {body[:200]}")
        self.status = status
        self.body = body
