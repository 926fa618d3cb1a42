"""Seed 000's priority: impact, urgency, confidence and account value, each 0-100, with pieces.

All of it is arithmetic over columns; sentences are made for the shown rows only.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import add, mul
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from core.catalogue import Catalogue
from core.engine import Engine
from core.facts import GROUP, freshness, is_fresh
from core.learning import Estimate
from core.plays.play import Lean, Play
from core.recommendations import Part, Piece, Score, Urgency
from core.wording import Row, count, money, percent, sentence_case

Numbers = npt.NDArray[Any]
"""A number for each row."""

WEIGHTS = {"impact": 0.35, "urgency": 0.30, "confidence": 0.20, "account_value": 0.15}
"""The seed's weights of the four parts; they sum to 1."""

IMPACT = {
    "effectiveness": 30.0,
    "effect": 10.0,
    "trajectory": 20.0,
    "relationship": 15.0,
    "context": 25.0,
}
"""What each of the seed's influences can add to impact; they sum to 100.

Historical effectiveness counts twice: how often a play worked, and what it did to health.
"""

EFFECT_SPAN = 10.0
"""A measured effect of so many points of health, up or down, is as good or bad as can be."""

CONFIDENCE = {"data": 70.0, "evidence": 30.0}
"""What the facts and the outcomes behind a play can add to confidence; they sum to 100."""

URGENCY_BY_DUE = ((0.0, 100.0), (1.0, 90.0), (7.0, 75.0), (30.0, 40.0))
"""In how many days something is due (0 now, 1 by tonight), and how urgent that is."""

BUCKETS: tuple[tuple[int, Urgency], ...] = (
    (0, "immediate"),
    (1, "today"),
    (7, "this_week"),
    (30, "this_month"),
)
"""The seed's urgencies by the days in which something is due."""

ALWAYS_READ = ("value", "health", "renewals", "contact", "champion")
"""The groups that every score reads, whatever the play."""


def groups(play: Play, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names of the groups that a play's score rests on."""
    read = [group for name in play.signals for group in catalogue.signals[name].groups]
    return tuple(dict.fromkeys((*read, *ALWAYS_READ)))


def of_account(today: date) -> dict[str, pl.Expr]:
    """Return what an account's facts say whatever the play, each as a column of that name.

    That is each group's freshness, `fresh.…`, and what rests on the account alone, `account.…`;
    all are 0-1 and never null.
    """
    found = {f"fresh.{name}": freshness(group, today) for name, group in GROUP.items()} | {
        "account.repair": _trajectory("repair"),
        "account.grow": _trajectory("grow"),
        "account.steady": _trajectory("steady"),
        "account.relationship": _relationship(),
        "account.value": pl.col("arr_rank").fill_null(0),
    }
    return {name: column.alias(name) for name, column in found.items()}


def context(play: Play, catalogue: Catalogue, strengths: Mapping[str, Numbers]) -> Numbers:
    """Join a play's signals: each closes its share of what the others have left open."""
    open_after = [1 - catalogue.signals[name].weight * strengths[name] for name in play.signals]
    left: Numbers = reduce(mul, open_after)
    return 1 - left


def scored(known: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Return the scores of plays where they apply.

    `known` says of each in how many days it is due (`due_in`); its `trajectory`, `relationship`,
    `context`, `data` and `value`, 0-1; and the `rate`, `evidence` and `effect` (nan while none was
    measured) that were learned of it. Returned are the pieces (`impact.effectiveness` …), the four
    parts and `priority`, all on the scale 0-100.
    """
    effect = np.nan_to_num(known["effect"], nan=0.0)
    influences = {
        "effectiveness": known["rate"],
        "effect": (0.5 + effect / (2 * EFFECT_SPAN)).clip(0, 1),
        "trajectory": known["trajectory"],
        "relationship": known["relationship"],
        "context": known["context"],
    }
    impact = {f"impact.{name}": most * influences[name] for name, most in IMPACT.items()}
    confidence = {f"confidence.{name}": most * known[name] for name, most in CONFIDENCE.items()}
    parts = {
        "impact": total(impact.values()),
        "urgency": _urgency(known["due_in"]),
        "confidence": total(confidence.values()),
        "account_value": 100 * known["value"],
    }
    priority = total(parts[part] * weight for part, weight in WEIGHTS.items())
    return {**impact, **confidence, **parts, "priority": priority}


def total(of: Iterable[Numbers]) -> Numbers:
    """Add up numbers row by row."""
    added: Numbers = reduce(add, of)
    return added


def bucket(due_in: int) -> Urgency:
    """Return the urgency of something due in so many days."""
    return next((name for days, name in BUCKETS if due_in <= days), "this_month")


def due(due_in: int, today: date) -> date:
    """Return the day something is due: 0 (now) and 1 (by tonight) are today, no other a weekend."""
    if due_in <= 1:
        return today
    day = today + timedelta(days=due_in)
    over = max(0, day.weekday() - 4)  # days past the Friday before
    friday = day - timedelta(days=over)
    return friday if friday > today else day + timedelta(days=over and 3 - over)


def parts(row: Row, engine: Engine, fired: tuple[str, ...]) -> Score:
    """Explain the score of one scored row; `fired` names the play's signals that fire."""
    found = engine.learned(row)
    pieces = {
        "impact": (
            Piece("Effectiveness", row["impact.effectiveness"], sentence_case(found.says)),
            Piece("Measured effect", row["impact.effect"], _effect_says(found)),
            Piece("Health trajectory", row["impact.trajectory"], _trajectory_says(row)),
            Piece("Relationship", row["impact.relationship"], _relationship_says(row)),
            Piece("Context", row["impact.context"], _context_says(fired, engine)),
        ),
        "urgency": (Piece("Due", row["urgency"], _due_says(row["due_in"])),),
        "confidence": (
            Piece("Facts", row["confidence.data"], _facts_say(row, engine)),
            Piece("Outcomes", row["confidence.evidence"], sentence_case(found.says)),
        ),
        "account_value": (Piece("ARR in the portfolio", row["account_value"], _value_says(row)),),
    }
    return Score(
        tuple(Part(name, row[name], weight, pieces[name]) for name, weight in WEIGHTS.items())  # type: ignore[arg-type]  # the keys of WEIGHTS are the four part names
    )


def _share(column: str, start: float, full: float) -> pl.Expr:
    """How far a fact has come from `start` to `full`, 0-1; nothing where it is not known."""
    return ((pl.col(column) - start) / (full - start)).clip(0, 1).fill_null(0)


def _trajectory(lean: Lean) -> pl.Expr:
    need = pl.max_horizontal(
        _share("health_change_7d", 0, -15),
        _share("health_change_30d", 0, -25),
        _share("health", 70, 20),
    )
    strength = _share("health", 50, 90)
    if lean == "repair":
        return need
    return strength if lean == "grow" else pl.max_horizontal(need, strength)


def _relationship() -> pl.Expr:
    champion = pl.col("champion").is_not_null().cast(pl.Float64)
    in_touch = (pl.col("champion_silent_days") <= 30).cast(pl.Float64).fill_null(0)
    contact = (pl.col("days_since_contact") <= 30).cast(pl.Float64).fill_null(0)
    sponsor = pl.col("sponsor").is_not_null().cast(pl.Float64)
    return 0.3 * champion + 0.2 * in_touch + 0.25 * contact + 0.25 * sponsor


def _urgency(due_in: Numbers) -> Numbers:
    """Return how urgent it is, between the days that URGENCY_BY_DUE names in proportion."""
    value = np.full(due_in.shape, URGENCY_BY_DUE[-1][1])
    steps = zip(URGENCY_BY_DUE[-2::-1], URGENCY_BY_DUE[:0:-1], strict=True)
    for (start, high), (end, low) in steps:
        line = high + (due_in - start) * (low - high) / (end - start)
        value = np.where(due_in <= end, line, value)
    return value.clip(0, 100)


def _effect_says(found: Estimate) -> str:
    if found.effect is None or found.effect_low is None or found.effect_high is None:
        return "No effect on health measured yet, so it counts as no change"
    return (
        f"Health {found.effect:+.1f} points against the accounts' own trend "
        f"[{found.effect_low:+.1f} to {found.effect_high:+.1f}], measured {found.measured} times"
    )


def _trajectory_says(row: Row) -> str:
    if row.get("health") is None:
        return "Health is not known, so it adds nothing"
    change = row.get("health_change_30d")
    moved = "" if change is None else f", {change:+.0f} in 30 days"
    return f"Health {row['health']:.0f}{moved}"


def _relationship_says(row: Row) -> str:
    known = [
        text
        for text, holds in (
            ("a champion", row.get("champion") is not None),
            ("their sign-in in the last 30 days", _lately(row, "champion_silent_days")),
            ("an executive sponsor", row.get("sponsor") is not None),
            ("contact in the last 30 days", _lately(row, "days_since_contact")),
        )
        if holds
    ]
    return "You have " + ", ".join(known) if known else "No champion, sponsor or recent contact"


def _lately(row: Row, name: str) -> bool:
    days = row.get(name)
    return days is not None and days <= 30


def _context_says(fired: tuple[str, ...], engine: Engine) -> str:
    labels = ", ".join(engine.catalogue.signals[name].label.lower() for name in fired)
    return f"{count(len(fired), 'signal')}: {labels}"


def _facts_say(row: Row, engine: Engine) -> str:
    read = groups(engine.catalogue.plays[row["play"]], engine.catalogue)
    good = [name for name in read if is_fresh(row.get(f"{name}_on"), GROUP[name], engine.today)]
    return f"{len(good)} of {count(len(read), 'kind')} of facts known and fresh"


def _due_says(due_in: int) -> str:
    if due_in > 1:
        return f"Due in {count(due_in, 'day')}"
    return "Due by tonight" if due_in == 1 else "Due now"


def _value_says(row: Row) -> str:
    if row.get("arr") is None:
        return "ARR is not known, so it adds nothing"
    arr, rank = money(row["arr"], row.get("currency") or "USD"), row["arr_rank"] or 0
    if rank >= 1:
        return f"{arr} ARR; no account in the portfolio pays more"
    return f"{arr} ARR; {percent(rank)} of the portfolio's accounts pay no more than that"
