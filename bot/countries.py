"""Which country a time zone belongs to, and that country's public holidays."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from core.calendar import Holiday, no_holiday
from storage.digests import AUTO, NONE

_ENGLISH = "en_US"


@cache
def country_of(zone: str) -> str:
    """Return the code of the country that a time zone is in, empty for one that is in none."""
    known = _zones()
    return known.get(zone) or known.get(_links().get(zone, ""), "")


@cache
def countries() -> Mapping[str, str]:
    """Return the name of each country by its code, in the order of names."""
    rows = (line.split("\t") for line in _table("iso3166.tab"))
    return dict(sorted(((row[0], row[1]) for row in rows), key=lambda one: one[1]))


def observed(choice: str, zone: str) -> str:
    """Return the code of the country whose holidays are days off; empty for none."""
    if choice == NONE:
        return ""
    code = country_of(zone) if choice == AUTO else choice
    return code if code in countries() else ""


def holiday_of(code: str) -> Holiday:
    """Return what names a country's national holidays; without a country there are none."""
    if code not in countries():
        return no_holiday
    return lambda on: _holidays(code, on.year).get(on, "")


def ready(codes: frozenset[str], year: int) -> None:
    """Compute the holidays of these countries around a year, which blocks for a moment."""
    for code in codes & countries().keys():
        for each in (year - 1, year, year + 1):
            _holidays(code, each)


def named(words: str) -> str | None:
    """Return the code of the country that somebody names, by name or code; None for no such."""
    wanted = " ".join(words.casefold().replace(".", "").split()).removeprefix("the ")
    wanted = _OTHER_NAMES.get(wanted, wanted)
    for code, name in countries().items():
        if wanted in (code.casefold(), name.casefold()):
            return code
    starts = [code for code, name in countries().items() if name.casefold().startswith(wanted)]
    return starts[0] if len(starts) == 1 and len(wanted) > 3 else None


_OTHER_NAMES = {
    "uk": "gb",
    "united kingdom": "gb",
    "britain": "gb",
    "great britain": "gb",
    "england": "gb",
    "usa": "us",
    "united states of america": "us",
    "america": "us",
    "holland": "nl",
    "czechia": "cz",
    "korea": "kr",
    "south korea": "kr",
}


@cache
def _holidays(code: str, year: int) -> Mapping[date, str]:
    """Compute a year's holidays; the package takes half a second to load, and only when asked."""
    import holidays

    try:
        found = holidays.country_holidays(code, years=year, language=_ENGLISH)
    except NotImplementedError:  # a country that the package does not know has none
        return {}
    return {on: name for on, name in found.items() if on.year == year}


@cache
def _zones() -> Mapping[str, str]:
    rows = (line.split("\t") for line in _table("zone.tab"))
    return {row[2]: row[0] for row in rows}


@cache
def _links() -> Mapping[str, str]:
    """Return the zone that an older name stands for: Asia/Calcutta for Asia/Kolkata."""
    rows = (line.split() for line in _table("tzdata.zi"))
    return {row[2]: row[1] for row in rows if row[0] == "L"}


def _table(name: str) -> list[str]:
    text = (files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
