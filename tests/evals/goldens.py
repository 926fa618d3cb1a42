"""The questions with what must come of them, and whether something heard is that.

A language under test is a `Listener`: it hears a text and says which tool it would call. So the
same questions drive the offline language, a scripted model and a live one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.language.language import Understanding, Understood
from bot.tools.catalogue import tool
from bot.tools.tool import ToolCall
from tests.bot.language.book import CONTEXT, LANGUAGE, candidates, is_none, writes

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Golden:
    """A question, the tools that are right (the first is meant), its account and arguments.

    `never` says that it must not change anything.
    """

    says: str
    tools: tuple[str, ...]
    account: str | None
    arguments: dict[str, Any]
    never: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a language made of a text: a tool, `clarify` or `none`, and the buttons it offers."""

    tool: str
    arguments: dict[str, Any]
    offered: tuple[ToolCall, ...] = ()
    changes: bool = False
    cost_usd: float = 0.0


Listener = Callable[[str], Awaitable[Heard]]


def goldens() -> tuple[Golden, ...]:
    """Return the questions that helped to choose: each miss is worth a look."""
    return _questions("questions")


def blind() -> tuple[Golden, ...]:
    """Return the questions that nobody looks at: of them only totals are told."""
    return _questions("blind")


def _questions(name: str) -> tuple[Golden, ...]:
    entries = yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(_golden(entry) for entry in entries)


def is_right(golden: Golden, heard: Heard) -> bool:
    """Tell whether it was heard at once: tool, account and arguments."""
    wanted = dict(golden.arguments)
    if golden.account and heard.tool not in ("clarify", "none"):
        wanted["account"] = golden.account
    return heard.tool in golden.tools and wanted.items() <= heard.arguments.items()


def is_offered(golden: Golden, heard: Heard) -> bool:
    """Tell whether one of the buttons is right."""
    return any(
        call.name in golden.tools and call.arguments.get("account") == golden.account
        for call in heard.offered
    )


def is_wrong_write(golden: Golden, heard: Heard) -> bool:
    """Tell whether something would be changed that should not be, or not so."""
    return heard.changes and (golden.never or not is_right(golden, heard))


async def offline(text: str) -> Heard:
    """Hear with the offline language."""
    understood = await LANGUAGE.understand(text, CONTEXT)
    name, arguments = _called(understood)
    return Heard(name, arguments, candidates(understood), writes(understood))


def _called(understood: Understanding) -> tuple[str, dict[str, Any]]:
    if not isinstance(understood, Understood):
        return ("none" if is_none(understood) else "clarify"), {}
    lacks = tool(understood.call.name)(**understood.call.arguments).lacks
    return "clarify" if lacks else understood.call.name, understood.call.arguments


def _golden(entry: dict[str, Any]) -> Golden:
    also = entry.get("or", [])
    return Golden(
        says=entry["say"],
        tools=(entry["tool"], *([also] if isinstance(also, str) else also)),
        account=entry.get("account"),
        arguments=entry.get("with", {}),
        never=entry.get("never") == "write",
    )
