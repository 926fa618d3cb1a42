"""A call that was made, and what came of it."""

from dataclasses import dataclass
from typing import Literal

from bot.answers import Answer
from bot.tools.tool import ToolCall

Ended = Literal["answered", "asked_back", "declined", "not_ours"]
"""How a question ended that no error broke off."""


@dataclass(frozen=True, slots=True)
class Done:
    """A call with its answer; `options` are the calls that the buttons of a question stand for.

    `declined` says that the answer is only the reason why there is none.
    """

    call: ToolCall
    answer: Answer
    options: tuple[ToolCall, ...] = ()
    declined: bool = False

    @property
    def ended(self) -> Ended:
        """How the question ended; one that no tool answers is not ours."""
        if self.declined:
            return "declined"
        if self.answer.asks:
            return "asked_back"
        return "not_ours" if self.call.name == "none" else "answered"
