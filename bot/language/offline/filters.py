"""Filters by closed tables of synonyms: category, urgency, horizon, segment, owner, how many."""

import re
from collections.abc import Mapping
from typing import Any

_CATEGORY = {
    "engagement": r"engag\w+|check[- ]?ins?|touch ?points?|relationships?"
    r"|(?:talked|spoken|spoke) (?:to|with)|heard from|in touch|reached out|logged in|log ?ins?",
    "risk": r"risks?|risky|at[- ]risk|save|saves|rescue|retention"
    r"|tickets?|escalations?",
    "expansion": r"expan\w+|upsells?|up[- ]sells?|cross[- ]?sells?|growth|grow|growing",
    "lifecycle": r"life[- ]?cycle|onboarding|kick[- ]?offs?|renewals?|qbrs?",
}
_HORIZON = {
    "today": r"today'?s?|tonight|this (?:morning|afternoon)|right now|eod|2day",
    "this_week": r"this (?:week|wk)'?s?|the week|weekly|by friday|eow|end of (?:the |this )?week",
    "this_month": r"this (?:month|mth)'?s?|the month|monthly|eom|end of (?:the |this )?month",
}
_URGENCY = {
    "immediate": r"immediate(?:ly)?|urgent(?:ly)?|burning|on fire|emergenc\w+|asap|cannot wait"
    r"|can'?t wait|most pressing",
}
_SEGMENT = {
    "enterprise": r"enterprises?|ent accounts|large (?:accounts|customers)|big (?:accounts|logos)",
    "mid-market": r"mid[- ]?markets?|mid[- ]?sized?|mm accounts",
    "smb": r"smbs?|small (?:business(?:es)?|accounts|customers)|smes?",
}
_TEAM = (
    r"(?:the|my|our|whole|entire|all) team(?:'s)?|team(?:'s)?|everyone(?:'s)?|everybody(?:'s)?"
    r"|my (?:reports|people|csms)|all (?:the )?csms?|company[- ]wide|across the board"
    r"|whole (?:book|portfolio)"
)
_MINE = r"my own|mine|just me|only me|only mine|my (?:accounts|book|portfolio|customers|clients)"
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "dozen": 12, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_NUMBER = r"(\d{1,3}|" + "|".join(_NUMBERS) + ")"
_THINGS = (
    r"(?:actions?|things|tasks?|accounts?|customers?|clients?|items?|priorities|recommendations?"
    r"|moves|plays?|ctas?|names|logos)"
)
_LIMITS = (
    re.compile(rf"\b(?:top|first|best|next|just|only|give me|show me|show|list) {_NUMBER}\b"),
    re.compile(rf"\b{_NUMBER} (?:\w+ ){{0,3}}?{_THINGS}\b"),
    re.compile(rf"\bthe {_NUMBER} (?:most|best|worst|riskiest|likeliest|biggest|hottest)\b"),
)
MOST = 10


def read(text: str) -> dict[str, Any]:
    """Return the filters that `text` names, as arguments of `top_actions`."""
    text = text.lower()
    found: dict[str, Any] = {
        "category": _one_of(_CATEGORY, text),
        "urgency": _one_of(_URGENCY, text),
        "horizon": _one_of(_HORIZON, text),
        "segment": _one_of(_SEGMENT, text),
        "owner": owner(text),
        "limit": limit(text),
    }
    return {name: value for name, value in found.items() if value is not None}


def limit(text: str, most: int = MOST) -> int | None:
    """Return how many are asked for, at most `most`; None when no number says so."""
    for form in _LIMITS:
        if match := form.search(text):
            word = match[1]
            number = int(word) if word.isdigit() else _NUMBERS[word]
            return max(1, min(number, most))
    return None


def _one_of(table: Mapping[str, str], text: str) -> str | None:
    """Return the one value whose words occur; two that occur are no filter."""
    found = [value for value, words in table.items() if re.search(rf"\b(?:{words})\b", text)]
    return found[0] if len(found) == 1 else None


def owner(text: str) -> str | None:
    """Return me or team when the words say whose; None when they do not."""
    if re.search(rf"\b(?:{_TEAM})\b", text):
        return "team"
    return "me" if re.search(rf"\b(?:{_MINE})\b", text) else None
