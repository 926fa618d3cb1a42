"""Short remarks in a conversation that decide nothing: "shorter", "that's wrong", "accept all".

Somebody wants a draft in other words, disagrees, asks what else there is, or would decide about
several at once: each is told in a sentence what can be done, with the words for it.
"""

from bot.conversation import Conversation
from bot.language import times
from bot.language.language import NotOurs, Understanding, Understood, WhichOne
from bot.language.offline import follow_up_forms as forms
from bot.language.offline import pointers
from bot.tools.tool import ToolCall
from core.wording import count

REWORDED = (
    "I cannot put a draft into other words. Copy it, or open it with its buttons, and change it "
    "as you like. “My Writing” below an e-mail takes five messages of yours; from then on the "
    "e-mails come in your own tone."
)
UNSENT = (
    "I send nothing to customers. Copy the draft, or open it in your mail program with its "
    "buttons, and send it from there. Then say “done” and what came of it."
)
DISPUTED = (
    "Thank you for saying so. If a fact is wrong, say “dismiss it, the data is wrong”, and I do "
    "not use it here until it changes. If the advice does not fit, say “dismiss it, not relevant”. "
    "“why?” shows what it rests on."
)
SKIPPED = (
    "Shall it come back? Say “not now, monday” to put it off, or “dismiss it, not relevant” to "
    "drop it. “what next” brings your list."
)
ONE_THING = (
    "I do one thing at a time, and nothing has changed yet. Say the first part alone, such as "
    "“accept”, and then the rest, such as “draft the mail”."
)
_DECISIONS = {
    "accept": "accept", "approve": "accept", "take": "accept", "dismiss": "dismiss",
    "reject": "dismiss", "snooze": "defer", "defer": "defer", "postpone": "defer",
    "complete": "complete",
}  # fmt: skip


_OF_A_DRAFT = ((forms.REWORD, REWORDED), (forms.SEND, UNSENT))
_OF_WHAT_IS_SHOWN = ((forms.DISAGREE, DISPUTED), (forms.SKIP, SKIPPED))


def is_two_at_once(text: str) -> bool:
    """Tell whether a text decides and asks for something else, of which one would be lost."""
    return forms.TWO_AT_ONCE.fullmatch(text) is not None


def to_remark(text: str, conversation: Conversation) -> Understanding | None:
    """Return what to say to a remark about what is on show, None when the text is none."""
    if (one := conversation.account) and forms.WHAT_ELSE.fullmatch(text):
        return Understood(ToolCall("explain", {"account": one.name}))
    if found := forms.EVERY.fullmatch(text):
        return _one_by_one(_DECISIONS[found["verb"].lower()], conversation)
    if changed := _another_time(text, conversation):
        return changed
    if none := _no_such_place(text, conversation):
        return none
    remarks = (
        *(_OF_A_DRAFT if _is_about_draft(conversation) else ()),
        *(_OF_WHAT_IS_SHOWN if conversation.in_view else ()),
    )
    return next((NotOurs(says) for form, says in remarks if form.fullmatch(text)), None)


def _another_time(text: str, conversation: Conversation) -> Understanding | None:
    """Return the digest at another hour, where the digest was just spoken of."""
    last = next(iter(conversation.last.calls), None) if conversation.last else None
    found = forms.TIME_INSTEAD.fullmatch(text)
    time = times.resolve(found["time"]) if found else None
    if time is None or last is None or last.name != "digest_settings":
        return None
    place = {name: said for name, said in last.arguments.items() if name == "channel"}
    return Understood(ToolCall(last.name, {"change": "time", "time": time} | place))


def _no_such_place(text: str, conversation: Conversation) -> NotOurs | None:
    """Say how long the list is, where a place is asked for that it does not have."""
    found, listed = forms.OTHER_OF_LIST.fullmatch(text), conversation.listed
    place = pointers.number(found["nth"]) if found else None
    if place is None or not listed or pointers.at(place, listed):
        return None
    held = count(len(listed), "account")
    return NotOurs(f"I showed {held} there. Say for example “the first one”, or “more”.")


def _is_about_draft(conversation: Conversation) -> bool:
    last = conversation.question
    return last is not None and last.name == "draft_message"


def _one_by_one(decision: str, conversation: Conversation) -> Understanding | None:
    shown = tuple(one.recommendation for one in conversation.listed if one.recommendation)
    if len(shown) < 2:
        return None
    return WhichOne("I take one at a time, so that none goes by mistake.", decision, shown[:10])
