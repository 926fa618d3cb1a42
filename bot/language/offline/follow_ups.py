"""Short sentences of a conversation: "why?", "and the second one?", "what about Gamma?".

Each is turned into the whole question that it stands for, from what was said and shown before in
the same thread. Whatever is a whole question by itself is read as if nothing had gone before.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.conversation import Conversation, fields
from bot.language.language import Clarify, Context, NotOurs, Understanding, Understood
from bot.language.names import Mention
from bot.language.offline import drafts, filters, pointers, short_commands, spans
from bot.language.offline import follow_up_forms as forms
from bot.language.offline import follow_up_replies as replies
from bot.language.offline.masking import mask_days
from bot.language.offline.politeness import is_own_line
from bot.language.offline.reading import read
from bot.language.text import PERSON, Masked, clean, plain
from bot.tools.catalogue import is_known, tool
from bot.tools.tool import ToolCall
from core.errors import StewardError
from storage.conversations import Called, Shown, Turn

Alone = Callable[[str, Context], Awaitable[Understanding]]
"""Reads a text as if nothing had gone before it."""

MOST = 160
"""A longer text is no short sentence."""

MOST_WORDS = 7
"""A filter by itself takes no more words."""

NEVER_MIND = "All right, nothing was changed. Ask me whenever you like."
PLAINLY = (
    "I change something only on a plain command, such as “accept”, “snooze it until Friday”, "
    "“dismiss it, not relevant” or “done: they renewed”."
)
TO_DO_IT = "Good. To take it on, say “accept” or press its button; “why?” tells you more."


async def understand(text: str, context: Context, alone: Alone) -> Understanding:
    """Return what a text means after what was said before; `alone` reads whole questions."""
    plain = clean(text)
    is_short = context.earlier and len(plain) <= MOST
    if is_short and (found := _short(plain, context, is_own=is_own_line(text))):
        return found
    if asked := _answered(plain, context):
        completed = await alone(asked, context)
        if _reads(completed) or (isinstance(completed, Clarify) and completed.candidates):
            return completed
    whole = await alone(text, context)
    return await _completed(plain, whole, context, alone)


def _short(text: str, context: Context, *, is_own: bool) -> Understanding | None:
    """Return what a short sentence stands for; a command only if it `is_own` words on one line."""
    conversation = Conversation(context.earlier)
    masked = mask_days(Masked(pointers.spelt(text)))
    commands = (short_commands.answer, short_commands.command) if is_own else ()
    steps: tuple[Callable[[], Understanding | None], ...] = (
        lambda: _to_question(text, context, conversation),
        *(partial(command, text, masked, context) for command in commands),
        lambda: _about_shown(pointers.spelt(text), conversation),
        lambda: replies.to_remark(text, conversation),
        lambda: _narrowed(text, context, conversation),
        lambda: _repeated(text, context, conversation),
    )
    return next((found for step in steps if (found := step()) is not None), None)


def _to_question(text: str, context: Context, conversation: Conversation) -> Understanding | None:
    """Read an answer to what Steward asked: yes, no, or one of the choices by number or name."""
    asked = conversation.asked_back
    if asked is None:
        return None
    if forms.NO.fullmatch(text):
        return NotOurs(NEVER_MIND)
    options = tuple(one for one in asked.options if _is_reading(one))
    if forms.YES.fullmatch(text):
        return _chosen(options) if len(options) == 1 else _again(asked, options)
    found = forms.OTHER_OF_LIST.fullmatch(text) if options else None
    if found and (place := pointers.number(found["nth"])):
        return _chosen(pointers.at(place, options)) or _again(asked, options)
    called = forms.CALLED.fullmatch(text)
    named = [one for one in options if called and _is_called(one, called["name"], context)]
    return _chosen((named[0],)) if len(named) == 1 else None


def _is_called(option: Called, words: str, context: Context) -> bool:
    """Tell whether these are whole words of the name of an option's account."""
    name = str(option.arguments.get("account", ""))
    try:
        name = context.names.resolve(name).name
    except StewardError:
        return False  # no longer theirs: it is not offered by name
    return f" {plain(words)} " in f" {plain(name)} "


def _about_shown(text: str, conversation: Conversation) -> Understanding | None:
    """Read a question about what was shown: why, who, since when, a text, another of the list."""
    if found := forms.WHY_NTH.fullmatch(text):
        return _on("explain", pointers.pointed(found["nth"], conversation))
    if found := forms.OPEN_NTH.fullmatch(text):
        return _on("next_best_action", pointers.pointed(found["nth"], conversation))
    if found := forms.OTHER_OF_LIST.fullmatch(text):
        return _same(conversation, pointers.pointed(found["nth"], conversation))
    focus = pointers.focus(conversation)
    if forms.DRAFT.fullmatch(text) or forms.WRITE.fullmatch(text):
        return _on("draft_message", focus, **drafts.kind(text))
    if focus and (forms.TAKEN_NOTE.fullmatch(text) or forms.NO.fullmatch(text)):
        return NotOurs(NEVER_MIND if forms.NO.fullmatch(text) else TO_DO_IT)
    name = next((_first_of(names) for form, names in forms.ASKED if form.fullmatch(text)), None)
    return _on(name, focus) if name else None


def _narrowed(text: str, context: Context, conversation: Conversation) -> Understanding | None:
    """Read the same question with another page, period, person or filter."""
    if forms.MORE.fullmatch(text) and (question := conversation.question_with("page")):
        return _with(question, page=int(question.arguments.get("page") or 1) + 1)
    masked = mask_days(Masked(text))
    if found := forms.SINCE.fullmatch(masked.text):
        words = masked.original(*found.span("since"))
        if forms.PAST.match(words) or (found["lead"] or "").strip().lower() in ("since", "from"):
            return _since(words, context, conversation)
    reading = read(text, context)
    if reading.mentions and not reading.guess:
        return None
    if forms.COLLEAGUE.fullmatch(reading.masked.text):
        question = conversation.question_with("owner")
        return _with(question, owner=reading.first(PERSON)) if question else None
    is_narrow = forms.NARROW.fullmatch(text) and len(text.split()) <= MOST_WORDS
    return _filtered(filters.read(text), conversation) if is_narrow else None


def _since(words: str, context: Context, conversation: Conversation) -> Understanding | None:
    """Read the same question about another time, or what changed since then at the account."""
    question = conversation.question
    if question and "days" in fields(question):
        period = spans.read(words, context.today)
        return _with(question, **{"until": None, **period}) if period else None
    if question and "since" in fields(question):
        return _with(question, since=words)
    one = conversation.account
    if one is None or not is_known("what_changed"):
        return None
    return Understood(ToolCall("what_changed", {"account": one.name, "since": words}))


def _filtered(wanted: Mapping[str, Any], conversation: Conversation) -> Understanding | None:
    """Return the newest list with other filters; None when no list takes all of them."""
    if not wanted:
        return None
    question = conversation.question_with(next(iter(wanted)))
    if question is None or not wanted.keys() <= fields(question):
        return None
    return _with(question, **wanted)


def _repeated(text: str, context: Context, conversation: Conversation) -> Understanding | None:
    """Read the same question about another account."""
    question = conversation.question
    if question is None or "account" not in fields(question):
        return None
    reading = read(text, context)
    if len(reading.mentions) != 1:
        return None
    said = reading.masked.text
    if not (forms.AGAIN.fullmatch(said) or forms.ALSO.fullmatch(said)):
        return None
    return _named(question, reading.mentions[0])


def _named(question: Called, mention: Mention) -> Understanding:
    calls = tuple(
        ToolCall(question.name, pointers.naming(question, one.name))
        for one in mention.candidates[:5]
    )
    if len(calls) == 1:
        return Understood(calls[0])
    if not calls:
        return Understood(ToolCall(question.name, pointers.naming(question, mention.words)))
    return Clarify(f"{len(calls)} accounts fit “{mention.words}”. Which one do you mean?", calls)


def _answered(text: str, context: Context) -> str:
    """Return the question that lacked an account, with the one that is named now; or nothing."""
    asked = Conversation(context.earlier).asked_back
    if asked is None or len(text) > MOST or context.names.find(clean(asked.asked)):
        return ""
    said = text if context.names.find(text) else f"for {text}"
    found = context.names.find(said)
    if len(found) != 1:
        return ""
    rest = said[: found[0].start] + said[found[0].end :]
    is_name = re.fullmatch(r"(?:for|the|i mean|it'?s|about|at|one|\W)*", rest.strip().lower())
    return f"{clean(asked.asked).rstrip(' ?.!')} for {found[0].words}" if is_name else ""


async def _completed(
    text: str, whole: Understanding, context: Context, alone: Alone
) -> Understanding:
    """Read a question again with the account in focus, when it named none and was not clear."""
    if isinstance(whole, Understood):
        return _in_focus(text, whole, Conversation(context.earlier)) if context.in_thread else whole
    if len(text) > MOST or context.names.find(text):
        return whole
    pointing = pointers.PRONOUN.search(text) is not None
    lacking = isinstance(whole, Clarify) and whole.lacks_account
    nth = re.search(pointers.NTH_WITHIN, pointers.spelt(text), re.IGNORECASE)
    one = _meant(nth[0] if nth else "", context)
    if not (pointing or lacking or nth) or one is None:
        return whole
    if isinstance(whole, Clarify) and lacking and whole.wanted is None:
        call = ToolCall("next_best_action", {"account": one.name})
        return Clarify(f"{PLAINLY} Or open {one.name} and use its buttons.", (call,))
    if not (pointing or nth) and pointers.is_foreign(text):
        return _offered(whole, one)
    said = pointers.spelt(text)
    full = said.replace(nth[0], one.name, 1) if nth else pointers.with_name(text, one.name)
    understood = await alone(full, context)
    return understood if _reads(understood) else whole


def _offered(whole: Understanding, one: Shown) -> Understanding:
    """Ask whether the account in focus is meant, where the question holds words of its own."""
    if not isinstance(whole, Clarify) or whole.wanted is None:
        return whole
    call = ToolCall(whole.wanted.name, {**whole.wanted.arguments, "account": one.name})
    return replace(whole, candidates=(call,))


def _in_focus(text: str, whole: Understood, conversation: Conversation) -> Understanding:
    """Return a question that may be about an account or all as one about the account at hand."""
    call, last = whole.call, conversation.last
    takes = tool(call.name).model_fields.keys() - call.arguments.keys()
    at_hand = last is not None and len(last.shown) == 1
    if not at_hand or "account" not in takes or not _reads(whole):
        return whole
    if forms.WHOLE.search(text) or pointers.is_foreign(text):
        return whole
    named = {"account": conversation.in_view[0].name, **call.arguments}
    return replace(whole, call=ToolCall(call.name, named))


def _meant(words: str, context: Context) -> Shown | None:
    conversation = Conversation(context.earlier)
    found = pointers.pointed(words, conversation)
    if not found and context.near:
        return Shown("", context.near)
    return found[0] if len(found) == 1 else None


def _same(conversation: Conversation, found: tuple[Shown, ...]) -> Understanding | None:
    question = conversation.question_since_list
    if not found:
        return None
    if question is None:
        return _on("next_best_action", found)
    more = {name: value for name, value in question.arguments.items() if name != "account"}
    return _on(question.name, found, **more)


def _on(name: str, found: tuple[Shown, ...], **more: Any) -> Understanding | None:
    """Return a question about the one account that is meant, or ask which one it is."""
    calls = tuple(ToolCall(name, {"account": one.name, **more}) for one in found[:5])
    if len(calls) > 1:
        return Clarify("Which one do you mean?", calls)
    return Understood(calls[0]) if calls else None


def _with(question: Called, **changed: Any) -> Understanding:
    again = {} if "page" in changed else {"page": None}
    arguments = {**question.arguments, **again, **changed}
    kept = {name: value for name, value in arguments.items() if value is not None}
    return Understood(ToolCall(question.name, kept))


def _chosen(options: tuple[Called, ...]) -> Understanding | None:
    return Understood(ToolCall(options[0].name, options[0].arguments)) if options else None


def _again(asked: Turn, options: tuple[Called, ...]) -> Understanding:
    return Clarify(asked.asks, tuple(ToolCall(one.name, one.arguments) for one in options))


def _first_of(names: Sequence[str]) -> str:
    return next(name for name in names if is_known(name))


def _is_reading(call: Called) -> bool:
    return is_known(call.name) and not tool(call.name).changes


def _reads(understood: Understanding) -> bool:
    """Tell whether this is a call that changes nothing."""
    if not isinstance(understood, Understood):
        return False
    call = understood.call
    return not tool(call.name)(**call.arguments).alters
