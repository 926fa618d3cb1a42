"""Figures in text: what was said, how exactly, and of what kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isclose
from typing import Literal

Kind = Literal["percent", "money", "plain"]

_FIGURE = re.compile(
    r"""(?<![\w.])
        (?P<before>US\$|[$€£]|(?:USD|EUR|GBP|CHF)\ ?)?\ ?
        (?P<number>\d{1,3}(?:[,'\u2019\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
        (?:\ ?(?P<scale>[kmb]\b|bn\b|thousand\b|million\b|billion\b))?
        (?:\ ?(?P<percent>%|per\ ?cent\b|pct\b))?
        (?:\ ?(?P<after>[€£$]|(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds?)\b))?
        (?:[\ -](?P<measure>(?:day|week|month|year|hour|minute|point)s?\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_SCALES |= {"b": 1e9, "bn": 1e9, "billion": 1e9}
_CURRENCIES = {"us$": "$", "usd": "$", "dollar": "$", "eur": "€", "euro": "€"}
_CURRENCIES |= {"gbp": "£", "pound": "£"}

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_SMALL += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_SMALL.split())}
_WORDS |= {word: 20 + 10 * place for place, word in enumerate(_TENS.split())}
_WORDS |= {"dozen": 12, "hundred": 100, "thousand": 1000}
_WORD = re.compile(
    rf"\b({'|'.join(_WORDS)})\b(?:-({'|'.join(_SMALL.split())})\b)?"
    r"(?:[ -](?P<measure>(?:day|week|month|year|hour|minute|point)s?)\b)?"
    r"(?:\ ?(?P<percent>%|per\ ?cent\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was said; `unit` is the worth of its last digit that means something."""

    said: str
    value: float
    unit: float
    kind: Kind
    currency: str = ""
    measure: str = ""

    def rests_on(self, source: "Figure") -> bool:
        """Tell whether `source`, rounded as this figure is, gives this figure."""
        return self._is_of_its_kind(source) and any(
            abs(value - self.value) <= self.unit / 2 * (1 + 1e-9) for value in self._worth(source)
        )

    def _is_of_its_kind(self, source: "Figure") -> bool:
        if self.kind == "percent":
            return source.kind == "percent" or _is_share(source)
        if self.kind == "money":
            return source.kind == "money" and self.currency == source.currency
        return not (self.measure and source.measure) or bool(self._worth(source))

    def _worth(self, source: "Figure") -> tuple[float, ...]:
        """Return what the source is worth in this figure's measure; nothing when it cannot be."""
        if self.kind == "percent" and source.kind != "percent":
            return (source.value * 100,)
        if not self.measure or not source.measure or self.measure == source.measure:
            return (source.value,)
        if (self.measure, source.measure) == ("week", "day"):
            return (source.value / 7,) if isclose(source.value % 7, 0) else ()
        if (self.measure, source.measure) == ("day", "week"):
            return (source.value * 7,)
        return ()


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in digits and in words; “one” is hardly ever meant as one."""
    digits = [_figure(found) for found in _FIGURE.finditer(text)]
    return (*digits, *_in_words(_FIGURE.sub(" ", text)))


def counted(count: int) -> Figure:
    """Return the figure that says how many there are."""
    return Figure(str(count), count, 1, "plain")


def _figure(found: re.Match[str]) -> Figure:
    digits = re.sub(r"[,'\u2019\u202f]", "", found["number"])
    scale = _SCALES.get((found["scale"] or "").lower(), 1.0)
    currency = _currency(found["before"] or found["after"] or "")
    kind: Kind = "percent" if found["percent"] else "money" if currency else "plain"
    return Figure(
        said=found[0].strip(),
        value=float(digits) * scale,
        unit=_unit(digits) * scale,
        kind=kind,
        currency=currency,
        measure=_measure(found),
    )


def _unit(digits: str) -> float:
    """Return the worth of the last digit; thousands may be rounded to two digits, as people do."""
    if "." in digits:
        return float(10 ** -len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** min(zeros, len(digits) - 2)) if len(digits) >= 4 else 1.0


def _currency(sign: str) -> str:
    sign = sign.strip().lower().removesuffix("s")
    return _CURRENCIES.get(sign, sign)


def _measure(found: re.Match[str]) -> str:
    return (found["measure"] or "").lower().removesuffix("s")


def _in_words(text: str) -> Iterable[Figure]:
    for found in _WORD.finditer(text):
        value = _WORDS[found[1].lower()] + (_WORDS[found[2].lower()] if found[2] else 0)
        if value != 1:
            kind: Kind = "percent" if found["percent"] else "plain"
            yield Figure(found[0].strip(), value, 1, kind, measure=_measure(found))


def _is_share(figure: Figure) -> bool:
    return figure.kind == "plain" and 0 < figure.value < 1
