"""A masked text as plain words: marks and shorthand spelt out, slips of the finger mended."""

import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.text import ACCOUNT, CHANNEL, DATE, PERSON, TIME, plain

_MARKS = {
    ACCOUNT: " acctx ",
    DATE: " datex ",
    PERSON: " personx ",
    TIME: " timex ",
    CHANNEL: " chanx ",
}
_SHORTHAND = """
acct acc accnt: account / accts accs accst accnts: accounts / u ya: you / ur: your / r: are
w: with / abt: about / wk: week / mtg mtng: meeting / mtgs: meetings / pls plz plss: please
rec reco recco: recommendation / recs recos: recommendations / prob: probability
exp: expansion / hlth: health / msg: message / qtr: quarter / nxt: next / wat wut: what
wats wuts: whats / y: why / smth sth: something / gimme: give me / lemme: let me
cust: customer / custs: customers / shd shud: should / bc cuz cos coz: because / b4: before
prep: prepare / mgr: manager / yest: yesterday / 2day: today / info: information
agnda: agenda / license: licence / licenses: licences / upselling: upsell
"""
_WRITTEN_OUT = {
    short: long.strip()
    for entry in re.split(r"[/\n]", _SHORTHAND.strip())
    for shorts, long in [entry.split(":")]
    for short in shorts.split()
}
_TOGETHER = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bcalls? to actions?\b", "ctas"),
        (r"\be mails?\b", "email"),
        (r"\bto (?:do s|dos)\b", "todos"),
        (r"\bup sell", "upsell"),
        (r"\bcross sell", "crosssell"),
        (r"\bnext best actions?\b", "nba"),
    )
)
_SHORTEST = 4
"""Letters that a mistyped word must have: shorter ones are a slip away from too many others."""
_OFTEN = 3
"""Uses from which on a word of the phrases may be what was meant."""


def wording(masked: str) -> str:
    """Return the words of a masked text, separated by spaces; question marks are words."""
    for mark, word in _MARKS.items():
        masked = masked.replace(mark, word)
    words = [plain(word) for word in re.findall(r"[\w']+|\?", masked.lower())]
    text = " ".join(_WRITTEN_OUT.get(word, word) for word in words)
    for pattern, word in _TOGETHER:
        text = pattern.sub(word, text)
    return text


class Speller:
    """Mends typos: a word that nobody uses becomes the likeliest one that is a slip away."""

    def __init__(self, known: Mapping[str, int], dictionary: frozenset[str]) -> None:
        """Take the words that may be meant, with how often each is used, and others that exist."""
        self._known = {word: count for word, count in known.items() if count >= _OFTEN}
        self._right = dictionary | self._known.keys()
        self._choices = [word for word in self._known if _may_be_mended(word)]

    def mend(self, text: str) -> str:
        """Return a worded text with the right words in place of mistyped ones."""
        return " ".join(self._nearest(word) for word in text.split())

    def _nearest(self, word: str) -> str:
        if word in self._right or not _may_be_mended(word):
            return word
        most = 1 if len(word) < 8 else 2
        close = process.extract(
            word, self._choices, scorer=OSA.distance, score_cutoff=most, limit=None
        )
        found = [(int(distance), -self._known[near], near) for near, distance, _ in close]
        return min(found)[2] if found else word


def _may_be_mended(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()
