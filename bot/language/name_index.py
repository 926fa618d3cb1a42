"""The keys under which an account is found: its name, parts of it, its web domain."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.language.text import plain, words
from storage.accounts import Named

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
LEGAL = {
    "inc": "inc", "incorporated": "inc", "corp": "corp", "corporation": "corp", "ltd": "ltd",
    "limited": "ltd", "co": "co", "company": "co", "llc": "llc", "gmbh": "gmbh", "ag": "ag",
    "sa": "sa", "plc": "plc", "bv": "bv", "srl": "srl", "pty": "pty", "oy": "oy", "ab": "ab",
}  # fmt: skip
GENERIC = words(
    "industries industry logistics media studio studios labs lab systems foods finance "
    "analytics solutions partners software technologies technology services consulting "
    "capital holdings international energy insurance retail trading traders imports exports "
    "homes nutrition freight rockets education global digital tech cloud networks ventures "
    "enterprises brands pharma construction design security works data health"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, as written, and plain."""

    start: int
    end: int
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An account under one of its keys; `rank` 0 whole name, 1 without Inc, 2 a part, 3 inside."""

    rank: int
    account: Named


_GRADES = (0, 1, 1, 2)
"""How well a rank identifies: Acme Corp without Corp is no surer than the Acme of Acme Rockets."""

Index = dict[str, list[Entry]]


def index_of(accounts: Sequence[Named], ordinary: frozenset[str]) -> Index:
    """Return the accounts under all their keys; a part that is an ordinary word is no key."""
    index: defaultdict[str, list[Entry]] = defaultdict(list)
    for account in accounts:
        for key, rank in _keys_of(account, ordinary).items():
            index[key].append(Entry(rank, account))
    return dict(index)


def _keys_of(account: Named, ordinary: frozenset[str]) -> dict[str, int]:
    tokens = tokens_of(account.name)
    core = list(tokens)
    while len(core) > 1 and core[-1].plain in LEGAL:
        core.pop()
    keys = {key_of(tokens): 0}
    keys.setdefault(key_of(core), 1)
    for size in range(min(len(core) - 1, 4), 0, -1):
        if len(key := key_of(core[:size])) >= 3:
            keys.setdefault(key, 2)
    for key in _domain_keys(account.domain):
        keys.setdefault(key, 2)
    for token in core[1:]:
        if len(token.plain) >= 4 and token.plain not in ordinary and token.plain not in GENERIC:
            keys.setdefault(token.plain, 3)
    keys.pop("", None)
    return keys


def _domain_keys(domain: str | None) -> Iterator[str]:
    if domain:
        host = domain.lower().removeprefix("www.")
        yield key_of(tokens_of(host))
        if len(label := key_of(tokens_of(host.split(".")[0]))) >= 4:
            yield label


def best(entries: Iterable[Entry]) -> tuple[Named, ...]:
    """Return the accounts that a key means: a whole name beats a part, a part what is inside."""
    entries = list(entries)
    grades = [_GRADES[entry.rank] for entry in entries]
    first = min(grades, default=0)
    found = (entry.account for entry, grade in zip(entries, grades, strict=True) if grade == first)
    return tuple(dict.fromkeys(found))


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text; Inc and Incorporated are one."""
    found = []
    for match in _WORD.finditer(text):
        word = plain(re.sub(r"'s$", "", match[0], flags=re.IGNORECASE))
        found.append(Token(match.start(), match.end(), match[0], LEGAL.get(word, word)))
    return found


def key_of(tokens: Sequence[Token]) -> str:
    """Return words as they are looked up: joined, so that tech corp finds TechCorp."""
    return "".join(token.plain for token in tokens)
