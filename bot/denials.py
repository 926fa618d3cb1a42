"""What somebody asked for or pressed and may not see, told to the audit log; never in the way."""

from dataclasses import dataclass
from datetime import datetime

from bot.tools.tool import Asker
from core.errors import NotAllowed
from storage.audit import AuditLog, Entry


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who asked, when, by which request and on which message; `by` is a person's id or Slack's."""

    by: str
    at: datetime
    name: str = ""
    key: str = ""
    place: tuple[str, str] | None = None

    @classmethod
    def of(cls, asker: Asker) -> "Attempt":
        """Return the attempt of somebody who is known."""
        place = (asker.channel, asker.thread or "") if asker.channel else None
        return cls(asker.csm.id, asker.now, asker.csm.name, asker.request_key, place)


class Denials:
    """Notes refusals; the log takes some of each person in an hour and leaves the rest out."""

    def __init__(self, log: AuditLog) -> None:
        """Take the log."""
        self._log = log

    async def note(self, error: Exception, attempt: Attempt) -> None:
        """Note an error, if it is that somebody may not see what they asked for."""
        if not isinstance(error, NotAllowed):
            return
        await self._log.denied(
            Entry(
                "access.deny",
                error.what,
                by=attempt.by,
                by_name=attempt.name,
                at=attempt.at,
                account=error.account,
                detail={"reason": type(error).__name__},
                place=attempt.place,
                request_key=attempt.key,
                result="denied",
            )
        )
