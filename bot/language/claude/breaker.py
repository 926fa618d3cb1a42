"""The breaker: when Claude fails again and again, it is left alone for a while."""

from collections.abc import Callable
from time import monotonic

from bot.language.claude.troubles import PASSING, SETTINGS, Reason, sentence_of

FAILURES = 3
"""So many in a row, and Claude rests."""

REST_SECONDS = 60.0

OFF_SECONDS = 3600.0
"""So long Claude is left alone for what somebody has to mend, such as a bill, before one try."""


class Breaker:
    """What one process knows of how Claude is; nothing of it has to outlive the process."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """Take a clock that counts seconds."""
        self._seconds = seconds
        self._failures = 0
        self._rests_until = self._off_until = float("-inf")
        self._off: Reason | None = None
        self._said = False

    @property
    def reason(self) -> Reason | None:
        """Why Claude is not to be asked now; None when it may be.

        After a rest a single failure is enough for the next one.
        """
        if self._seconds() < self._off_until:
            return self._off
        return Reason.RESTING if self._seconds() < self._rests_until else None

    def succeeded(self) -> None:
        """Take note that Claude answered, whatever the answer was good for."""
        self._failures = 0

    def failed(self, reason: Reason) -> None:
        """Take note of a failure; one of a single question, such as a refusal, means nothing."""
        if reason in SETTINGS:
            self._said = self._said and self._seconds() < self._off_until
            self._off, self._off_until = reason, self._seconds() + OFF_SECONDS
        elif reason in PASSING:
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until = self._seconds() + REST_SECONDS

    def says(self, reason: Reason) -> str:
        """Return the line about a reason; what lasts until it is mended is said once an hour."""
        if reason not in SETTINGS:
            return sentence_of(reason)
        line = "" if self._said else sentence_of(reason)
        self._said = True
        return line
