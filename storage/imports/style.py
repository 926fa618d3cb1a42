"""Find out from a file's cells how it writes dates and numbers."""

import re
from collections.abc import Iterable
from datetime import UTC, tzinfo

from storage.imports.values import Style

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})\b")
_COMMA = re.compile(r"-?[\d.' ]*\d,\d{1,2}|-?\d{1,3}(\.\d{3})+,\d+")
_POINT = re.compile(r"-?[\d,' ]*\d\.\d{1,2}|-?\d{1,3}(,\d{3})+\.\d+")


def observe(
    cells: Iterable[str],
    *,
    delimiter: str,
    day_first: bool | None = None,
    decimal_comma: bool | None = None,
    zone: tzinfo = UTC,
) -> Style:
    """Return how a file writes, from a sample of its cells; what is told beats what is seen."""
    first = second = comma = point = 0
    for cell in cells:
        if found := _DATE.match(cell):
            first += int(found[1]) > 12
            second += int(found[2]) > 12
        elif cell[-1:].isdigit() and len(cell) < 30:
            comma += bool(_COMMA.fullmatch(cell))
            point += bool(_POINT.fullmatch(cell))
    if day_first is None and (first or second) and not (first and second):
        day_first = first > 0
    if decimal_comma is None:
        decimal_comma = comma > point if comma or point else delimiter == ";"
    return Style(day_first, decimal_comma, zone)
