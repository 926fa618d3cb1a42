"""From ranked plays to recommendations: the words for what is shown, and what else there is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from core.doubts import counted_from, plain
from core.eligibility import Past
from core.engine import Engine
from core.facts import GROUP, Group, is_fresh
from core.plays.play import Play
from core.ranking import rank
from core.recommendations import (
    Account,
    AccountId,
    Choice,
    CsmId,
    Evidence,
    Reading,
    Recommendation,
    RecommendationId,
    RunnerUp,
    Signal,
)
from core.scoring import bucket, due, groups, parts
from core.signals.signal import Signal as SignalRule
from core.signals.signal import say
from core.wording import Row, day, fill, lines, with_names


def build(
    row: Row,
    engine: Engine,
    *,
    runner_up: RunnerUp | None = None,
    others: tuple[RunnerUp, ...] = (),
    choice: Choice | None = None,
) -> Recommendation:
    """Make the recommendation of one ranked row, with all its words; its id is still empty."""
    play, signals = engine.catalogue.plays[row["play"]], engine.catalogue.signals
    named = with_names(row)
    fired = _fired(play, row)
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
        due_on=due(row["due_in"], engine.today),
        score=parts(row, engine, fired),
        reasons=tuple(say(signals[name].says, row) for name in fired),
        signals=tuple(_shown(signals[name], row, engine) for name in fired),
        approach=lines(play.approach, named),
        talking_points=lines(play.talking_points, named),
        avoid=play.avoid,
        expected_outcome=fill(play.expected_outcome, named) or play.title,
        unknown=unknown(row, groups(play, engine.catalogue), engine.today),
        runner_up=runner_up,
        evidence_note=f"{play.title}: {engine.learned(row).says}.",
        as_of=engine.moment.as_of,
        others=others,
        resources=play.resources,
        choice=choice,
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


Leaders = Mapping[tuple[str, str], str]
"""Which play would lead at an account if a signal cleared, by account and signal."""


def cleared(facts: pl.DataFrame, engine: Engine, past: Iterable[Past]) -> pl.DataFrame:
    """Rank accounts as they are, and again without each signal that fires there.

    What would flip the order is tried, not guessed. Where an account is ranked as it is, `without`
    is null.
    """
    return rank(facts, engine, past, cleared=True)


def leaders(again: pl.DataFrame) -> Leaders:
    """Return what leads where a signal cleared, of the rows of `cleared` that were asked for."""
    found: dict[tuple[str, str], str] = {}
    for id, name, play in again.select("id", "without", "play").iter_rows():
        if name is not None:
            found.setdefault((id, name), play)
    return found


def runner_up(ranked: pl.DataFrame, engine: Engine, leaders: Leaders) -> RunnerUp | None:
    """Return the next-best play of one account, and what would put another one first.

    `ranked` begins with what is proposed, and has its facts.
    """
    if ranked.height < 2:
        return None
    first, second = ranked.row(0, named=True), ranked.row(1, named=True)
    found = _applying(second, engine)
    tried = first["priority"] < second["priority"]
    flipped = None if tried else _flip(first, engine, leaders)
    if flipped is None:
        return found
    clears, leader = flipped
    leads = f" If {clears}, {engine.catalogue.plays[leader].title} would lead."
    return replace(found, reason=found.reason + leads)


def others(ranked: pl.DataFrame, engine: Engine, most: int = 2) -> tuple[RunnerUp, ...]:
    """Return the plays of one account that come after the second-best, each with its reason."""
    return tuple(_applying(row, engine) for row in ranked[2 : 2 + most].iter_rows(named=True))


def _applying(row: Row, engine: Engine) -> RunnerUp:
    play = engine.catalogue.plays[row["play"]]
    deciding = engine.catalogue.signals[_fired(play, row)[0]]
    return RunnerUp(play.name, play.title, row["priority"], say(deciding.says, row))


def _flip(first: Row, engine: Engine, leaders: Leaders) -> tuple[str, str] | None:
    """Return the one thing whose change would put another play first, and that play's name.

    Of several, the deciding signal of the best play comes first.
    """
    for name in _fired(engine.catalogue.plays[first["play"]], first):
        clears = fill(engine.catalogue.signals[name].cleared, with_names(first))
        leader = leaders.get((first["id"], name), first["play"])
        if clears and leader != first["play"]:
            return clears, leader
    return None


def unknown(row: Row, names: Iterable[str], today: date) -> tuple[str, ...]:
    """Say which of the named groups are missing for this account or older than they should be."""
    said: dict[object, str] = {}
    for name in names:
        doubt, on = row.get(f"{name}_doubt"), row.get(f"{name}_on")
        text = doubt or _lacks(GROUP[name], on, today)
        # one feed that stopped is said once, not for each kind of fact that it brought
        key = name if doubt or on is None else (GROUP[name].table, on)
        if text:
            said.setdefault(key, text)
    return tuple(said.values())


def _fired(play: Play, row: Row) -> tuple[str, ...]:
    return tuple(name for name in play.signals if row[f"strength.{name}"] > 0)


def _shown(signal: SignalRule, row: Row, engine: Engine) -> Signal:
    fact = signal.facts[0]
    return Signal(
        type=signal.name,
        label=signal.label,
        value=say(signal.value, row),
        weight=signal.weight,
        description=say(signal.says, row),
        evidence=Evidence(
            table=signal.group.table,
            on=row[f"{signal.group.name}_on"],
            source=row[f"{signal.group.name}_source"] or "",
        ),
        reading=Reading(fact, plain(row[fact]), counted_from(fact, engine.moment)),
    )


def _lacks(group: Group, on: date | None, today: date) -> str | None:
    if on is None:
        return group.lacking
    if is_fresh(on, group, today) or not group.stale:
        return None
    return group.stale.format(on=day(on, today))
