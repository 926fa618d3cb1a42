"""From a question to an answer: a language finds the tool, the tool does the work."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from bot.answers import Answer
from bot.cards.clarify import Pick, ask, or_else, which_recommendation
from bot.cards.note import note
from bot.cards.prose import with_word
from bot.cards.text import clip
from bot.denials import Attempt, Denials
from bot.done import Done
from bot.language.claude.troubles import ClaudeUnavailable
from bot.language.language import (
    Clarify,
    Language,
    LanguageName,
    NotOurs,
    Proposed,
    Understanding,
    Understood,
    WhichOne,
)
from bot.memory import Memory
from bot.observer import Nobody, Observer, observed
from bot.sentences import sentence
from bot.speaker import Speaker, may_be_spoken
from bot.tools.catalogue import is_known, tool
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, ToolCall
from core.errors import AccountUnknown, Ambiguous, Invalid, StewardError
from storage.conversations import Conversations, Place, Turn
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it came about: `tools` holds the call, or `clarify`, or `none`.

    `turn` is what a conversation remembers of it.
    """

    answer: Answer
    tools: tuple[ToolCall, ...]
    language: LanguageName
    milliseconds: float
    turn: Turn | None = None


class Assistant:
    """Answers questions in a person's own words."""

    def __init__(
        self,
        language: Language,
        parts: Parts,
        *,
        conversations: Conversations | None = None,
        database: Database | None = None,
        speaker: Speaker | None = None,
        observer: Observer | None = None,
        denials: Denials | None = None,
        timer: Callable[[], float] = perf_counter,
    ) -> None:
        """Take the language, what tools work with, who hears how questions end, and a stopwatch.

        `conversations` keeps what is said at a place; without it only `earlier` turns are known.
        What is known before a question is read from `database` in one look, if it is given.
        `speaker` answers what it can; without it, and where it cannot, the language does. `denials`
        are told of what somebody may not see.
        """
        self._language, self._parts = language, parts
        self._memory = Memory(parts, conversations, database)
        self._speaker = speaker
        self._denials = denials
        self.observer = observer or Nobody()
        self._timer = timer

    async def warm(self) -> None:
        """Prepare the language in a thread, so that the first question need not wait."""
        await asyncio.to_thread(self._language.warm)
        if self._speaker is not None:
            await self._speaker.warm()

    @observed
    async def answer(
        self,
        question: str,
        asker: Asker,
        place: Place | None = None,
        *,
        earlier: Sequence[Turn] = (),
        keeps: bool = True,
    ) -> Reply:
        """Return the answer to a question; what Steward must decline is a sentence in it.

        Every surface ends here. What this person said before at `place` is known, and so is what
        was said `earlier` where nothing is kept. Without `keeps`, whoever asked keeps the turn
        together with the answer.
        """
        started = self._timer()
        context = await self._memory.context(place, asker, earlier)
        understood = await self._language.understand(question, context)
        unaided = ""
        if self._speaker is not None and self._speaker.is_there and may_be_spoken(understood):
            try:
                spoken = await self._speaker.answer(question, context, asker, self._ran_for(asker))
            except ClaudeUnavailable as unavailable:
                unaided = unavailable.says
                self.observer.unaided(unavailable.reason)
            else:
                kept = place if keeps else None
                return await self._reply(question, spoken.done, asker, kept, started, spoken.calls)
        # What a model was asked for meanwhile may have taken long: then the names are read again.
        done = await self._act(understood, replace(asker, names=None if unaided else context.names))
        if unaided:
            card = with_word(done.answer.card, unaided)
            done = replace(done, answer=replace(done.answer, card=card))
        return await self._reply(question, done, asker, place if keeps else None, started)

    def _ran_for(self, asker: Asker) -> Callable[[ToolCall], Awaitable[Done]]:
        """Return what runs a model's calls: what would change something is only proposed."""

        async def run(call: ToolCall) -> Done:
            return await self._run(call, asker, only_propose=True)

        return run

    @observed
    async def pick(
        self,
        name: str,
        account_id: str,
        asker: Asker,
        place: Place | None = None,
        *,
        keeps: bool = True,
    ) -> Reply:
        """Return the answer to a button of a question back: a tool that reads, on an account."""
        started = self._timer()
        if not is_known(name) or tool(name).changes:
            raise Invalid("This button no longer works. Please ask again in words.")
        earlier = await self._memory.recall(place, asker)
        arguments = await self._memory.arguments(name, account_id, earlier, asker)
        done = await self._run(ToolCall(name, arguments), asker)
        return await self._reply(tool(name).title, done, asker, place if keeps else None, started)

    async def went(self, key: str, *, channel: str, thread: str) -> None:
        """Remember where the answer to a message was posted: the conversation goes on there too.

        `key` is the message's request key.
        """
        await self._memory.went(key, channel=channel, thread=thread)

    async def _act(self, understood: Understanding, asker: Asker) -> Done:
        match understood:
            case Understood(call, about, others):
                done = await self._run(call, replace(asker, about=about))
                return await self._or_else(done, others, asker)
            case WhichOne():
                return await self._which_one(understood, asker)
            case Proposed(call):
                return await self._run(call, asker, only_propose=True)
            case Clarify():
                return await self._ask_back(understood, asker)
            case NotOurs(says, others):
                done = Done(ToolCall("none", {}), Answer(note(says)))
                return await self._or_else(done, others, asker)

    async def _or_else(self, done: Done, others: tuple[ToolCall, ...], asker: Asker) -> Done:
        """Put what may have been meant instead below an answer that asks nothing itself."""
        if not others or done.options or done.answer.asks:
            return done
        card = or_else(done.answer.card, await self._buttons(others, asker))
        return replace(done, answer=replace(done.answer, card=card))

    async def _run(self, call: ToolCall, asker: Asker, *, only_propose: bool = False) -> Done:
        """Run a tool; an ambiguous name becomes a question back, other refusals a sentence."""
        prepared = tool(call.name)(**call.arguments)
        proposes = only_propose and prepared.alters
        try:
            answer = await (prepared.propose if proposes else prepared.run)(asker, self._parts)
        except Ambiguous as unclear:
            return await self._which(unclear, call, asker)
        except AccountUnknown as unknown:
            return await self._nearest(unknown, call, asker)
        except StewardError as refused:
            if self._denials is not None and not asker.in_past:
                await self._denials.note(refused, Attempt.of(asker))
            return Done(call, Answer(note(sentence(refused))), declined=True)
        if answer.asks:
            return Done(_clarifying(answer.asks, (call,)), answer, (call,))
        return Done(call, answer)

    async def _which(self, unclear: Ambiguous, call: ToolCall, asker: Asker) -> Done:
        candidates = unclear.candidates[:5]
        calls = tuple(_about(call, id) for id, _ in candidates)
        question = sentence(unclear)
        answer = Answer(ask(question, await self._buttons(calls, asker)), asks=question)
        names = Counter(said for _, said in unclear.candidates)
        named = tuple(_about(call, said if names[said] == 1 else id) for id, said in candidates)
        return Done(_clarifying(question, named), answer, calls)

    async def _nearest(self, unknown: AccountUnknown, call: ToolCall, asker: Asker) -> Done:
        calls = tuple(_about(call, near) for near in unknown.nearest)
        question = sentence(unknown)
        card = ask(question, await self._buttons(calls, asker))
        return Done(call, Answer(card, asks=question if calls else ""), calls, declined=True)

    async def _which_one(self, which: WhichOne, asker: Asker) -> Done:
        """Ask which recommendation a command means: those that the asker may see and decide."""
        shown = await self._memory.visible(which.recommendations, asker)
        ids = tuple(one.recommendation for one in shown)
        found = await self._parts.recommendations.find(ids)
        card = which_recommendation(which.question, found, which.decision)
        calls = tuple(ToolCall("next_best_action", {"account": one.name}) for one in shown)
        answer = Answer(card, asks=which.question, about=ids)
        return Done(_clarifying(which.question, calls), answer)

    async def _ask_back(self, clarify: Clarify, asker: Asker) -> Done:
        """Ask back; where only the account is missing, offer those that come first today."""
        candidates = clarify.candidates
        if clarify.lacks_account and not candidates:
            try:
                candidates = await self._first_accounts(clarify.wanted, asker)
            except StewardError as refused:  # such as: whoever has no account cannot name one
                return Done(ToolCall("none", {}), Answer(note(sentence(refused))), declined=True)
        card = ask(clarify.question, await self._buttons(candidates, asker))
        answer = Answer(card, asks=clarify.question)
        return Done(_clarifying(clarify.question, candidates), answer, candidates)

    async def _first_accounts(self, wanted: ToolCall | None, asker: Asker) -> tuple[ToolCall, ...]:
        top = await self._parts.advisor.top(asker, limit=3, store=False)
        names = [recommendation.account.name for recommendation in top.recommendations]
        return tuple(_about(wanted or ToolCall("next_best_action", {}), name) for name in names)

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

    async def _reply(
        self,
        question: str,
        done: Done,
        asker: Asker,
        place: Place | None,
        started: float,
        spoken: Sequence[ToolCall] | None = None,
    ) -> Reply:
        turn = await self._memory.turn(question, done.call, done.answer, done.options, asker)
        await self._memory.keep(turn, place, asker)
        spent = round((self._timer() - started) * 1000, 2)
        language = self._language.name if spoken is None else "claude"
        self.observer.replied(done, language, spent / 1000)
        return Reply(done.answer, tuple(spoken or ()) or (done.call,), language, spent, turn)


def _about(call: ToolCall, account: str) -> ToolCall:
    """Return the call about another account; what it would have changed is only shown."""
    if tool(call.name).changes:
        return ToolCall("next_best_action", {"account": account})
    return ToolCall(call.name, {**call.arguments, "account": account})


def _clarifying(question: str, candidates: tuple[ToolCall, ...]) -> ToolCall:
    calls = [{"name": call.name, "arguments": call.arguments} for call in candidates]
    return ToolCall("clarify", {"question": question, "candidates": calls})
