"""From a question to an answer: a language finds the tool, the tool does the work."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from bot.answers import Answer
from bot.cards.clarify import Pick, ask
from bot.cards.note import note
from bot.cards.text import clip
from bot.language.language import (
    Clarify,
    Context,
    Language,
    LanguageName,
    NotOurs,
    Understood,
)
from bot.sentences import sentence
from bot.tools.catalogue import is_known, tool
from bot.tools.naming import account, known_names
from bot.tools.tool import Asker, Parts, ToolCall
from core.errors import AccountUnknown, Ambiguous, Invalid, StewardError

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.briefs import Briefs
    from bot.changes import Changes
    from bot.drafting import Drafts
    from storage.accounts import Accounts
    from storage.digests import Digests
    from storage.learning_resets import Resets
    from storage.people import People
    from storage.recommendations import Recommendations
    from storage.results import PastResults


@dataclass(frozen=True, slots=True)
class ToolParts:
    """What tools work with; `digest_time` is when a digest comes that nobody named a time for."""

    people: "People"
    accounts: "Accounts"
    advisor: "Advisor"
    recommendations: "Recommendations"
    digests: "Digests"
    results: "PastResults"
    digest_time: str
    drafts: "Drafts"
    resets: "Resets"
    changes: "Changes"
    briefs: "Briefs"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it came about: `tools` holds the call, or `clarify`, or `none`."""

    answer: Answer
    tools: tuple[ToolCall, ...]
    language: LanguageName
    milliseconds: float


class Assistant:
    """Answers questions in a person's own words."""

    def __init__(
        self, language: Language, parts: Parts, *, timer: Callable[[], float] = perf_counter
    ) -> None:
        """Take the language to read with, what tools work with, and a clock that counts seconds."""
        self._language = language
        self._parts = parts
        self._timer = timer

    async def warm(self) -> None:
        """Prepare the language in a thread, so that the first question need not wait."""
        await asyncio.to_thread(self._language.warm)

    async def answer(self, question: str, asker: Asker) -> Reply:
        """Return the answer to a question; what Steward must decline is a sentence in it."""
        started = self._timer()
        context = Context(
            names=await known_names(asker, self._parts),
            people=tuple(csm.name for csm in await self._parts.people.everyone()),
            today=asker.today,
        )
        understood = await self._language.understand(question, context)
        match understood:
            case Understood(call):
                called, answer = await self._run(call, asker)
            case Clarify():
                called, answer = await self._ask_back(understood, asker)
            case NotOurs(says):
                called, answer = ToolCall("none", {}), Answer(note(says))
        return self._reply(answer, called, started)

    async def pick(self, name: str, account_id: str, asker: Asker) -> Reply:
        """Return the answer to a button of a question back: a tool that reads, on an account."""
        started = self._timer()
        if not is_known(name) or tool(name).changes:
            raise Invalid("This button no longer works. Please ask again in words.")
        arguments = {"account": account_id} if account_id else {}
        called, answer = await self._run(ToolCall(name, arguments), asker)
        return self._reply(answer, called, started)

    async def _run(self, call: ToolCall, asker: Asker) -> tuple[ToolCall, Answer]:
        """Run a tool; an ambiguous name becomes a question back, other refusals a sentence."""
        prepared = tool(call.name)(**call.arguments)
        try:
            answer = await prepared.run(asker, self._parts)
        except Ambiguous as unclear:
            return await self._which(unclear, call, asker)
        except AccountUnknown as unknown:
            return call, await self._nearest(unknown, call, asker)
        except StewardError as refused:
            return call, Answer(note(sentence(refused)))
        return (_clarifying(answer.asks, (call,)) if answer.asks else call), answer

    async def _which(
        self, unclear: Ambiguous, call: ToolCall, asker: Asker
    ) -> tuple[ToolCall, Answer]:
        name = _reading(call.name)
        calls = tuple(ToolCall(name, {"account": id}) for id, _ in unclear.candidates[:5])
        question = sentence(unclear)
        answer = Answer(ask(question, await self._buttons(calls, asker)))
        names = Counter(said for _, said in unclear.candidates)
        named = tuple(
            ToolCall(name, {"account": said if names[said] == 1 else id})
            for id, said in unclear.candidates[:5]
        )
        return _clarifying(question, named), answer

    async def _nearest(self, unknown: AccountUnknown, call: ToolCall, asker: Asker) -> Answer:
        name = _reading(call.name)
        calls = tuple(ToolCall(name, {"account": near}) for near in unknown.nearest)
        return Answer(ask(sentence(unknown), await self._buttons(calls, asker)))

    async def _ask_back(self, clarify: Clarify, asker: Asker) -> tuple[ToolCall, Answer]:
        """Ask back; where only the account is missing, offer those that come first today."""
        candidates = clarify.candidates
        if clarify.lacks_account and not candidates:
            candidates = await self._first_accounts(asker)
        answer = Answer(ask(clarify.question, await self._buttons(candidates, asker)))
        return _clarifying(clarify.question, candidates), answer

    async def _first_accounts(self, asker: Asker) -> tuple[ToolCall, ...]:
        try:
            top = await self._parts.advisor.top(asker, limit=3, store=False)
        except StewardError:
            return ()
        names = [recommendation.account.name for recommendation in top.recommendations]
        return tuple(ToolCall("next_best_action", {"account": name}) for name in names)

    async def _buttons(self, calls: tuple[ToolCall, ...], asker: Asker) -> tuple[Pick, ...]:
        """Return a button for each call; one whose account is not certain gets none."""
        several = len({call.name for call in calls}) > 1
        picks: list[Pick] = []
        for call in calls:
            title = tool(call.name).title
            if "account" not in call.arguments:
                picks.append(Pick(title, call.name))
                continue
            try:
                named = await account(call.arguments["account"], asker, self._parts)
            except StewardError:
                continue
            label = f"{title}: {named.name}" if several else named.name
            picks.append(Pick(label, call.name, named.id))
        return await self._told_apart(picks)

    async def _told_apart(self, picks: list[Pick]) -> tuple[Pick, ...]:
        """Add to buttons that say the same what distinguishes their accounts."""
        said = Counter(pick.label for pick in picks)
        alike = [pick.account_id for pick in picks if said[pick.label] > 1]
        if not alike:
            return tuple(picks)
        marks = await self._parts.accounts.told_apart(alike)
        return tuple(
            replace(pick, label=f"{clip(pick.label, 40)} ({marks[pick.account_id]})")
            if pick.account_id in marks
            else pick
            for pick in picks
        )

    def _reply(self, answer: Answer, called: ToolCall, started: float) -> Reply:
        spent = round((self._timer() - started) * 1000, 2)
        return Reply(answer, (called,), self._language.name, spent)


def _reading(name: str) -> str:
    """Return the tool that shows what the called one would have changed."""
    return "next_best_action" if tool(name).changes else name


def _clarifying(question: str, candidates: tuple[ToolCall, ...]) -> ToolCall:
    calls = [{"name": call.name, "arguments": call.arguments} for call in candidates]
    return ToolCall("clarify", {"question": question, "candidates": calls})
