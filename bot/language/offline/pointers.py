"""Words that point at what was shown before: "the second one", "#3", "the other one", "them"."""

import re
from typing import Any

from bot.conversation import Conversation
from bot.language.offline.masking import mask_days
from bot.language.text import Masked, plain
from bot.language.vocabulary import known
from storage.conversations import Called, Shown

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8,
    "ninth": 9, "9th": 9, "tenth": 10, "10th": 10, "top": 1, "last": -1, "bottom": -1, "final": -1,
}  # fmt: skip
_BY_DIGITS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th",
}  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}

_SPELT = "|".join(_ORDINALS)
_COUNTED = r"\d{1,2}|" + "|".join(_NUMBERS)
_KIND = r"(?:one|account|customer|client|card|action|recommendation|item|company)"
NTH = (
    rf"(?:(?:the |that |this )?(?:{_SPELT})(?: {_KIND})?"
    r"(?: (?:on|in|from|of) (?:the|that|my) list)?"
    rf"|(?:the )?(?:number|num|no\.?|nr\.?|#|item) ?(?:{_COUNTED})|\d{{1,2}}[.)]?)"
)
"""A place in a list, by its number or by the word for it."""

NTH_WITHIN = rf"(?:(?:the |that )(?:{_SPELT}) {_KIND}|(?:number|#) ?(?:{_COUNTED}))"
"""A place in a list that is plain even in the middle of a longer sentence."""

OTHER = rf"(?:the |that )?other (?:one|{_KIND})|the other"
NEXT = rf"(?:and )?(?:the )?(?:next {_KIND}|one after(?: that| this)?)"
"""What comes in the list after what is in focus."""

_THIS = rf"(?:it|this|that|(?:this|that|the|the same) {_KIND})"
ITEM = rf"(?P<item>{NTH}|{OTHER}|{_THIS})"
"""What a command can be about: a place in the list, the other one, or what is in focus."""

PRONOUN = re.compile(
    r"\b(?:them|they|their|theirs|she|her|hers|he|him|his"
    r"|(?:this|that|the|the same) (?:account|customer|client|company)|there)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?P<before>\b(?:to|with|from|by|ask|tell|call|invite)\s+)?(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)",
    re.IGNORECASE,
)
_OWNING = ("their", "theirs", "her", "hers", "his")


def spelt(text: str) -> str:
    """Return a text in which "the 2nd one" is no day of the month any more."""
    spelt_out = {digits: word for word, digits in _BY_DIGITS.items()}
    found = re.compile(rf"\b({'|'.join(spelt_out)})(?= {_KIND})", re.IGNORECASE)
    return found.sub(lambda match: spelt_out[match[1].lower()], text)


def number(words: str) -> int | None:
    """Return which place in a list `words` name, counted from 1, -1 for the last; else None."""
    text = words.lower()
    if found := re.search(rf"\b(?:{_SPELT})\b", text):
        return _ORDINALS[found[0]]
    if found := re.search(r"\d{1,2}", text):
        return int(found[0])
    counted = re.search(rf"(?:number|num|no\.?|nr\.?|item) ?({'|'.join(_NUMBERS)})\b", text)
    return _NUMBERS[counted[1]] if counted else None


def pointed(words: str, conversation: Conversation) -> tuple[Shown, ...]:
    """Return what `words` may point at: one when it is certain, none when nothing fits."""
    if re.fullmatch(OTHER, words.strip(), re.IGNORECASE):
        return other(conversation)
    if re.fullmatch(NEXT, words.strip(), re.IGNORECASE):
        return after(conversation)
    if (place := number(words)) is not None:
        return at(place, conversation.listed)
    return focus(conversation)


def focus(conversation: Conversation) -> tuple[Shown, ...]:
    """Return the account that is spoken of, or those of the list that is in view."""
    return (conversation.account,) if conversation.account else conversation.in_view


def other(conversation: Conversation) -> tuple[Shown, ...]:
    """Return the other of two, or what was spoken of before; else all that it may be."""
    spoken = conversation.account
    rest = tuple(one for one in conversation.listed if not _same(one, spoken))
    if spoken is None or len(rest) == 1:
        return rest if spoken else conversation.listed
    return (conversation.before,) if conversation.before else rest


def after(conversation: Conversation) -> tuple[Shown, ...]:
    """Return what follows in the list on what is in focus; its first one where nothing is."""
    listed, spoken = conversation.listed, conversation.account
    places = [number for number, one in enumerate(listed, start=1) if _same(one, spoken)]
    return at(places[0] + 1 if places else 1, listed)


def at(place: int, listed: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the one at a place, counted from 1 or from the end, as a tuple; or nothing."""
    index = place - 1 if place > 0 else len(listed) + place
    return (listed[index],) if 0 <= index < len(listed) else ()


def is_foreign(text: str) -> bool:
    """Tell whether a text speaks of something that no question is about: "why horses?".

    A word after "to", "with" and the like may be anybody's name: "a mail to sarah".
    """
    return any(
        len(found["word"]) > 3 and not found["before"] and plain(found["word"]) not in known()
        for found in _WORDS.finditer(mask_days(Masked(text)).text)
    )


def with_name(text: str, name: str) -> str:
    """Return a sentence with the account's name in place of the first word that stands for it."""
    found = PRONOUN.search(text)
    if found is None:
        return f"{text.rstrip(' ?.!')} for {name}"
    word = found[0].lower()
    said = f"{name}'s" if word in _OWNING and not _is_object(text, found) else name
    before = "at " if word == "there" else ""
    return f"{text[: found.start()]}{before}{said}{text[found.end() :]}"


def naming(call: Called, name: str) -> dict[str, Any]:
    """Return a call's arguments with another account in them."""
    return {**call.arguments, "account": name}


def _is_object(text: str, found: re.Match[str]) -> bool:
    """Tell whether "her" stands for the person and owns nothing: "write to her"."""
    after = text[found.end() :].strip(" ?.!,").lower()
    return found[0].lower() == "her" and after.split(" ")[0] in (
        "",
        "then",
        "please",
        "now",
        "about",
    )


def _same(one: Shown, another: Shown | None) -> bool:
    return another is not None and one.account == another.account
