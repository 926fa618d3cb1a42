"""From facts to ranked recommendations: signals, plays, scores, and the words for what is shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from core.eligibility import Past, eligible
from core.facts import GROUP, Group, is_fresh
from core.learning import Estimate, Tally, estimate
from core.plays import catalogue as plays
from core.plays.play import Play
from core.recommendations import (
    Account,
    AccountId,
    CsmId,
    Evidence,
    Recommendation,
    RecommendationId,
    RunnerUp,
    Signal,
)
from core.scoring import bucket, due, groups, parts, scored
from core.signals import catalogue as signals
from core.signals.signal import Signal as SignalRule
from core.signals.signal import say
from core.wording import Row, day, fill, lines, with_names

ENGINE = "1"
"""The version of the rules, stored with every recommendation; raise it when scores change."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is: the moment whose facts are read, and the reader's local date."""

    as_of: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """The estimate of every play, from the tallies of past outcomes."""

    by_play: Mapping[str, Estimate]

    @classmethod
    def of(cls, tallies: Mapping[str, Tally]) -> "Effectiveness":
        """Shrink each play's tally toward that play's prior."""
        return cls(
            {
                name: estimate(tallies.get(name, Tally()), play.prior)
                for name, play in plays().items()
            }
        )


def rank(
    facts: pl.DataFrame,
    moment: Moment,
    effectiveness: Effectiveness,
    past: Iterable[Past],
    *,
    without: Collection[str] = (),
) -> pl.DataFrame:
    """Return every eligible (account, play) with its facts and score, best first.

    `without` names signals that are taken not to fire: what would be said if they cleared.
    """
    seen = facts.with_columns(
        [
            _strength(signal, silenced=name in without).alias(f"strength.{name}")
            for name, signal in signals().items()
        ]
    )
    applying = {play: seen.filter(_applies(play)) for play in plays().values()}
    # Scoring no rows costs as much as scoring a few; of an empty book one play gives the columns.
    worth = {play: rows for play, rows in applying.items() if rows.height}
    candidates = pl.concat(
        [
            scored(rows, play, effectiveness.by_play[play.name], moment.today)
            for play, rows in (worth or dict([next(iter(applying.items()))])).items()
        ]
    )
    return eligible(candidates, past, moment.today).sort(
        ["priority", "name", "id", "play"], descending=[True, False, False, False]
    )


def best_of_each(ranked: pl.DataFrame) -> pl.DataFrame:
    """Keep the best play of each account, in order."""
    return ranked.unique("id", keep="first", maintain_order=True)


def build(
    row: Row,
    moment: Moment,
    effectiveness: Effectiveness,
    *,
    runner_up: RunnerUp | None = None,
) -> Recommendation:
    """Make the recommendation of one ranked row, with all its words; its id is still empty."""
    play = plays()[row["play"]]
    named = with_names(row)
    fired = _fired(play, row)
    found = effectiveness.by_play[play.name]
    due_on = due(row["due_in"], moment.today)
    headline = fill(play.headline, named) or f"{play.title}: {row['name']}"
    return Recommendation(
        id=RecommendationId(""),
        account=account(row),
        owner=CsmId(row["owner_id"]) if row["owner_id"] else None,
        owner_name=row["owner_name"] or "",
        play=play.name,
        title=play.title,
        headline=headline,
        category=play.category,
        urgency=bucket(row["due_in"]),
        due_on=due_on,
        score=parts(row, found, fired, moment.today),
        reasons=tuple(say(signals()[name].says, row) for name in fired),
        signals=tuple(_shown(name, row) for name in fired),
        approach=lines(play.approach, named),
        talking_points=lines(play.talking_points, named),
        avoid=play.avoid,
        expected_outcome=fill(play.expected_outcome, named) or play.title,
        unknown=unknown(row, groups(play), moment.today),
        runner_up=runner_up,
        evidence_note=f"{play.title}: {found.says}.",
        as_of=moment.as_of,
    )


def account(row: Row) -> Account:
    """Return the account of a facts row as cards name it."""
    return Account(
        id=AccountId(row["id"]),
        name=row["name"],
        segment=row["segment"],
        arr=row["arr"],
        currency=row["currency"] or "USD",
        renewal_on=row["renewal_on"],
        health=row["health"],
    )


def runner_up(
    facts: pl.DataFrame,
    ranked: pl.DataFrame,
    moment: Moment,
    effectiveness: Effectiveness,
    past: Iterable[Past],
) -> RunnerUp | None:
    """Return the second-best play of one account, and what would lead if the best one fell away.

    That is tried, not guessed: the account is ranked again as if the best play's deciding signal
    did not fire.
    """
    if ranked.height < 2:
        return None
    first, second = ranked.row(0, named=True), ranked.row(1, named=True)
    play = plays()[second["play"]]
    reason = say(signals()[_fired(play, second)[0]].says, second)
    deciding = next(iter(_fired(plays()[first["play"]], first)), None)
    clears = fill(signals()[deciding].clears, with_names(first)) if deciding else None
    if deciding and clears:
        again = rank(facts, moment, effectiveness, past, without={deciding})
        leads = [name for name in again["play"].head(1) if name != first["play"]]
        reason += "".join(f" If {clears}, {plays()[name].title} would lead." for name in leads)
    return RunnerUp(play.name, play.title, second["priority"], reason)


def unknown(row: Row, names: Iterable[str], today: date) -> tuple[str, ...]:
    """Say which of the named groups are missing for this account or older than they should be."""
    said = (_lacks(GROUP[name], row.get(f"{name}_on"), today) for name in names)
    return tuple(text for text in said if text)


def _strength(signal: SignalRule, *, silenced: bool) -> pl.Expr:
    """Return how strongly a signal fires: 0 where it does not, or where a fact is missing."""
    if silenced:
        return pl.lit(0.0)
    return pl.when(signal.fires).then(signal.strength.clip(0, 1)).otherwise(0.0).fill_null(0)


def _applies(play: Play) -> pl.Expr:
    def fires(name: str) -> pl.Expr:
        return pl.col(f"strength.{name}") > 0

    applies = pl.lit(True)
    for name in play.needs:
        applies = applies & fires(name)
    if play.any_of:
        applies = applies & pl.any_horizontal([fires(name) for name in play.any_of])
    for name in play.unless:
        applies = applies & ~fires(name)
    return applies


def _fired(play: Play, row: Row) -> tuple[str, ...]:
    return tuple(name for name in play.signals if row[f"strength.{name}"] > 0)


def _shown(name: str, row: Row) -> Signal:
    signal = signals()[name]
    return Signal(
        type=name,
        label=signal.label,
        value=say(signal.value, row),
        weight=signal.weight,
        description=say(signal.says, row),
        evidence=Evidence(
            table=signal.group.table,
            on=row[f"{signal.group.name}_on"],
            source=row[f"{signal.group.name}_source"] or "",
        ),
    )


def _lacks(group: Group, on: date | None, today: date) -> str | None:
    if on is None:
        return group.lacking
    if is_fresh(on, group, today) or not group.stale:
        return None
    return group.stale.format(on=day(on, today))
