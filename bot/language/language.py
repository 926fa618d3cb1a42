"""What a language is: it turns what a person wrote into calls of tools, or asks back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from bot.language.names import AccountNames
from bot.tools.tool import ToolCall
from storage.conversations import Turn

LanguageName = Literal["offline", "claude"]


@dataclass(frozen=True, slots=True)
class Context:
    """What may be known while reading a question: the asker's accounts, colleagues and day.

    `earlier` is what was said before in this conversation, oldest first; `in_thread` that the
    person goes on in its thread; `near` an account that the place suggests, for a question that
    names none.
    """

    names: AccountNames
    people: tuple[str, ...]
    today: date
    earlier: tuple[Turn, ...] = ()
    in_thread: bool = False
    near: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """The question is this call.

    `about` is the recommendation that a short command of a conversation decides about; `others` are
    calls that may have been meant instead, where that is not quite certain.
    """

    call: ToolCall
    about: str = ""
    others: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarify:
    """The question has to be asked back; each candidate is a call that may have been meant.

    `lacks_account` says that all that is missing is which account; candidates may then be empty,
    and `wanted` is the call without its account.
    """

    question: str
    candidates: tuple[ToolCall, ...] = field(default=())
    lacks_account: bool = False
    wanted: ToolCall | None = None


@dataclass(frozen=True, slots=True)
class WhichOne:
    """A command that may mean any of these recommendations: nothing is changed before one is named.

    `decision` is what is to be done with it.
    """

    question: str
    decision: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody seems to have decided, in free words: shown with its button, never done."""

    call: ToolCall


@dataclass(frozen=True, slots=True)
class NotOurs:
    """The text is none of Steward's business; `says` is the friendly line.

    `others` are calls that may have been meant after all.
    """

    says: str
    others: tuple[ToolCall, ...] = ()


Understanding = Understood | Clarify | WhichOne | Proposed | NotOurs


class Language(Protocol):
    """A way of understanding text."""

    @property
    def name(self) -> LanguageName:
        """What the answer is marked with."""

    def warm(self) -> None:
        """Prepare, so that the first question need not wait; this may take seconds."""

    async def understand(self, text: str, context: Context) -> Understanding:
        """Return what `text` asks for; it never fails, it asks back instead."""
