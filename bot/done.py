"""A call that was made, and what came of it."""

from dataclasses import dataclass

from bot.answers import Answer
from bot.tools.tool import ToolCall


@dataclass(frozen=True, slots=True)
class Done:
    """A call with its answer; `options` are the calls that the buttons of a question stand for.

    `declined` says that the answer is only the reason why there is none.
    """

    call: ToolCall
    answer: Answer
    options: tuple[ToolCall, ...] = ()
    declined: bool = False
