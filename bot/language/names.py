"""Which account a person means: names with typos, parts of names, names that are plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.language.name_index import (
    GENERIC,
    LEGAL,
    Entry,
    Index,
    Token,
    best,
    index_of,
    key_of,
    tokens_of,
)
from bot.language.text import plain
from bot.language.text import words as word_set
from bot.language.typos import Typos
from core.errors import AccountUnknown, Ambiguous, NotAllowed
from storage.accounts import Named

_LONGEST = 6
_NEVER_ALONE = word_set(
    "next this that the first best top last new one my our all today day week month year now "
    "risk health usage renewal expansion engagement account action actions customer what who"
)
_BEFORE_A_NAME = word_set("for at with about re regarding")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an account, with those it may mean.

    No candidates: it looks like a name, but no account is called that. `sure` is false for a typo
    that might also mean something else: enough to look something up, not to change anything.
    """

    start: int
    end: int
    words: str
    candidates: tuple[Named, ...]
    sure: bool = True
    weak: bool = False


class AccountNames:
    """Finds the asker's accounts in text, and knows which others exist but are not theirs."""

    def __init__(
        self, accounts: Sequence[Named], others: Sequence[Named], ordinary: frozenset[str]
    ) -> None:
        """Take the accounts the asker may see, the rest, and words that are in daily use."""
        self._accounts = tuple(accounts)
        self._ordinary = ordinary
        self._mine = index_of(accounts, ordinary)
        self._theirs = _in_full(index_of(others, ordinary))
        self._typos = Typos(self._mine, ordinary)
        self._ids = {account.id: account for account in accounts}
        self._other_ids = {account.id: account for account in others}

    @property
    def own(self) -> tuple[str, ...]:
        """The names of the asker's accounts."""
        return tuple(account.name for account in self._accounts)

    def resolve(self, words: str) -> Named:
        """Return the account that `words` (a name or an id) mean.

        Raises Ambiguous, NotAllowed (its `owner` is an id) or AccountUnknown with nearest names.
        """
        if words in self._ids:
            return self._ids[words]
        found = self._exactly(words) or self._within(words)
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(words, [(account.id, account.name) for account in found])
        raise AccountUnknown(words, self.nearest(words))

    def nearest(self, words: str, limit: int = 5) -> tuple[str, ...]:
        """Return the names of the asker's accounts that come close to `words`, best first."""
        names = [account.name for account in self._accounts]
        close = process.extract(
            words[:200], names, scorer=fuzz.WRatio, processor=_core, limit=limit, score_cutoff=55,
        )  # fmt: skip
        return tuple(dict.fromkeys(name for name, _, _ in close))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the accounts that `text` names, in order; names of others' only when exact."""
        tokens = tokens_of(text)
        found = self._scan(text, tokens, self._mine) or self._scan(text, tokens, self._theirs)
        if not found and (typo := self._typos.find(tokens)):
            found = [_mention(text, typo.window, typo.accounts, sure=typo.sure)]
        certain = [mention for mention in found if not mention.weak]
        return tuple(certain or found)

    def look_alike(self, text: str) -> Mention | None:
        """Return a stretch that looks like a name that no account has, None when there is none."""
        tokens = tokens_of(text)
        for place in range(len(tokens)):
            if self._looks_like_a_name(text, tokens, place):
                end = place + 1
                while end < len(tokens) and self._goes_on(text, tokens, end):
                    end += 1
                return _mention(text, tokens[place:end], ())
        return None

    def _exactly(self, words: str) -> tuple[Named, ...]:
        if words in self._other_ids:
            raise _refusal(self._other_ids[words])
        key = key_of(tokens_of(words))
        if mine := best(self._mine.get(key, ())):
            return mine
        if theirs := best(self._theirs.get(key, ())):
            raise _refusal(theirs[0])
        return ()

    def _within(self, words: str) -> tuple[Named, ...]:
        mentions = self.find(words)
        return mentions[0].candidates if len(mentions) == 1 and mentions[0].sure else ()

    def _scan(self, text: str, tokens: Sequence[Token], index: "Index") -> list[Mention]:
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            mention, size = self._longest(text, tokens, place, index)
            if mention:
                found.append(mention)
            place += size
        return found

    def _longest(
        self, text: str, tokens: Sequence[Token], place: int, index: "Index"
    ) -> tuple[Mention | None, int]:
        for size in range(min(_LONGEST, len(tokens) - place), 0, -1):
            window = tokens[place : place + size]
            entries = index.get(key_of(window))
            if not entries or not self._plausible(text, tokens, place, size, entries):
                continue
            size += _legal_after(tokens, place + size)
            weak = all(token.plain in self._ordinary for token in window)
            mention = _mention(text, tokens[place : place + size], best(entries), weak=weak)
            return mention, size
        return None, 1

    def _plausible(
        self, text: str, tokens: Sequence[Token], place: int, size: int, entries: Sequence[Entry]
    ) -> bool:
        """Tell whether words that are in daily use are meant as a name here."""
        window = tokens[place : place + size]
        if any(token.plain not in self._ordinary for token in window):
            return True
        whole = min(entry.rank for entry in entries) <= 1
        never = any(token.plain in _NEVER_ALONE for token in window)
        if size >= 2 and whole and (size >= 3 or not never):
            return True
        if _capitals_tell(text) and all(token.text[0].isupper() for token in window):
            return size >= 2 or (place > 0 and (whole or not never)) or _is_called_out(text, window)
        before = tokens[place - 1].plain if place else ""
        alone = len(tokens) == size
        return not never and (before in _BEFORE_A_NAME or alone or _is_called_out(text, window))

    def _looks_like_a_name(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if token.plain in self._ordinary or len(token.plain) < 2 or token.plain[0].isdigit():
            return False
        before = tokens[place - 1].plain if place else ""
        capital = token.text[0].isupper() and _capitals_tell(text)
        return capital or before in _BEFORE_A_NAME | {"on", "of"} or len(tokens) == 1

    def _goes_on(self, text: str, tokens: Sequence[Token], place: int) -> bool:
        token, gap = tokens[place], text[tokens[place - 1].end : tokens[place].start]
        if gap.strip() not in {"", "&", "-"}:
            return False
        odd = token.plain not in self._ordinary and not token.plain.isdigit()
        return odd or token.plain in LEGAL or token.plain in GENERIC or token.text[0].isupper()


def _refusal(account: Named) -> NotAllowed:
    return NotAllowed(account.name, account.owner_id, account.id)


def _in_full(index: Index) -> Index:
    """Return only what names an account in full: a part of another's name tells nobody of it."""
    whole = {key: [one for one in found if one.rank <= 1] for key, found in index.items()}
    return {key: found for key, found in whole.items() if found}


def _core(name: str) -> str:
    """Return a name without its legal form, which makes no two names alike."""
    kept = [word for word in plain(name).split() if word.strip(".,") not in LEGAL]
    return " ".join(kept) or plain(name)


def _mention(
    text: str,
    tokens: Sequence[Token],
    candidates: tuple[Named, ...],
    *,
    sure: bool = True,
    weak: bool = False,
) -> Mention:
    start, end = tokens[0].start, tokens[-1].end
    words = re.sub(r"'s$", "", text[start:end], flags=re.IGNORECASE)
    return Mention(start, start + len(words), words, candidates, sure, weak)


def _legal_after(tokens: Sequence[Token], place: int) -> int:
    return int(place < len(tokens) and tokens[place].plain in LEGAL)


def _is_called_out(text: str, window: Sequence[Token]) -> bool:
    """Tell whether what follows marks a name: "Box: what next", "Target's renewal"."""
    possessive = window[-1].text.lower().endswith("'s")
    return possessive or text[window[-1].end : window[-1].end + 1] == ":"


def _capitals_tell(text: str) -> bool:
    return any(letter.islower() for letter in text)
