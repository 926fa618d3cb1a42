"""Commands that change something: only what is one whole, unambiguous sentence of a command.

The classifier never leads to a change. A text is a command when it begins as one (after greetings
and politeness), names one account right where it belongs, and holds nothing that the grammar does
not expect; only an outcome or a reason may be free text, at its end and after a mark or a link
word. Questions, quotations and negations do not fit.
"""

import re

from bot.language import events
from bot.language.offline.politeness import LEAD, is_doubtful
from bot.language.offline.reading import Reading
from bot.language.reasons import PATTERN as _REASONS
from bot.language.text import ACCOUNT, DATE
from bot.tools.tool import ToolCall

_FILL = (
    r"(?:(?:the|my|that|this|an?|actions?|recommendations?|recommended|suggestions?|cards?|tasks?"
    r"|items?|reminders?|one|thing|play|next|best|nba|for|on|about|of|with|at|from|in|to|it|its"
    r"|out|back|off|up|over|last|decision|choice|again|me)\b[\s,:-]*){0,7}"
)
_THE = _FILL.replace("|an?|", "|")
"""What may stand between a verb and its account where "a" means what is not there yet: "drop a task
for them", "log a task for them"."""
_AFTER = (
    r"(?:'s)?(?:[\s,]+(?:actions?|recommendations?|one|cards?|tasks?|items?|thing|play|please|pls"
    r"|plz|thanks|thank you|thx|now|today|then|again|for me|ok|off|out|too))*[\s.!]*"
)
_A = f"(?:the )?{ACCOUNT}"
_EVENT = (
    rf"(?P<until>{events.PATTERN})(?:[\s,;-]+(?:but |or )?(?:at the latest|no later than"
    rf"|not later than|latest|or)\s+(?:by |on |until )?(?P<latest>{DATE}))?"
)
_WHEN = rf"(?P<until>{DATE})(?:[\s,]+(?:morning|afternoon|evening))?"
_UNTIL = r"(?:until|till?|'?til|to|for|by|on|after|before)"
_BECAUSE = r"(?:\s*[,;:(.-]+\s*|\s+)(?:because|since|as|bc|cause|cuz|reason:?)\s+|\s*[,;:(.-]+\s*"
_REASON = rf"(?:{_BECAUSE})(?P<reason>[^\s].*?)\)?"
_KNOWN_REASON = rf"\s+(?:it'?s |it is |is |as )?(?P<reason>(?:{_REASONS})\b.*?)"
_LINKED_RESULT = (
    r"(?:\s*[,;:.-]+\s*(?:(?:outcome|result)\b:?\s*|and\s+)?"
    r"|\s+(?:and|because|with outcome:?|with the outcome:?|outcome:?|result:?)\s+)"
    r"(?P<outcome>[^\s].*?)"
)

_DEFER = (
    r"(?:snooze|defer|postpone|delay|push(?: back| out)?|put off|park|shelve|hold(?: off)?(?: on)?"
    r"|pause|reschedule|move|bring back|come back to|not now for"
    r"|remind me(?: again)?(?: of| about| on| for)?)"
)
_LEAVE = r"(?:leave|skip|ignore|forget(?: about)?|wait with)"
_DEFER_ALONE = r"(?:snooze|defer|postpone|delay|put off)"
_DISMISS = r"(?:dismiss|reject|discard|drop|decline|skip|ignore|forget(?: about)?|pass on|no to)"
_REMOVE = r"(?:remove|delete|get rid of)"
_CARD = r"(?:actions?|recommendations?|suggestions?|cards?|tasks?|items?|reminders?)"
_ACCEPT = (
    r"(?:accept|approve|take(?: on| up)?|do|go with|agree(?: to| with)?"
    r"|yes to|count me in for|i'?m on|i'?ll take|i'?ll do)"
)
_COMPLETE = (
    r"(?:(?:i |we )?(?:am |'m |are )?(?:have |'ve )?(?:just )?)?"
    r"(?:completed?|finish(?:ed)?|done|close(?:d)? out|wrap(?:ped)? up|tick(?:ed)? off"
    r"|check(?:ed)? off|log(?:ged)?(?: (?:the )?(?:outcome|result))?(?: for)?)"
)
_UNDO = r"(?:undo|revert|reverse|take back|roll ?back|undo what i did (?:on|for|with|at))"


def _form(pattern: str, **fixed: str) -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile(LEAD + pattern + r"[\s.!?]*", re.IGNORECASE), fixed


_FORMS = (
    _form(rf"{_UNDO}\s+{_FILL}{_A}{_AFTER}", decision="undo"),
    _form(rf"{_ACCEPT}\s+{_THE}{_A}{_AFTER}", decision="accept"),
    _form(rf"{_DEFER}\s+{_FILL}{_A}{_AFTER}\s*{_UNTIL}?\s*{_WHEN}{_AFTER}", decision="defer"),
    _form(
        rf"{_DEFER}\s+{_FILL}{_A}{_AFTER}\s*{_UNTIL}?\s*{_WHEN}{_AFTER}{_REASON}",
        decision="defer",
    ),
    _form(rf"{_DEFER}\s+{_FILL}{_UNTIL}?\s*{_WHEN}\s+{_FILL}{_A}{_AFTER}", decision="defer"),
    _form(
        rf"{_LEAVE}\s+{_FILL}{_A}{_AFTER}\s*(?:until|'?till?)\s*{_WHEN}{_AFTER}", decision="defer"
    ),
    _form(rf"(?:{_UNTIL} )?{_WHEN}[\s,]+{_DEFER}\s+{_FILL}{_A}{_AFTER}", decision="defer"),
    _form(rf"{_A}(?:\s*[:,-])?\s+(?:can )?wait {_UNTIL}\s*{_WHEN}{_AFTER}", decision="defer"),
    _form(rf"{_DEFER}\s+{_FILL}{_A}{_AFTER}\s*{_EVENT}{_AFTER}(?:{_REASON})?", decision="defer"),
    _form(rf"{_DEFER}\s+{_FILL}{_EVENT}\s+(?:with|at|for|of)\s+{_A}{_AFTER}", decision="defer"),
    _form(rf"put\s+{_A}{_AFTER}\s+(?:off|on hold)\s+{_EVENT}{_AFTER}", decision="defer"),
    _form(
        rf"{_LEAVE}\s+{_FILL}{_A}{_AFTER}\s*(?=until|'?till?\b){_EVENT}{_AFTER}",
        decision="defer",
    ),
    _form(rf"{_A}(?:\s*[:,-])?\s+(?:can )?wait\s+{_EVENT}{_AFTER}", decision="defer"),
    _form(rf"{_A}(?:\s*[:,-])\s*{_DEFER}(?: it)?\s*{_EVENT}{_AFTER}", decision="defer"),
    _form(rf"{_EVENT},?\s+{_DEFER}\s+{_FILL}{_A}{_AFTER}", decision="defer"),
    _form(rf"{_DEFER_ALONE}\s+{_FILL}{_A}{_AFTER}", decision="defer"),
    _form(rf"{_DEFER_ALONE}\s+{_FILL}{_A}{_AFTER}\s*(?:until|till?)\s.{{1,60}}", decision="defer"),
    _form(rf"{_A}(?:\s*[:,-])\s*{_DEFER}(?: it)?\s*{_UNTIL}?\s*{_WHEN}{_AFTER}", decision="defer"),
    _form(rf"{_A}\s+{_DEFER_ALONE}(?: it)?\s*{_UNTIL}?\s*{_WHEN}{_AFTER}", decision="defer"),
    _form(rf"not now for {_A}\s*[,:-]?\s*{_UNTIL}?\s*{_WHEN}{_AFTER}", decision="defer"),
    _form(rf"{_DISMISS}\s+{_THE}{_A}{_AFTER}", decision="dismiss"),
    _form(
        rf"{_REMOVE}\s+(?:the |that )?{ACCOUNT}(?:'s)? {_CARD}(?:{_REASON})?", decision="dismiss"
    ),
    _form(
        rf"{_REMOVE}\s+(?:the |that )?{_CARD} (?:for|of|on|about) {ACCOUNT}(?:{_REASON})?",
        decision="dismiss",
    ),
    _form(rf"{_DISMISS}\s+{_THE}{_A}{_AFTER}{_KNOWN_REASON}", decision="dismiss"),
    _form(rf"{_DISMISS}\s+{_THE}{_A}{_AFTER}{_REASON}", decision="dismiss"),
    _form(
        rf"(?:take|remove|drop|get)\s+{_FILL}{_A}{_AFTER}\s+(?:off|from) (?:of )?(?:my|the) list"
        rf"(?:{_REASON})?",
        decision="dismiss",
    ),
    _form(rf"{_A}(?:\s*[:,-])\s*dismiss(?: it)?(?:{_REASON})?", decision="dismiss"),
    _form(rf"mark\s+{_FILL}{_A}{_AFTER}\s+(?:as )?dismissed(?:{_REASON})?", decision="dismiss"),
    _form(rf"mark\s+{_FILL}{_A}{_AFTER}\s+(?:as )?(?P<reason>not relevant)", decision="dismiss"),
    _form(rf"{_COMPLETE}\s+{_THE}{_A}{_AFTER}", decision="complete"),
    _form(rf"{_COMPLETE}\s+{_THE}{_A}{_AFTER}{_LINKED_RESULT}", decision="complete"),
    _form(rf"done[,:-]?\s+{_A}{_AFTER}(?:{_LINKED_RESULT})?", decision="complete"),
    _form(
        rf"mark\s+{_FILL}{_A}{_AFTER}\s+(?:as )?(?:done|completed?|finished)"
        rf"{_AFTER}(?:{_LINKED_RESULT})?",
        decision="complete",
    ),
    _form(
        rf"{_A}\s*[:,-]?\s*(?:is |was |all )?(?:done|completed?|finished)(?:{_LINKED_RESULT})?",
        decision="complete",
    ),
    _form(rf"{_A}\s*[:,-]\s*accept(?:ed)?{_AFTER}", decision="accept"),
    _form(rf"mark\s+{_FILL}{_A}{_AFTER}\s+(?:as )?accepted", decision="accept"),
    _form(rf"{_A}\s*[:,-]\s*undo{_AFTER}", decision="undo"),
)


def command(reading: Reading) -> ToolCall | None:
    """Return the `decide` call that the text commands, None when it is no clear command."""
    text = reading.masked.text
    if not reading.mentions or is_doubtful(text):
        return None
    for form, fixed in _FORMS:
        if match := form.fullmatch(text):
            parts = {
                name: reading.masked.original(*match.span(name)).strip(" .,;:")
                for name, value in match.groupdict().items()
                if value
            }
            return ToolCall("decide", {"account": _name(reading), **fixed, **parts})
    return None


def _name(reading: Reading) -> str:
    mention = reading.mentions[0]
    return mention.candidates[0].name if len(mention.candidates) == 1 else mention.words
