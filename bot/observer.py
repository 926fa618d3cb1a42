"""Whoever wants to know how questions end, without having a part in answering them."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.done import Done
from bot.language.claude.troubles import Reason
from bot.language.language import LanguageName
from core.errors import StewardError


class Observer(Protocol):
    """Hears how each question ended, once."""

    def replied(self, done: Done, language: LanguageName, seconds: float) -> None:
        """Take what a question came to, whose language found it, and how long that took."""

    def broke_off(self, *, declined: bool) -> None:
        """Take that a question ended in an error; `declined` when it was one of Steward's own."""

    def unaided(self, reason: Reason) -> None:
        """Take that Claude was wanted for a question and could not help."""


class Nobody:
    """Hears nothing of it."""

    def replied(self, done: Done, language: LanguageName, seconds: float) -> None:
        """Forget it."""

    def broke_off(self, *, declined: bool) -> None:
        """Forget it."""

    def unaided(self, reason: Reason) -> None:
        """Forget it."""


class Observed(Protocol):
    """Something whose questions are observed."""

    @property
    def observer(self) -> Observer:
        """Who hears of it."""


Self = TypeVar("Self", bound=Observed)
Given = ParamSpec("Given")
Found = TypeVar("Found")


def observed(
    answer: Callable[Concatenate[Self, Given], Awaitable[Found]],
) -> Callable[Concatenate[Self, Given], Coroutine[Any, Any, Found]]:
    """Let the observer hear of a question that ends in an error; the error goes on its way.

    A question that its person stopped is none.
    """

    @wraps(answer)
    async def answered(self: Self, /, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        try:
            return await answer(self, *args, **kwargs)
        except Exception as error:
            self.observer.broke_off(declined=isinstance(error, StewardError))
            raise

    return answered
