"""Running what the model calls: checked and bounded; reads at once, changes one by one."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pydantic import ValidationError

from bot.language.claude.cleaning import harmless, plain
from bot.language.claude.limits import Limits, Meter
from bot.language.claude.masks import Masks
from bot.language.claude.reply import Json, ToolUse
from bot.language.claude.told import Told
from bot.tools.tool import Tool, ToolCall

Run = Callable[[ToolCall], Awaitable[Told]]

MOST_OF_CARD = 6000
"""Characters of a card that the model reads; people see all of it."""

TOO_MANY = "No more tools can be called for this question. Answer with what you have."
TWICE = "You have called this already, and its result stands above. Answer with it."
QUOTED = (
    "Nothing can be changed in this question any more, as customers' words are on the screen. "
    "Tell the user to decide with the buttons on the card."
)
SLOW = "This takes too long right now. Answer with what you have, and say what is missing."


class Calls:
    """The calls of one question, what came of them, and whether customers' words are in sight."""

    def __init__(
        self, tools: Sequence[type[Tool]], run: Run, masks: Masks, meter: Meter, limits: Limits
    ) -> None:
        """Take the tools, what runs them, the masks to lift from arguments, and the bounds."""
        self._tools = {one.name: one for one in tools}
        self._run, self._masks, self._meter, self._limits = run, masks, meter, limits
        self._seen: set[str] = set()
        self.made: list[ToolCall] = []
        self.told: list[Told] = []

    @property
    def offered(self) -> list[type[Tool]]:
        """The tools that the model may choose from: none that changes once customers speak."""
        return [one for one in self._tools.values() if not (one.changes and self.quotes)]

    @property
    def quotes(self) -> bool:
        """Whether words of customers have been read in this question."""
        return any(told.customer_text or told.of_customers for told in self.told)

    @property
    def is_over(self) -> bool:
        """Whether a tool said that the question ends here."""
        return any(told.final for told in self.told)

    @property
    def has_cards(self) -> bool:
        """Whether there is anything to show besides sentences."""
        return any(told.final or not told.is_error for told in self.told)

    async def answer(self, uses: Sequence[ToolUse]) -> list[Json]:
        """Return one result for each use, in their order."""
        taken = [self._take(use) for use in uses]
        reads = [one for one in taken if isinstance(one, Tool) and not one.alters]
        told = dict(zip(map(id, reads), await self._all(reads), strict=True))
        for one in taken:
            if isinstance(one, Tool) and one.alters:
                told[id(one)] = await self._propose(one)
        return [
            self._result(use, one if isinstance(one, Told) else told[id(one)])
            for use, one in zip(uses, taken, strict=True)
        ]

    def _take(self, use: ToolUse) -> Tool | Told:
        """Return the tool that is ready to run, or why it is not run."""
        tool = self._tools.get(use.name)
        if tool is None:
            known = ", ".join(sorted(self._tools))
            return Told(f"There is no tool {use.name[:60]!r}. There are: {known}.", is_error=True)
        if not isinstance(use.input, dict):
            return Told("The arguments must be an object with named fields.", is_error=True)
        try:
            prepared = tool(**self._unmasked(use.input))
        except ValidationError as error:
            return Told(_wrong(error, tool), is_error=True)
        return self._counted(prepared) or prepared

    def _counted(self, prepared: Tool) -> Told | None:
        """Count a call that is about to be run; return why it is not, if it is not."""
        call = _call(prepared)
        key = json.dumps([call.name, call.arguments], sort_keys=True)
        if key in self._seen:
            return Told(TWICE, is_error=True)
        if not self._meter.may_call:
            return Told(TOO_MANY, is_error=True)
        self._seen.add(key)
        self._meter.calls += 1
        return None

    async def _all(self, reads: Sequence[Tool]) -> list[Told]:
        """Return what all reads tell; when one fails, the others are not left behind running."""
        tasks = [asyncio.ensure_future(self._run_one(one)) for one in reads]
        try:
            return await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    async def _propose(self, change: Tool) -> Told:
        """Run what changes something, unless a customer may have put it into the model's head."""
        return Told(QUOTED, is_error=True) if self.quotes else await self._run_one(change)

    async def _run_one(self, prepared: Tool) -> Told:
        call = _call(prepared)
        self.made.append(call)
        try:
            async with asyncio.timeout(self._limits.tool_seconds) as limit:
                told = await self._run(call)
        except TimeoutError:
            if not limit.expired():
                raise
            told = Told(SLOW, is_error=True)
        self.told.append(told)
        return told

    def _unmasked(self, arguments: dict[Any, Any]) -> dict[str, Any]:
        return {
            str(name): self._masks.unmask(value) if isinstance(value, str) else value
            for name, value in arguments.items()
        }

    def _result(self, use: ToolUse, told: Told) -> Json:
        result: Json = {
            "type": "tool_result",
            "tool_use_id": use.id,
            "content": self._content(told),
        }
        return {**result, "is_error": True} if told.is_error else result

    def _content(self, told: Told) -> str:
        """Write a result as JSON, what customers wrote apart from what Steward says."""
        text = self._masks.mask(without_quotes(told)[:MOST_OF_CARD])
        content: Json = {"error" if told.is_error else "card": text}
        if told.customer_text:
            quotes = [self._masks.mask(harmless(one)) for one in told.customer_text]
            content["customer_text"] = quotes
        return json.dumps(content, ensure_ascii=False)


def without_quotes(told: Told) -> str:
    """Return what Steward itself says: the text with customers' words taken out of it."""
    text = plain(told.text)
    for quote in sorted(told.customer_text, key=len, reverse=True):
        if words := plain(quote):
            text = text.replace(words, "[customer_text]")
    return text


def _call(prepared: Tool) -> ToolCall:
    arguments = prepared.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    return ToolCall(prepared.name, arguments)


def _wrong(error: ValidationError, tool: type[Tool]) -> str:
    """Say which arguments are wrong and why, without repeating what was in them."""
    known = ", ".join(tool.model_fields) or "none"
    faults = [
        f"{'.'.join(map(str, one['loc']))[:60] or 'arguments'}: {one['msg']}"
        for one in error.errors(include_input=False, include_context=False, include_url=False)
    ]
    return f"{'; '.join(faults[:5])}. Arguments of {tool.name}: {known}. Mend the call once."
