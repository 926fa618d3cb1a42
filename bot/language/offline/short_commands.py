"""Short commands of a conversation: "accept", "not now, monday", "done, booked the QBR".

They change something, so only whole sentences of this grammar count, and only where exactly one
recommendation is in focus that this person was shown in this conversation. Questions, quotations,
pasted text and negations do not fit.
"""

import re
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.language import events
from bot.language.language import Clarify, Context, Understanding, Understood, WhichOne
from bot.language.offline.pointers import ITEM, pointed
from bot.language.offline.politeness import is_doubtful
from bot.language.reasons import PATTERN as _REASONS
from bot.language.text import DATE, Masked
from bot.tools.tool import ToolCall
from storage.conversations import Shown

_MOST = 300
_PASTED = re.compile(
    r"(?:^|\s)>\s|`|[\"\n]|\b(?:wrote|from|subject|to|sent|cc|fwd|fw|re):", re.IGNORECASE
)
_POLITE = (
    r"(?:(?:ok|okay|yes|yep|yeah|yup|sure|right|great|cool|good|fine|perfect|please|pls|plz|thanks"
    r"|thank you|thx|alright|all right|then|steward|so|and|now|just|hi|hey|oops|actually|nice"
    r"|sounds good|looks good|makes sense|that works)\b"
    r"[\s,!.:;-]*)*"
)
_ASK = (
    r"(?:(?:can|could|would|will) you (?:please |pls )?(?:just )?|i(?:'d| would) like (?:you )?to "
    r"|i want (?:you )?to |let'?s |go ahead and )?"
)
_TAIL = (
    r"(?:[\s,]+(?:please|pls|plz|thanks|thank you|thx|then|now|for me|ok|okay|instead|again))*"
    r"[\s.!?]*"
)
_LINK = r"\s*(?:[,;:.(-]+\s*(?:(?:outcome|result|because|since|as)\b:?\s*)?|\bbecause\s+)"
_UNTIL = r"(?:until|till?|'?til|to|for|by|on|after|before)"
_WHEN = rf"(?P<until>{DATE})(?:[\s,]+(?:morning|afternoon|evening))?"
_EVENT = rf"(?P<until>{events.PATTERN})"
_OFF = (
    rf"(?:snooze|defer|postpone|delay|park|pause|push|put|bring|move|hold|come back to"
    rf"|remind me(?: again)?(?: of| about)?)(?: {ITEM})?(?: back| out| off| again| on hold)?"
)
_LATER = (
    r"(?:not now|not today|not yet|not this week|later|another time|(?:it|that|this) can wait"
    r"|not the right time)"
)
_AGAIN = r"(?:(?:remind me|ask me|try|come back(?: to it)?|bring it back)(?: again)?\s+)?"
_DISMISS = (
    r"(?:dismiss|reject|decline|discard|(?:drop|skip|remove|pass on)(?= (?:it|th|number|#|\d)))"
    rf"(?: (?:{ITEM}|them(?! all)))?"
)
_BECAUSE = r"(?:(?:they|it)(?:'re|'s| are| is)|too)\s+\S"
"""How a reason begins that no mark parts from its command: "they are too small"."""

_DONE = (
    rf"(?:(?:it'?s |that'?s |this (?:one )?is |all |i'?m |i am |we'?re )?"
    rf"(?:done|finished|completed?)(?: with| w/?)?(?: {ITEM})?"
    r"|(?:i |we )?(?:have |'ve )?(?:just )?(?:already )?(?:did|done) (?:it|this|that)"
    rf"(?: (?:already|today|{DATE}))?"
    r"|mark (?:it|this|that)(?: one)?(?: as)? (?:done|completed?|finished))"
)
_QUESTION = re.compile(
    r"(?:what|who|whom|why|how|which|when|where|can|could|should|shall|would|is|are|do|does|did"
    r"|show|give|tell|next|thanks|thank|thx|now|then|please|and|also|what'?s|who'?s|ok|okay|right"
    r"|great|cool|good|nice|perfect|so|but|though|if|unless|maybe|almost|nearly|not|soon)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?:(?:they|she|he)\s+(?:'ll |will |have |has |had |all |just )?"
    r"(?:agreed|renew(?:ed|ing)?|signed|booked|said|promised|accepted|declined|liked|loved"
    r"|confirmed|upgraded|stayed|stay|leave|left)"
    r"|(?:i|we) (?:have |just )?(?:spoke|talked|called|met)"
    r"|no (?:answer|reply|response)|left (?:her |him |them )?(?:a )?voicemail"
    r"|booked|agreed|renewed|signed"
    r"|went (?:well|fine|badly)|(?:good|bad|great|nice) (?:call|meeting|talk)"
    r"|(?:call|meeting|it|the (?:call|meeting)) (?:set|booked|went|held|was)"
    r"|(?:positive|negative|neutral)(?=[\s.!]*$))\b(?!.*\b(?:please|pls|so|then|who|what|why|draft|create|write"
    r"|show|give|make|send me|remind)\b)",
    re.IGNORECASE,
)
"""How a report of what came of something begins."""


@dataclass(frozen=True, slots=True)
class Said:
    """A short command: what to do, to which item in the person's words, and the rest of it."""

    decision: str
    item: str = ""
    until: str = ""
    reason: str = ""
    outcome: str = ""


def _form(pattern: str, decision: str) -> tuple[re.Pattern[str], str]:
    return re.compile(f"{_POLITE}{_ASK}{pattern}{_TAIL}", re.IGNORECASE), decision


_FORMS = (
    _form(rf"(?:(?:i |we )?(?:accept|approve)|accepted)(?: {ITEM})?", "accept"),
    _form(
        rf"(?:i'?ll|i will|we'?ll|we will|let me) (?:take|do|accept|own|go with) {ITEM}", "accept"
    ),
    _form(rf"(?:take(?: on)?|go with) {ITEM}", "accept"),
    _form(rf"{_OFF}\s*{_UNTIL}?\s*{_WHEN}", "defer"),
    _form(rf"{_OFF}\s*{_EVENT}", "defer"),
    _form(rf"{_LATER}\s*[,;:.-]*\s*(?:but )?{_AGAIN}{_UNTIL}?\s*{_WHEN}", "defer"),
    _form(rf"{_LATER}\s*[,;:.-]*\s*{_EVENT}", "defer"),
    _form(rf"(?:snooze|defer|postpone|delay)(?: {ITEM})?", "defer"),
    _form(r"(?:not now|later)", "defer"),
    _form(_DISMISS, "dismiss"),
    _form(
        rf"{_DISMISS}(?:{_LINK}|\s+)(?:it'?s |it is |is |as )?(?P<reason>(?:{_REASONS})\b.*)",
        "dismiss",
    ),
    _form(rf"{_DISMISS}(?:{_LINK}|\s+(?={_BECAUSE}))(?P<reason>\S.*?)\)?", "dismiss"),
    _form(_DONE, "complete"),
    _form(rf"{_DONE}(?:{_LINK}(?:and )?|\s+and\s+)(?P<outcome>\S.*?)\)?", "complete"),
    _form(
        rf"(?:undo|revert|roll ?back|take (?:it|that|this) back)(?: {ITEM}| my (?:last )?decision"
        r"| what i did)?",
        "undo",
    ),
)
_DAYS = (
    re.compile(rf"{_POLITE}(?:{_UNTIL} )?{_WHEN}{_TAIL}", re.IGNORECASE),
    re.compile(rf"{_POLITE}{_EVENT}{_TAIL}", re.IGNORECASE),
)


def command(text: str, masked: Masked, context: Context) -> Understanding | None:
    """Return what a short command means in its conversation, None when the text is none.

    `text` is what was written, `masked` the same with its days masked.
    """
    said = _read(masked) if len(text) <= _MOST and not _PASTED.search(text) else None
    if said is None or is_doubtful(text):
        return None
    conversation = Conversation(context.earlier)
    if said.decision == "undo" and not said.item and conversation.decided:
        return _call(said, conversation.decided)
    found = pointed(said.item, conversation)
    if not found:
        return None
    if len(found) > 1:
        return _which(said, found)
    return _checked(said, found[0], context)


def answer(text: str, masked: Masked, context: Context) -> Understanding | None:
    """Return the decision that a bare answer completes; None for other texts.

    After “until when?” a day or a happening is one, after “what came of it?” a plain report.
    """
    conversation = Conversation(context.earlier)
    asked = conversation.asked_back
    if asked is None or len(asked.shown) != 1 or len(asked.options) != 1:
        return None
    option = asked.options[0]
    if option.name != "decide" or is_doubtful(text) or _PASTED.search(text):
        return None
    if option.arguments.get("decision") == "defer":
        for form in _DAYS:
            if found := form.fullmatch(masked.text):
                until = masked.original(*found.span("until"))
                return _call(Said("defer", until=until), asked.shown[0])
    if option.arguments.get("decision") == "complete" and _REPORT.match(text):
        return _checked(Said("complete", outcome=text[:_MOST]), asked.shown[0], context)
    return None


def _read(masked: Masked) -> Said | None:
    for form, decision in _FORMS:
        if found := form.fullmatch(masked.text):
            parts = {
                name: masked.original(*found.span(name)).strip(" .,;:!")
                for name, value in found.groupdict().items()
                if value
            }
            return _sober(Said(decision, **parts))
    return None


def _sober(said: Said) -> Said | None:
    """Leave out an outcome that is none, and refuse a reason that goes on to ask something."""
    if said.outcome and (_QUESTION.match(said.outcome) or "?" in said.outcome):
        return Said(said.decision, said.item)
    if said.reason and ("?" in said.reason or re.match(r"(?:if|unless)\b", said.reason, re.I)):
        return None
    return said


def _checked(said: Said, one: Shown, context: Context) -> Understanding:
    """Let a command pass when its recommendation was shown, and no other account is named."""
    free = said.outcome or said.reason
    named = {
        candidate.id
        for mention in context.names.find(free)
        if mention.sure
        for candidate in mention.candidates
    }
    if named - {one.account}:
        names = [
            candidate for mention in context.names.find(free) for candidate in mention.candidates
        ]
        calls = tuple(_open(each) for each in dict.fromkeys([one.name, *(n.name for n in names)]))
        return Clarify("Which account is that about? Open it and use its buttons.", calls[:5])
    if not one.recommendation:
        ask = (
            f"I have not shown you an action for {one.name} here yet. Open it and use its buttons."
        )
        return Clarify(ask, (_open(one.name),))
    return _call(said, one)


def _call(said: Said, one: Shown) -> Understanding:
    given = {"until": said.until, "reason": said.reason, "outcome": said.outcome}
    arguments = {name: value for name, value in given.items() if value}
    call = ToolCall("decide", {"account": one.name, "decision": said.decision, **arguments})
    return Understood(call, about=one.recommendation)


def _which(said: Said, found: tuple[Shown, ...]) -> Understanding:
    shown = tuple(one.recommendation for one in found if one.recommendation)
    if len(shown) > 1 and said.decision != "undo":
        verb = {"complete": "mark as done", "defer": "snooze"}.get(said.decision, said.decision)
        return WhichOne(f"Which one shall I {verb}?", said.decision, shown[:10])
    return Clarify(
        "Which one do you mean? Open it and use its buttons.",
        tuple(_open(one.name) for one in found[:5]),
    )


def _open(name: str) -> ToolCall:
    return ToolCall("next_best_action", {"account": name})
