"""The offline language: commands by grammar, everything else by what it is most like."""

import asyncio
import re
from dataclasses import replace
from typing import Any

from bot.language.language import (
    Clarify,
    Context,
    LanguageName,
    NotOurs,
    Proposed,
    Understanding,
    Understood,
)
from bot.language.names import Mention
from bot.language.offline import (
    decision_commands,
    digest_commands,
    follow_up_replies,
    follow_ups,
    outside,
    writing_commands,
)
from bot.language.offline.arguments import arguments
from bot.language.offline.intent import Guess, Intent
from bot.language.offline.phrasebook import NONE
from bot.language.offline.politeness import LEAD, is_own_line
from bot.language.offline.proposals import proposal
from bot.language.offline.reading import Reading, read
from bot.language.text import clean
from bot.tools.catalogue import is_known, tool, tools
from bot.tools.tool import ToolCall

SURE = 0.35
"""From this probability on a question is answered; below it the likeliest four are offered."""
CERTAIN = 0.9
"""From here on an answer comes without what else may have been meant."""

SURE_OF_A_DECISION = 0.7
"""Only from here on is somebody told how a decision has to be said."""

MOST_CHARACTERS = 1000
_CANDIDATES = 4
_OTHERS = 3
_POINTS_BACK = re.compile(
    r"\b(?:they|them|their|theyre|they're|th(?:is|at|ese|ose)|its?|him|her|s?he|one"
    r"|the (?:customer|account|client))\b",
    re.IGNORECASE,
)
_UNDO_ALONE = re.compile(
    LEAD + r"(?:undo|revert|reverse|roll ?back|take (?:it |that |this )?back)"
    r"(?:\s+(?:it|that|this|what i did|my|the|last|one|decision|choice|action|please|pls|again))*"
    r"[\s.!?]*",
    re.IGNORECASE,
)
_WHICH_UNDO = (
    "Which decision shall I take back? Press Undo on its card, or name the account, "
    "as in “undo Beta Inc”. It works for ten minutes."
)


class Offline:
    """Understands the tools' questions without a key or a network; the same text, the same call."""

    def __init__(self) -> None:
        """Read nothing yet: that happens with the first question, or when `warm` is called."""
        self._intent = Intent()

    @property
    def name(self) -> LanguageName:
        """What the answer is marked with."""
        return "offline"

    def warm(self) -> None:
        """Read what was learnt, so that the first question need not wait."""
        self._intent.warm()

    async def understand(self, text: str, context: Context) -> Understanding:
        """Return what `text` asks for; only the very first question may take longer."""
        if call := writing_commands.command(text):
            return Understood(call)
        if is_own_line(text) and follow_up_replies.is_two_at_once(clean(text)):
            return NotOurs(follow_up_replies.ONE_THING)
        return await follow_ups.understand(text, context, self._alone)

    async def _alone(self, text: str, context: Context) -> Understanding:
        """Read a text as a whole question, as if nothing had gone before it."""
        is_own = is_own_line(text)
        text = clean(text)
        if refused := _unreadable(text):
            return refused
        reading = replace(read(text, context), is_own=is_own)
        if is_own and (found := _commanded(reading)):
            return found
        if found := self._known(reading):
            return found
        if not self._intent.is_warm:
            await asyncio.to_thread(self._intent.warm)
        return self._likely(reading)

    def _known(self, reading: Reading) -> Understanding | None:
        """Read thanks, anger and examples of questions, for which nothing has to be weighed."""
        said = reading.text if reading.guess else reading.masked.text
        if says := outside.reply(said):
            return NotOurs(says)
        if outside.is_to_send(said):
            return NotOurs(follow_up_replies.UNSENT)
        if outside.is_foreign(said):
            return NotOurs(outside.ENGLISH_ONLY, _next(reading))
        label = self._intent.exactly(reading.masked.text)
        return self._act(reading, label) if label else None

    def _likely(self, reading: Reading) -> Understanding:
        guesses = self._intent.rank(reading.masked.text, _allowed(reading), _unlikely(reading))
        best = guesses[0]
        if best.probability >= (SURE_OF_A_DECISION if best.label == "decide" else SURE):
            found = self._act(reading, best.label)
            return found if best.probability >= CERTAIN else _or_else(found, reading, guesses)
        if best.label == NONE:
            return NotOurs(outside.SAYS, _calls(reading, guesses)[:_CANDIDATES])
        return _did_you_mean(reading, guesses)

    def _act(self, reading: Reading, label: str) -> Understanding:
        if label == NONE:
            return NotOurs(outside.SAYS)
        if label == "decide":
            return _not_a_command(reading)
        if _needs_account(label) or (reading.mentions and _takes_account(label)):
            return _about_account(reading, label)
        return Understood(ToolCall(label, arguments(reading, label)))


def _commanded(reading: Reading) -> Understanding | None:
    """Read what is one whole command, and an undo that does not say of what."""
    if call := decision_commands.command(reading):
        return _checked(reading, call)
    if call := digest_commands.command(reading):
        return Understood(call)
    return Clarify(_WHICH_UNDO) if _UNDO_ALONE.fullmatch(reading.masked.text) else None


def _unreadable(text: str) -> NotOurs | None:
    if len(text) > MOST_CHARACTERS:
        return NotOurs(outside.TOO_LONG)
    if not re.search(r"[^\W_]", re.sub(r":[\w+-]+:", " ", text)) and text.strip() != "?":
        return NotOurs(outside.UNREADABLE)
    return None


def _next(reading: Reading) -> tuple[ToolCall, ...]:
    """Return what may be asked next about the account that is named, or about all."""
    named = _picks(reading.mentions[0], "next_best_action") if reading.mentions else ()
    return named[:_CANDIDATES] or (ToolCall("top_actions", {}),)


def _allowed(reading: Reading) -> frozenset[str]:
    """Return the labels that the text's names leave possible."""
    possible = (tool.name for tool in tools() if not reading.mentions or _takes_account(tool.name))
    return frozenset({NONE, *possible})


def _unlikely(reading: Reading) -> frozenset[str]:
    """Return the labels that need an account where the text neither names one nor points back."""
    if reading.mentions or _POINTS_BACK.search(reading.text):
        return frozenset()
    return frozenset(tool.name for tool in tools() if tool.needs_account)


def _checked(reading: Reading, call: ToolCall) -> Understanding:
    """Let a decision pass only when it is certain which one account it is about."""
    mention = reading.mentions[0]
    if len(mention.candidates) > 1:
        return _which(mention, "next_best_action", " Open it and use its buttons.")
    if mention.candidates and not mention.sure:
        ask = f"Did you mean {mention.candidates[0].name}? I change nothing on a guess."
        return Clarify(
            f"{ask} Open it here and use its buttons.", _picks(mention, "next_best_action")
        )
    return Understood(call)


def _not_a_command(reading: Reading) -> Understanding:
    """Show the button of what somebody seems to have decided, or say how it is said plainly."""
    if call := proposal(reading):
        return Proposed(call)
    ask = "I change something only on a plain command, such as “snooze Beta Inc until Friday”, "
    ask += "“dismiss Beta Inc, not relevant” or “done with Beta Inc: they renewed”."
    if len(reading.mentions) > 1:
        ask = "One account at a time, please."
    if not reading.mentions:
        return Clarify(f"Which account? {ask}", lacks_account=True)
    calls = tuple(
        call for mention in reading.mentions for call in _picks(mention, "next_best_action")
    )
    if not calls:
        call = ToolCall("next_best_action", {"account": reading.mentions[0].words})
        return Understood(call)
    return Clarify(f"{ask} Or open the card and use its buttons.", calls[:5])


def _about_account(reading: Reading, label: str) -> Understanding:
    """Return the call about the one account that is named, or ask which it is."""
    if not reading.mentions:
        wanted = ToolCall(label, arguments(reading, label))
        return Clarify("Which account do you mean?", lacks_account=True, wanted=wanted)
    more = arguments(reading, label)
    if len(reading.mentions) > 1:
        calls = tuple(call for each in reading.mentions for call in _picks(each, label, **more))
        distinct = tuple({str(call.arguments): call for call in calls}.values())
        if len(distinct) > 1:
            return Clarify("One at a time, please. Which account first?", distinct[:5])
    mention = reading.mentions[0]
    if len(mention.candidates) > 1:
        return _which(mention, label, **more)
    name = mention.candidates[0].name if mention.candidates else mention.words
    return Understood(ToolCall(label, {"account": name, **more}))


def _which(mention: Mention, label: str, then: str = "", **more: Any) -> Clarify:
    count = len(mention.candidates)
    ask = f"{count} accounts fit “{mention.words}”. Which one do you mean?"
    return Clarify(ask + then, _picks(mention, label, **more))


def _picks(mention: Mention, label: str, **more: Any) -> tuple[ToolCall, ...]:
    return tuple(
        ToolCall(label, {"account": _unique(candidate.name, candidate.id, mention), **more})
        for candidate in mention.candidates[:5]
    )


def _unique(name: str, id: str, mention: Mention) -> str:
    """Return the name, or the id when two candidates bear the same name."""
    same = sum(candidate.name == name for candidate in mention.candidates)
    return id if same > 1 else name


def _did_you_mean(reading: Reading, guesses: tuple[Guess, ...]) -> Understanding:
    """Offer the likeliest tools, all about the account that is named."""
    calls = _calls(reading, guesses)[:_CANDIDATES]
    return Clarify("I am not sure what you mean. Did you mean one of these?", calls)


def _or_else(found: Understanding, reading: Reading, guesses: tuple[Guess, ...]) -> Understanding:
    """Add to what was understood, but not for certain, what else it may have been."""
    if not isinstance(found, Understood | NotOurs):
        return found
    return replace(found, others=_calls(reading, guesses[1:])[:_OTHERS])


def _calls(reading: Reading, guesses: tuple[Guess, ...]) -> tuple[ToolCall, ...]:
    """Return the calls that guesses stand for, none twice; one that decides becomes the card."""
    calls: list[ToolCall] = []
    for guess in guesses:
        label = "next_best_action" if guess.label == "decide" else guess.label
        if reading.mentions and _takes_account(label):
            calls += _picks(reading.mentions[0], label)[:2]
        elif label != NONE and not _needs_account(label):
            calls.append(ToolCall(label, arguments(reading, label)))
    return tuple({str(call): call for call in calls}.values())


def _needs_account(label: str) -> bool:
    return is_known(label) and tool(label).needs_account


def _takes_account(label: str) -> bool:
    return is_known(label) and "account" in tool(label).model_fields
