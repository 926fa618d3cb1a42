"""What a tool is: a question or command that Steward understands, with its arguments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from bot.answers import Answer
    from bot.services import Services
    from storage.people import Csm


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when, and where: identity comes from Slack or the command line, never from text.

    `request_key` is unique to the message, so that a redelivery changes nothing twice.
    """

    csm: "Csm"
    now: datetime
    request_key: str
    channel: str | None = None
    thread: str | None = None
    slack_user_id: str | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The asker's time zone; UTC when it is not known."""
        return ZoneInfo(self.csm.timezone or "UTC")

    @property
    def today(self) -> date:
        """The asker's local date."""
        return self.now.astimezone(self.zone).date()


class Tool(BaseModel):
    """Base of all tools: its fields are the arguments, its docstring says when to use it.

    `name` is the same for the model, the offline language and the API. `examples` are phrasings
    with `{account}`, `{date}`, `{person}` … in place of what varies; the offline language learns
    from them.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=1000)
    name: ClassVar[str]
    examples: ClassVar[tuple[str, ...]]

    async def run(self, asker: Asker, services: "Services") -> "Answer":
        """Do the work and return the answer; raises a StewardError for anything it must decline."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool's name and the arguments that were understood, in the user's own words."""

    name: str
    arguments: dict[str, Any]
