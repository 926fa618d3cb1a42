"""What somebody seems to have decided, from free words: shown with its button, never done.

"Had the call with Beta Inc, went well, tick it off" is no command of the grammar, but plain enough
to show the one button that it means.
"""

import re

from bot.language.offline.politeness import is_doubtful
from bot.language.offline.reading import Reading
from bot.language.text import ACCOUNT, DATE
from bot.tools.tool import ToolCall

_SIGNS = (
    (
        "undo",
        r"undo|un-?done|revert\w*|revers\w+|restore|re-?open|scratch that|by (?:mistake|accident)"
        r"|(?:take|took|taking)\b.{0,30}\bback|put\b.{0,40}\bback|(?:changed|change) my mind"
        r"|clicked? (?:\w+ )?(?:wrong|false)|(?:is ?n[o']?t|not) (?:done|finished) yet"
        r"|cancel the snooze|on reflection",
    ),
    (
        "dismiss",
        r"dismiss\w*|diss?miss|reject\w*|discard|irrelevant|not (?:relevant|interested|applicable)"
        r"|thumbs down|makes no sense|bad idea|wrong (?:call|move|idea)|disagree|refuse|nope|nah"
        r"|(?:wo|do)n'?t (?:want|do|be|show)|not (?:doing|going to|gonna|running|for me)|hard pass"
        r"|pass on|against|toss|bin it|throw\w*|kill|get rid|no thanks?|declin\w+|be dropped",
    ),
    (
        "complete",
        r"done|complet\w*|compelte|finish\w*|finshed|sorted|handled|tick\w*|check(?:ed)? off"
        r"|clos(?:e|ed)(?: (?:it|this|that))?(?: out)?|took (?:care|place)|happened|carried out|did"
        r"|had (?:the|a|my|our)|met|called|rang|phoned|spoke|talked|sent|delivered|held|wrapped up"
        r"|got hold|went (?:well|fine|ahead|with)|already|made",
    ),
    (
        "defer",
        r"snoo?z\w*|defer\w*|postpone\w*|later|not now|wait|hold|park\w*|remind\w*|until|till?|'til"
        r"|on ice|down the road|push\w*|come back|bring\b.{0,30}\b(?:back|up)|too early|rest|sleep"
        r"|(?:not )?before|next (?:week|month|quarter)|pause|put\b.{0,30}\boff|" + DATE,
    ),
    ("dismiss", r"no|not|drop|skip|remove|delete|cancel|ignore|out"),
    ("accept", r""),
)
"""Each decision with the words that tell of it; the first that occur decide."""


_OPEN = re.compile(
    r"\b(?:if|whether)\b|^(?:who|what|why|how|when|which|where|should|shall|can i|may i|did|is)\b"
    r"|\b(?:do not|don'?t|never|did ?n[o']?t) (?:accept|approve|snooze|defer|postpone|dismiss"
    r"|reject|complete|undo|mark|close|drop|skip|push|remind)",
    re.IGNORECASE,
)
"""What leaves open whether anything was decided, or says that it was not."""


def proposal(reading: Reading) -> ToolCall | None:
    """Return the `decide` call that a text seems to mean, None when it asks or is about several."""
    text = reading.masked.text
    if not reading.is_own or len(reading.mentions) != 1 or is_doubtful(text) or _OPEN.search(text):
        return None
    mention = reading.mentions[0]
    if len(mention.candidates) != 1 or not mention.sure:
        return None
    words = text.replace(ACCOUNT, " ")
    decision = next(name for name, signs in _SIGNS if _occurs(signs, words))
    until = {"until": day} if decision == "defer" and (day := reading.first(DATE)) else {}
    return ToolCall(
        "decide", {"account": mention.candidates[0].name, "decision": decision, **until}
    )


def _occurs(signs: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{signs})(?!\w)", words, re.IGNORECASE) is not None
