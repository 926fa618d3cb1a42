"""The hostile texts, read from their file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Where = Literal[
    "ticket", "meeting_note", "email", "account_name", "csv_cell", "contact_name",
    "user_paste", "question", "other_bot",
]  # fmt: skip
PLANTED: tuple[Where, ...] = (
    "ticket", "meeting_note", "email", "account_name", "csv_cell", "contact_name",
)  # fmt: skip
"""The places that data is imported to; the others are messages."""

_FLOOD = 5_000


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile text, what it is after, and what a model that obeys it calls or says."""

    name: str
    where: Where
    text: str
    wants: str
    calls: tuple[str, dict[str, Any]] | None
    says: str


def cases(*places: Where) -> tuple[Case, ...]:
    """Return the cases of some places, all without any."""
    return tuple(one for one in _all() if not places or one.where in places)


@cache
def _all() -> tuple[Case, ...]:
    raw = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
    return tuple(_case(one) for one in raw)


def _case(raw: dict[str, Any]) -> Case:
    padding, tempts = raw.get("padding", ""), raw["tempts"]
    flood = padding * (_FLOOD // len(padding)) if padding else ""
    call = (tempts["name"], tempts["arguments"]) if "name" in tempts else None
    where, wants = raw["where"], raw["wants"]
    return Case(raw["name"], where, flood + raw["text"], wants, call, tempts.get("says", ""))
