"""One text as the offline language reads it: what it names, and the rest with names masked."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.language.language import Context
from bot.language.names import AccountNames, Mention
from bot.language.offline.masking import days, mask_days
from bot.language.text import ACCOUNT, CHANNEL, PERSON, Masked, Span, plain
from bot.language.vocabulary import ordinary

_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+(?:\|[^>]*)?>|(?<![\w&])#[a-z0-9][\w-]{0,79}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text, the accounts it names in order, the people, and the text with marks for them.

    `guess` is true when the one mention is a name that no account has, `is_own` when the text is
    one line of the person's own words.
    """

    text: str
    masked: Masked
    mentions: tuple[Mention, ...]
    people: tuple[str, ...]
    today: date
    guess: bool = False
    is_own: bool = True

    def first(self, mark: str) -> str | None:
        """Return what the first of these marks stands for."""
        place = self.masked.text.find(mark)
        return self.masked.original(place, place + 1) if place >= 0 else None


def read(text: str, context: Context) -> Reading:
    """Read a cleaned text: accounts first, for they may hold words that look like dates."""
    return _read(text, context.names, context.people, context.today)


@lru_cache(maxsize=4)
def _read(text: str, names: AccountNames, colleagues: tuple[str, ...], today: date) -> Reading:
    """Read a text once, though it is looked at as a short sentence first and then as a whole."""
    channels = _channels(text)
    mentions = names.find(_without(text, channels))
    people = _people(text, colleagues)
    guess = None
    if not mentions:
        guess = names.look_alike(_without(text, [*channels, *people, *days(text)]))
    accounts = [Span(m.start, m.end, ACCOUNT) for m in (*mentions, *([guess] if guess else []))]
    masked = Masked(text).mask([*channels, *accounts, *people])
    return Reading(
        text=text,
        masked=mask_days(masked),
        mentions=mentions or ((guess,) if guess else ()),
        people=tuple(text[span.start : span.end] for span in people),
        today=today,
        guess=guess is not None,
    )


def _channels(text: str) -> list[Span]:
    return [Span(*match.span(), CHANNEL) for match in _CHANNEL.finditer(text)]


def _people(text: str, names: tuple[str, ...]) -> list[Span]:
    """Find colleagues by whole or first name; a name that is a daily word needs its capital."""
    spans: list[Span] = []
    for name in names:
        for form in dict.fromkeys((name, name.split()[0], plain(name), plain(name.split()[0]))):
            common = plain(form) in ordinary()
            flags = re.RegexFlag(0) if common else re.IGNORECASE
            shown = form[:1].upper() + form[1:] if common else form
            spans += [
                Span(*m.span(), PERSON)
                for m in re.finditer(rf"(?<!\w){re.escape(shown)}(?!\w)", text, flags)
            ]
    return spans


def _without(text: str, spans: list[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
