"""Match the headers of a file with the fields that a sheet declares."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from storage.imports.sheet import Sheet

_NAMESPACE = re.compile(r"^[a-z][a-z0-9]{0,14}__(?=.+__[a-z])")
_SUFFIX = re.compile(r"(__c|__pc|__gc|__gr|_c)$")

_DOLLARS = re.compile(r"\s*[\(\[](usd|us\$|\$)[\)\]]\s*$", re.IGNORECASE)
"""Amounts are in dollars unless something says otherwise, so a header may say that they are."""

PLUMBING = "the connector's or the system's own bookkeeping"
_PLUMBING = re.compile(
    r"^(_fivetran_\w+|_\w+_synced|_airbyte\w*|_sdc\w*|system_?modstamp|photo_?url|attributes|is_?deleted)$"
)


@lru_cache(maxsize=50_000)
def bare(header: str) -> str:
    """Return a header without case, blanks, namespace, `property_` and custom fields' `__c`."""
    word = _DOLLARS.sub("", header.strip()).lower()
    word = _NAMESPACE.sub("", word)
    word = _SUFFIX.sub("", word).removeprefix("property_")
    return re.sub(r"[^\w]|_", "", word)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a file's headers were understood.

    `positions` and `fields` map a field to its cell's place and its header; `ignored` maps the
    other headers to the reason why they are not read.
    """

    positions: Mapping[str, int]
    fields: Mapping[str, str]
    ignored: Mapping[str, str]
    cells: tuple[str, ...]


def match(headers: tuple[str, ...], sheet: Sheet) -> Columns:
    """Find the column of every field of a sheet and say why the other columns are left alone."""
    places = _places(headers)
    positions: dict[str, int] = {}
    for name, names in sheet.columns.items():
        place = next((places[bare(n)] for n in names if bare(n) in places), None)
        if place is not None and place not in positions.values():
            positions[name] = place
    used = set(positions.values())
    ignored = {
        header or f"column {place + 1}": _reason(header, place, places, sheet)
        for place, header in enumerate(headers)
        if place not in used
    }
    fields = {name: headers[place] for name, place in positions.items()}
    return Columns(positions, fields, ignored, tuple(bare(header) for header in headers))


def systems_own(header: str) -> bool:
    """Tell whether a header is bookkeeping, which a table that a person made does not have."""
    return bool(_PLUMBING.match(header.strip().lower()))


def _places(headers: tuple[str, ...]) -> dict[str, int]:
    """Map bare headers to places; a standard field goes before a custom one of the same name."""
    places: dict[str, int] = {}
    custom = [place for place, header in enumerate(headers) if _SUFFIX.search(header.lower())]
    plain = [place for place in range(len(headers)) if place not in set(custom)]
    for place in plain + custom:
        places.setdefault(bare(headers[place]), place)
    return places


def _reason(header: str, place: int, places: Mapping[str, int], sheet: Sheet) -> str:
    word = bare(header)
    known = {bare(name): reason for name, reason in sheet.ignored.items()}
    if not word:
        return "the column has no header"
    if word in known:
        return known[word]
    if places[word] != place:
        return "another column of the same name is read instead"
    if systems_own(header):
        return PLUMBING
    if any(word == bare(name) for names in sheet.columns.values() for name in names):
        return "another column already gives this field"
    return "Steward has no use for it"
