"""Days and times in a text become marks, but for the horizons that a list is filtered by."""

import re

from bot.language import dates, times
from bot.language.text import DATE, TIME, Masked, Span

_DATE = re.compile(rf"\b{dates.PATTERN}", re.IGNORECASE)
_TIME = re.compile(times.PATTERN, re.IGNORECASE)
_HORIZONS = re.compile(r"today|tonight|eod|this (?:week|month)|the weekend", re.IGNORECASE)


def days(text: str) -> list[Span]:
    """Return where days are written with a figure, as in "1 Sep": none of it is a name."""
    found = _DATE.finditer(text)
    return [Span(*m.span(), DATE) for m in found if any(map(str.isdigit, m[0]))]


def mask_days(masked: Masked) -> Masked:
    """Return the text with its times and days masked as well."""
    masked = masked.mask(Span(*m.span(), TIME) for m in _TIME.finditer(masked.text))
    found = [m for m in _DATE.finditer(masked.text) if not _HORIZONS.fullmatch(m[0])]
    return masked.mask([Span(*m.span(), DATE) for m in found])


def mask_only_days(masked: Masked) -> Masked:
    """Return the text with its days masked and no time, for "24 Dec to 2 Jan" holds none."""
    return masked.mask(Span(*m.span(), DATE) for m in _DATE.finditer(masked.text))
