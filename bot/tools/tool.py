"""What a tool is: a question or command that Steward understands, with its arguments."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.work import bind
from core.errors import Invalid

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.answers import Answer
    from bot.briefs import Briefs
    from bot.changes import Changes
    from bot.drafting import Drafts
    from bot.language.names import AccountNames
    from storage.accounts import Accounts
    from storage.digests import Digests
    from storage.learning_resets import Resets
    from storage.people import Csm, People
    from storage.recommendations import Recommendations
    from storage.results import PastResults


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when, and where: identity comes from Slack or the command line, never from text.

    `request_key` is unique to the message, so that a redelivery changes nothing twice. `in_past`
    says that `now` is a moment of the past: what is shown is then not kept, and nothing changes.
    `near` names one of their accounts that the place suggests, for where none is named. `about` is
    the one recommendation that their words point back at in a conversation. `names` are the
    accounts they may name, where those were just read.
    """

    csm: "Csm"
    now: datetime
    request_key: str
    channel: str | None = None
    thread: str | None = None
    slack_user_id: str | None = None
    in_past: bool = False
    near: str = ""
    about: str = ""
    names: "AccountNames | None" = field(default=None, compare=False, repr=False)

    @property
    def zone(self) -> ZoneInfo:
        """The asker's time zone; UTC when it is not known."""
        return ZoneInfo(self.csm.timezone or "UTC")

    @property
    def local_now(self) -> datetime:
        """The moment on the asker's own clock."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The asker's local date."""
        return self.local_now.date()

    def check_may_change(self) -> None:
        """Call this before changing something: from here on the work is finished, not stopped.

        Raise Invalid in a conversation about the past, where nothing can be changed.
        """
        if self.in_past:
            raise Invalid("The past can only be looked at. Ask without a date to change something.")
        bind()


class Parts(Protocol):
    """What tools work with: the part of the services that they need."""

    @property
    def people(self) -> "People":
        """Who is who, and whose accounts they may see."""

    @property
    def accounts(self) -> "Accounts":
        """The names of accounts."""

    @property
    def advisor(self) -> "Advisor":
        """What is best to do next."""

    @property
    def recommendations(self) -> "Recommendations":
        """What was recommended and decided."""

    @property
    def digests(self) -> "Digests":
        """Who gets a digest, where and when."""

    @property
    def results(self) -> "PastResults":
        """What came of the recommendations of a period."""

    @property
    def digest_time(self) -> str:
        """When a digest comes that nobody named a time for, HH:MM."""

    @property
    def resets(self) -> "Resets":
        """What an admin had forgotten of what was learned."""

    @property
    def drafts(self) -> "Drafts":
        """Templates filled with an account's facts."""

    @property
    def changes(self) -> "Changes":
        """What changed at an account or over a portfolio."""

    @property
    def briefs(self) -> "Briefs":
        """What to know before a call."""


class Tool(BaseModel, ABC):
    """Base of all tools: its fields are the arguments, its docstring says when to use it.

    `name` is the same for the model, the offline language and the API. `examples` are phrasings
    with `{account}`, `{date}`, `{person}` … in place of what varies; the offline language knows
    them by heart, and learns from many more in `bot/language/offline/phrases/<name>.txt`. `title`
    is what a button for it says, `needs_account` whether it is about one account, `changes`
    whether naming an account is enough for it to change something: no button of a question back
    runs such a tool. One that is not `taught` has no phrases: only its examples and a grammar of
    its own lead to it offline.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=1000)
    name: ClassVar[str]
    title: ClassVar[str]
    changes: ClassVar[bool] = False
    taught: ClassVar[bool] = True
    examples: ClassVar[tuple[str, ...]]
    needs_account: ClassVar[bool]

    @property
    def lacks(self) -> str | None:
        """The question to ask back when an argument is missing, None when the call is complete.

        A tool that lacks something changes nothing when it runs: its answer asks for it.
        """
        return None

    @property
    def alters(self) -> bool:
        """Whether this call changes something; a language model may only propose such a call."""
        return self.changes

    @property
    def in_words(self) -> str:
        """The plain command that does the same as this call."""
        return self.title.lower()

    async def propose(self, asker: Asker, services: Parts) -> "Answer":
        """Return how the person makes a change that a model proposes; nothing is changed by it."""
        from bot.answers import Answer
        from bot.cards.note import note

        del asker, services
        says = f"I change that only on your own words. To do it, write “{self.in_words}”."
        return Answer(note(says), asks=says)

    @abstractmethod
    async def run(self, asker: Asker, services: Parts) -> "Answer":
        """Do the work and return the answer; raises a StewardError for anything it must decline."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool's name and the arguments that were understood, in the user's own words."""

    name: str
    arguments: dict[str, Any]
