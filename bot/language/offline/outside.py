"""What is said to a text that is not Steward's business, or none at all."""

import re

from bot.language.offline.politeness import LEAD
from bot.language.text import ACCOUNT, PERSON, plain
from bot.language.text import words as word_set

SAYS = (
    "That is beyond me. What I can do: say what to do next for an account, list your top "
    "actions, explain why, take your decisions and send a morning digest. "
    "Try “show me my top actions this week”, or “help”."
)
UNREADABLE = (
    "I found no words to read there. Ask me for example “what should I do first this week”, "
    "or say “help”."
)
TOO_LONG = (
    "That is more text than I can take as one question. Ask me in a sentence or two, "
    "for example “what should I do next for” and the account's name."
)
THANKS = "You're welcome. Ask “show me my top actions” whenever you want the next thing to do."
SORRY = (
    "I am sorry. Tell me which account you meant, as in “what next for Beta Inc”, or press "
    "Dismiss on the card and say what is wrong with it."
)
ENGLISH_ONLY = "I am sorry, I understand English only. Ask me for example “show me my top actions”."
NOT_MINE = (
    "I change no accounts, owners or people, and nothing in the CRM. An administrator gives "
    "accounts to people with “steward people assign”; the rest is changed where the data comes "
    "from. “show me my top actions” brings what is on your list."
)
ABOUT_WHAT = "What is that about? Name an account, or ask “show me my top actions”."

_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|great|cool|perfect|nice|awesome),? )?"
    r"(?:(?:many )?thanks|thank you|thx|ty|tysm|cheers|danke|merci|gracias)\b"
    rf"[^?{ACCOUNT}]{{0,30}}"
    r"|(?:good|great|nice) (?:job|work|bot)[\s.!]*|(?:much )?appreciated[\s.!]*",
    re.IGNORECASE,
)
_BAD = (
    r"(?:useless|stupid|dumb|rubbish|garbage|crap|terrible|awful|annoying|ridiculous|pointless"
    r"|a joke|a waste of time|no (?:good|help|use)|not (?:helpful|useful|good enough))"
)
_ANGRY = re.compile(
    rf"\b(?:this|that|it|you|steward|the bot|your (?:advice|answers?|lists?))"
    rf"(?:'?s|'?re| is| are| was)"
    rf" (?:(?:so|such|very|really|totally|just|completely|absolutely|all|an?) )*{_BAD}\b"
    r"|\b(?:stupid|dumb|useless|bloody|damn) (?:bot|thing|tool|machine|app|steward)\b"
    r"|\byou (?:gave|showed|sent|told|got)(?: me)? (?:the |it )?(?:all )?wrong\b"
    r"|^(?:no,? )?(?:that'?s |this is |it'?s )?(?:the )?wrong (?:account|customer|one)[\s.!]*$"
    r"|^i (?:(?:don'?t|do not|can'?t) agree|disagree)\b|^(?:i hate (?:you|this)|wtf|ffs)\b",
    re.IGNORECASE,
)
_THINGS = r"(?:accounts?|customers?|clients?|users?|people|contacts?|data|database|records?)"
_NOT_OURS_TO_CHANGE = re.compile(
    rf"{LEAD}(?:"
    rf"(?:re-?)?assign\b.*(?:{ACCOUNT}|{PERSON}|\baccounts?\b).*"
    rf"|(?:transfer|hand over|move) {ACCOUNT} to {PERSON}"
    rf"|(?:delete|erase|wipe) (?:everything|(?:all |all of |the |my |our |this )*{_THINGS})\b.*"
    rf"|(?:change|set|update|edit) (?:the )?owner\b.*"
    r"|(?:add|create) (?:an? |the )?(?:new )?(?:account|customer|user|contact)\b.*"
    r"|(?:update|change|edit|write|add|log|save|put|sync|enter)\b.*"
    r"\b(?:crm|salesforce|hubspot|gainsight)\b.*)",
    re.IGNORECASE,
)
_SEND = re.compile(
    rf"{LEAD}send (?:the|this|that|my) (?:e-?mails?|mails?|messages?|drafts?)"
    r"(?: (?:for me|off|out|now|please|to (?:them|her|him)))*[\s?.!]*",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:yes|yep|yeah|no|nope|ok|okay|sure|\d)[\s.!]*", re.IGNORECASE)
_FOREIGN = word_set(
    "ich soll sollte wie und nicht mein meine meinen meiner kunde kunden welche welcher bitte zeig "
    "zeige mir heute konto konten warum wer fur als nachstes nachste tun mit ist sind habe wann "
    "que dois je faire quels quelles quel quelle mes clients comptes pourquoi montre moi bonjour "
    "les une des qui sont avec comment est mon pour aujourdhui prochaine "
    "debo hacer para cuentas mis quien cuales hola como por con es el los las hoy siguiente"
)
_IN_BOTH = word_set("clients est pour les des con es el los las mit sind como")
"""Words among these that English texts hold as well, in names for instance."""


def reply(masked: str) -> str | None:
    """Return what to say to a masked text that asks for nothing here; None for all others."""
    if _THANKS.fullmatch(masked):
        return THANKS
    if _BARE.fullmatch(masked):
        return ABOUT_WHAT
    if _NOT_OURS_TO_CHANGE.fullmatch(masked):
        return NOT_MINE
    return SORRY if ACCOUNT not in masked and is_angry(masked) else None


def is_angry(text: str) -> bool:
    """Tell whether a text scolds, and asks nothing."""
    return not text.rstrip().endswith("?") and _ANGRY.search(text) is not None


def is_to_send(text: str) -> bool:
    """Tell whether a text wants a draft to be sent."""
    return _SEND.fullmatch(text) is not None


def is_foreign(masked: str) -> bool:
    """Tell whether a text is German, French or Spanish, by its smallest words."""
    said = [plain(word) for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", masked)]
    found = [word for word in said if word in _FOREIGN]
    certain = set(found) - _IN_BOTH
    return len(certain) >= 2 and len(found) * 5 >= len(said) * 2
