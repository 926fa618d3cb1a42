"""What is watched: of which fact a change is worth telling, how much it counts, and in what words.

The facts of two moments are compared column by column, so that one account and a whole book are
compared in the same way. A fact that only counts days moves by itself every day: of such a one only
the day on which it passes a limit is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from core.facts import FACT, GROUP, is_fresh
from core.wording import Row, count, day, money, percent

Tone = Literal["worse", "better", "other"]
THEN = ":then"
"""Follows the name of a column that holds the fact at the earlier moment."""

GAIN = 0.6
"""What a change for the better counts beside one for the worse: nobody has to act on it today."""

_MOST = 4.0
"""A change counts for no more than so many of the smallest that is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """One watched fact.

    `size` tells by how many of the smallest changes worth telling it moved, 0 where it did not;
    `weight` what one of them counts beside those of other facts. `says` and `tone` are made of the
    facts then and now, with the day of the reader. A change is not told where `unless` moved too.
    `dated` says that the day on which it was seen tells more than the sentence does.
    """

    fact: str
    size: pl.Expr
    weight: float
    says: Callable[[Row, Row, date], str]
    tone: Callable[[Row, Row], Tone]
    unless: str = ""
    dated: bool = False


def by(fact: str, least: float, good: Literal[-1, 0, 1] = 0) -> pl.Expr:
    """Return how often `least` fits into the change of a number that is known at both moments.

    `good` says whether more is better (1) or worse (-1): what got better presses less.
    """
    change = pl.col(fact) - pl.col(fact + THEN)
    presses = pl.when(change * good > 0).then(GAIN).otherwise(1.0)
    return _times(change.abs() / least) * presses


def by_share(fact: str, least: float) -> pl.Expr:
    """Return the same for a change in proportion to what it was."""
    before = pl.col(fact + THEN)
    return _times((pl.col(fact) - before).abs() / before.abs().clip(1e-9) / least)


def other(fact: str) -> pl.Expr:
    """Tell whether a text, day or truth is another one, known only now, or known no longer."""
    return pl.col(fact).ne_missing(pl.col(fact + THEN)).cast(pl.Float64)


def same(fact: str) -> pl.Expr:
    """Tell whether a fact is known and what it was."""
    return (pl.col(fact) == pl.col(fact + THEN)).fill_null(value=False).cast(pl.Float64)


def came(fact: str) -> pl.Expr:
    """Tell whether something is there that was not, or is another one."""
    return other(fact) * pl.col(fact).is_not_null().cast(pl.Float64)


def past(fact: str, limit: float) -> pl.Expr:
    """Tell whether a count of days passed a limit, in either direction."""
    before, after = (pl.col(name) >= limit for name in (fact + THEN, fact))
    return (before != after).fill_null(value=False).cast(pl.Float64)


def below(fact: str, *limits: float) -> pl.Expr:
    """Tell whether a countdown went below one of the limits."""
    passed = [(pl.col(fact) < one) & (pl.col(fact + THEN) >= one) for one in limits]
    return pl.any_horizontal(passed).fill_null(value=False).cast(pl.Float64)


def more_is(good: Literal["better", "worse"], fact: str) -> Callable[[Row, Row], Tone]:
    """Return the tone of a number of which more is better, or worse."""
    bad: Tone = "worse" if good == "better" else "better"
    return lambda then, now: good if (now[fact] or 0) > (then[fact] or 0) else bad


def plainly(tone: Tone) -> Callable[[Row, Row], Tone]:
    """Return a tone that does not depend on the facts."""
    return lambda _then, _now: tone


def went(now: float, then: float) -> str:
    """Return `rose` or `fell`."""
    return "rose" if now > then else "fell"


def last_seen(row: Row, fact: str, today: date) -> str:
    """Say on which day something was last seen that is counted in days since."""
    return day(seen_on(row, fact, today), today)


def seen_on(row: Row, fact: str, today: date) -> date:
    """Return that day: counted from today, or from where a feed that stopped ends."""
    group = GROUP[FACT[fact].group]
    on: date | None = row[f"{group.name}_on"]
    counted_to = today if on is None or is_fresh(on, group, today) else on
    return counted_to - timedelta(days=row[fact])


def health(then: Row, now: Row, _: date) -> str:
    """Say how far the health score moved."""
    before, after = round(then["health"]), round(now["health"])
    moved = f"{went(now['health'], then['health'])} {_points(after - before)}"
    return f"Health {moved}, from {before} to {after}"


def usage(then: Row, now: Row, _: date) -> str:
    """Say how use changes from fortnight to fortnight, and how it did then."""
    is_now, was = _trend(now["usage_change"]), _trend(then["usage_change"])
    return f"Usage is {is_now} in two weeks, {was} before"


def share(what: str, fact: str) -> Callable[[Row, Row, date], str]:
    """Return what says how a share moved."""
    return lambda then, now, _: (
        f"{what} {went(now[fact], then[fact])} from {percent(then[fact])} to {percent(now[fact])}"
    )


def amount(what: str, fact: str) -> Callable[[Row, Row, date], str]:
    """Return what says how an amount of money moved."""

    def said(then: Row, now: Row, _: date) -> str:
        before, after = (money(row[fact], row["currency"] or "USD") for row in (then, now))
        return f"{what} {went(now[fact], then[fact])} from {before} to {after}"

    return said


def tally(noun: str, fact: str) -> Callable[[Row, Row, date], str]:
    """Return what says how many there are, and were."""
    return lambda then, now, _: f"{_some(now[fact], noun)}, {_number(then[fact])} before"


def person(role: str, fact: str) -> Callable[[Row, Row, date], str]:
    """Return what says that somebody else holds a role."""

    def said(then: Row, now: Row, _: date) -> str:
        if now[fact] is None:
            return f"No {role} is named any more, {then[fact]} before"
        if then[fact] is None:
            return f"{now[fact]} is named as {role}"
        return f"{now[fact]} is the {role} now, {then[fact]} before"

    return said


def silence(then: Row, now: Row, today: date) -> str:
    """Say that the champion went quiet, or is back."""
    seen = last_seen(now, "champion_silent_days", today)
    if now["champion_silent_days"] > then["champion_silent_days"]:
        quiet = count(now["champion_silent_days"], "day")
        return f"{now['champion']} went quiet: last sign-in {seen}, {quiet} ago"
    return f"{now['champion']} is back: signed in {seen}"


def _times(size: pl.Expr) -> pl.Expr:
    return pl.when(size >= 1 - 1e-9).then(size.clip(1, _MOST)).otherwise(0.0)


def _some(number: float, noun: str) -> str:
    return count(number, noun) if number else f"No {noun}s"


def _number(number: float) -> str:
    return f"{number:,.0f}" if number else "none"


def _points(change: float) -> str:
    return count(abs(change), "point")


def _trend(change: float) -> str:
    if round(change) == 0:
        return "steady"
    return f"{'down' if change < 0 else 'up'} {abs(change):.0f} %"
