"""From a resource's template and an account's facts to text that can be sent or read out.

A template's paragraphs are parted by empty lines and may be wrapped; lines that begin with "- " are
items of a list. `{fact}` stands for a fact: a line or item that needs one nobody knows is left
out, and so is a heading (a line that ends in a colon) with nothing below it. `[…]` around words
with a fact leaves out only these words, and `[…|…]` takes the first wording that can be filled.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from inspect import cleandoc
from typing import Any

from core.facts import SCHEMA
from core.resources.resource import Kind, Reader, Resource
from core.tone import Tone, dress
from core.wording import Row, day, fill, first_name, with_names

_NEW_LINE = re.compile(r"\n(?=- )")


@dataclass(frozen=True, slots=True)
class Draft:
    """A resource filled for one account: what to send, to propose, to say or to open."""

    name: str
    title: str
    kind: Kind
    subject: str
    text: str
    to: Reader
    minutes: int
    url: str


def draft(
    resource: Resource, row: Row, *, sender: str, today: date, tone: Tone | None = None
) -> Draft:
    """Fill a resource with an account's facts; `sender` signs what is sent, in their `tone`."""
    named = words(row, sender=sender, today=today, to=resource.to)
    text = filled(resource.body, named)
    if resource.kind == "email" and tone is not None:
        text = dress(text, to=_one_line(row.get(resource.to)) or "", sender=sender, tone=tone)
    elif resource.kind == "email":
        text = f"{named['greeting']}\n\n{text}\n\nBest regards,\n{sender}"
    return Draft(
        name=resource.name,
        title=resource.title,
        kind=resource.kind,
        subject=filled(resource.subject, named) or resource.title,
        text=text,
        to=resource.to,
        minutes=resource.minutes,
        url=resource.url,
    )


def filled(template: str, named: Row) -> str:
    """Put facts into a template and leave out what nobody knows; what remains still reads well."""
    paragraphs = re.split(r"\n\s*\n", cleandoc(template))
    return "\n\n".join(text for one in paragraphs if (text := _paragraph(one, named)))


def words(row: Row, *, sender: str, today: date, to: Reader = "champion") -> dict[str, Any]:
    """Return everything that a resource may name: the facts, and the facts as people say them."""
    row = {name: _one_line(value) for name, value in row.items()}
    first = first_name(row.get(to))
    return {
        **with_names(row),
        "greeting": f"Hi {first}," if first else "Hello,",
        "csm": sender,
        "csm_first": first_name(sender),
        "renewal_day": _day(row.get("renewal_on"), today),
        "qbr_day": _day(row.get("next_qbr_on"), today),
    }


def places() -> frozenset[str]:
    """Return every name that a resource may hold in braces."""
    nothing: Mapping[str, Any] = dict.fromkeys(SCHEMA)
    return frozenset(words(nothing, sender="", today=date.min))


def _paragraph(template: str, named: Row) -> str:
    lines = [" ".join(line.split()) for line in _NEW_LINE.split(template)]
    kept = [line for one in lines if (line := _line(one, named))]
    alone = len(kept) == 1 and len(lines) > 1
    return "" if alone and kept[0].endswith(":") else "\n".join(kept)


def _line(template: str, named: Row) -> str:
    return (fill(template, named) or "").strip()


def _one_line(value: object) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(on: date | None, today: date) -> str | None:
    return day(on, today) if on is not None else None
