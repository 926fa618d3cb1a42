"""How the short sentences of a conversation look: what is said as a whole, politeness aside."""

import re

from bot.language.offline.pointers import NEXT, NTH, OTHER
from bot.language.text import ACCOUNT, DATE, PERSON

_LEAD = (
    r"(?:(?:ok|okay|and|so|but|then|now|also|thanks|thank you|great|cool|good|hm+|hey|steward"
    r"|please|pls|yes|yeah|sure|right)\b[\s,!.:-]*)*"
)
_TAIL = (
    r"(?:[\s,]+(?:please|pls|then|too|as well|now|again|instead|thanks|though|tho|next))*[\s?!.]*"
)
_ABOUT = (
    r"(?:what about|how about|what of|and|or|(?:(?:can|could|would) you )?(?:please )?(?:do )?"
    r"(?:the )?same (?:question |thing )?(?:for|with|on|at|about))"
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_LEAD}(?:{pattern}){_TAIL}", re.IGNORECASE)


YES = _form(
    r"(?:(?:yes|yep|yeah|yup|correct|exactly|right|that one|that'?s (?:it|the one|right)|sure)"
    r"[\s,.!]*){1,3}"
)
NO = _form(
    r"no+|nope|nah|never ?mind|cancel|forget (?:it|that)|neither|none(?: of (?:them|these))?"
)
CALLED = _form(r"(?:for |i mean |it'?s |about )?(?:the )?(?P<name>[^?!]{2,60}?)(?: one)?")
"""A name alone, as an answer to which account is meant."""

WHY = _form(
    r"why|y|how come|but why|why(?: is)? (?:that|this|it|them|so|now|not|not another|first)"
    r"|why (?:this|that)(?: one)?|why not something else"
    r"|why do you (?:say|think|recommend) (?:that|this|it|so)"
    r"|what makes you (?:say|think) (?:that|so)"
    r"|what'?s (?:the reason|that based on|behind (?:it|that|this))|based on what|on what basis"
    r"|says who|reasons?|explain(?: (?:that|this|it))?|how do you know(?: that)?|are you sure"
)
WHY_NTH = _form(
    rf"(?:why|explain|how come)(?: is| not)? (?P<nth>{NTH}|{OTHER}|{NEXT})"
    r"(?: there| first| so high)?"
)
OTHER_OF_LIST = _form(rf"(?:{_ABOUT} |for |on |with )?(?P<nth>{NTH}|{OTHER}|{NEXT})")
OPEN_NTH = _form(
    rf"(?:show(?: me)?|open|pull up|tell me (?:more )?about|more (?:on|about)|details (?:on|of|for)"
    rf"|what should i do (?:about|for|with)) (?P<nth>{NTH}|{OTHER}|{NEXT})"
)
AGAIN = _form(rf"(?:{_ABOUT}|for|with|at|on) (?:for |with |at |about )?{ACCOUNT}(?:'s)?")
ALSO = _form(rf"{ACCOUNT},? (?:too|as well|also)")
COLLEAGUE = _form(
    rf"(?:(?:{_ABOUT}|for|with|only) )+(?:for )?{PERSON}(?:'?s)?(?: (?:accounts|book|portfolio))?"
)
MORE = _form(
    r"(?:(?:show|give|list|see|get)(?: me)? )?(?:(?:some |a few )?more(?: of (?:them|these))?"
    r"|(?:the )?next (?:page|ones|five|5|few)|the rest|another page|(?:the )?others)"
    r"|go on|continue"
)
SINCE_WHEN = _form(
    r"since when|from when|when did (?:that|this|it) (?:start|happen|begin)"
    r"|how long(?: already)?"
)
SINCE = _form(
    rf"(?:{_ABOUT} )?(?P<lead>since |from |for |over |in )?(?P<since>{DATE}|yesterday"
    r"|(?:the )?last (?:call|meeting|touch|\d+ days)|this (?:week|month|quarter|year))"
)
PAST = re.compile(r"(?:the )?(?:last|past|previous|this)\b|yesterday", re.IGNORECASE)
"""How a stretch of time begins that was, where no “since” says so."""

WHO = _form(
    r"who(?:'s| is| are| was)? (?:she|he|they|that|this|it|who|the champion|the sponsor)"
    r"(?: again)?|who (?:do i|should i|shall i|can i) (?:talk to|call|speak to|write to)(?: there)?"
)
ASKED = (
    (WHY, ("explain",)),
    (SINCE_WHEN, ("what_changed", "explain")),
    (WHO, ("account_brief", "next_best_action")),
)
"""Short questions about the account in focus, and the tools that answer them, the best first."""

_TEXT = (
    r"(?:e-?mails?|mails?|messages?|notes?|agendas?|(?:call |phone )?scripts?|talk tracks?"
    r"|talking points|invites?|invitations?)"
)
DRAFT = _form(
    r"(?:(?:can|could|would) you )?(?:(?:please )?"
    r"(?:write|draft|prepare|make|do|give|send|create)(?: (?:me|us|up|them|her|him))?"
    r"|need|i need|what about|how about|or)? ?(?:a|an|the|that|some|one)?"
    rf" ?(?:short |quick |friendly )?{_TEXT}"
    r"(?: (?:to|for) (?:them|her|him|it|that|this)(?: one)?)?"
)
WRITE = _form(
    r"(?:(?:e-?)?mail|write|write to|message|draft something for) (?:them|her|him|it)"
    r"(?: (?:a|an) (?:e-?mail|mail|note|message))?"
)
TAKEN_NOTE = _form(
    r"(?:ok|okay|cool|great|perfect|nice|good|fine|got it|alright|yes|yep|sure|noted|go ahead|do it"
    r"|go for it|sounds good|looks good|makes sense|that works)"
)
WHAT_ELSE = _form(
    r"what else(?: (?:could|can|should|might|shall) (?:i|we) do)?(?: (?:there|here|for them))?"
    r"|what (?:other )?(?:options|alternatives)(?: (?:do i have|are there))?"
    r"|what are (?:the|my) (?:other )?(?:options|alternatives)"
    r"|(?:any )?(?:(?:other )?(?:options|alternatives)|other ideas?)"
)
_STYLE = (
    r"(?:short|long|brief|warm|soft|nice|simple|friendl|polite|plain|direct|formal|informal|casual"
    r"|personal|professional|human)(?:er|ier|y|al|ly)?"
)
_TONGUE = (
    r"(?:german|french|spanish|italian|dutch|polish|portuguese|swedish|danish|finnish|english"
    r"|japanese|chinese)"
)
REWORD = _form(
    r"(?:(?:can|could|would) you )?(?:please )?(?:"
    rf"(?:(?:make|keep|write|say) (?:it|this|that) )?(?:(?:a (?:bit|little|lot)|much|more|less|too"
    rf"|not so|even) )*{_STYLE}"
    rf"|(?:(?:translate|write|put|make) (?:it|this|that) )?(?:in|to|into) {_TONGUE}"
    r"|(?:rewrite|rephrase|reword|shorten|change|edit|redo|translate) (?:it|this|that)"
    r"|(?:another|a different) (?:version|tone|one))"
)
"""How a draft is wished for in other words."""

SEND = _form(
    r"(?:(?:can|could|would|will) you )?(?:please )?send (?:it|this|that)"
    r"(?: (?:off|out|for me|right away|to (?:her|him|them)))*"
)
TIME_INSTEAD = _form(
    r"(?:make|move|change|set|shift|put) (?:it|that|this)(?: to| at| for)?"
    r" (?P<time>\d{1,2}(?:[:.]\d{2})?(?: ?(?:am|pm))?)"
)
"""Another time for what was just set: the digest."""

_WRONG = r"(?:wrong|incorrect|false|outdated|out of date|nonsense|not (?:true|right|correct))"
DISAGREE = _form(
    r"(?:i )?(?:don'?t|do not) (?:agree|think so|believe (?:it|this|that))|i disagree|wrong"
    rf"|(?:that|this|it|that data|the data)(?:'?s| is| looks| seems)? (?:\w+ )?{_WRONG}"
    rf"(?:[\s,.:;-]+[^?]{{0,100}})?|(?:you'?re|you are) {_WRONG}"
)
SKIP = _form(r"skip|pass|i(?:'ll)? pass")
EVERY = _form(
    r"(?P<verb>accept|approve|take|dismiss|reject|snooze|defer|postpone|complete)"
    r" (?:(?:them )?(?:both|all)|(?:both|all)(?: of (?:them|these|those))?|everything|these|those"
    r"|(?:the )?(?:first|top|last) (?:two|three|four|five|[2-9]))(?: (?:of them|actions|ones))?"
)
"""A command about several at once."""

TWO_AT_ONCE = _form(
    r"(?:i(?:'ll| will)? )?(?:accept|approve|dismiss|reject|snooze|defer|postpone|done|finished)\b"
    r"[^?]{0,50}?"
    r"(?:\s*,|\s+and|\s+then|\s*&)(?: (?:then|also|please))*"
    r" (?:draft|write|prepare|compose|show me)\s[^?]{2,80}"
)
"""A decision and a wish in one sentence."""

WHOLE = re.compile(
    r"\b(?:(?:my|our)(?! (?:last|latest|previous) (?:call|meeting|talk|visit|e-?mail|mail|touch))"
    r"|all|every\w*|accounts|customers|portfolio|book|team|any\w*|who|which)\b",
    re.IGNORECASE,
)
"""Words by which a question is about more than the account in focus."""

NARROW = re.compile(
    r"(?:and|only|just|but|what about|how about|for|same|no|ok(?:ay)?)\b.{2,50}"
    r"|.{2,40}\b(?:only|instead)[\s?!.]*",
    re.IGNORECASE,
)
