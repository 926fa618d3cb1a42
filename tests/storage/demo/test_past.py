"""The demo's last year: what was recommended, what people made of it, and what came of that."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import mean
from typing import Any

import polars as pl
from sqlalchemy import select, update

from core.results import Results, Share
from core.rules import Rules
from storage.database import Database
from storage.effects import measure
from storage.results import PastResults, Period
from storage.sources.demo import fill
from storage.sources.demo.results import RESULTS
from storage.tables import (
    Csm,
    Customer,
    DecisionRow,
    Health,
    OutcomeRow,
    table,
)
from tests.storage.demo.moment import NOW, TODAY
from tests.storage.demo.ranking import ranked

SUCCESS = {"champion_outreach": 0.92, "training": 0.88, "value_update": 0.75}
SUCCESS |= {"qbr_preparation": 0.85}
PLAYS = Rules.shipped().catalogue.plays
BEGINNING = {"kickoff", "onboarding_checkpoint"}
"""Plays of new customers, of whom a book has as many as it has."""


async def all_of(database: Database, kind: Any) -> list[Any]:
    async with database.read() as session:
        return list(await session.execute(select(table(kind))))


async def _results(database: Database, days: int, owner: str | None = None) -> Results:
    ids = {row.email: row.id for row in await all_of(database, Csm)}
    owners = frozenset({ids[f"{owner}@steward.example"]}) if owner else None
    return await PastResults(database).of(Period(NOW - timedelta(days=days), NOW, owners))


async def test_plays_worked_as_often_as_the_document_says(portfolio: Database) -> None:
    results: dict[str, list[str]] = defaultdict(list)
    for row in await all_of(portfolio, OutcomeRow):
        results[row.play].append(row.result)

    rates = {play: found.count("positive") / len(found) for play, found in results.items()}

    assert set(results) == set(RESULTS) & set(PLAYS)
    assert all(abs(rates[play] - rate) < 0.01 for play, rate in SUCCESS.items())
    assert all(0.5 <= rate <= 0.95 for rate in rates.values())
    for play in set(results) - BEGINNING:
        assert len(results[play]) == RESULTS[play][1]


async def test_some_plays_work_better_for_some_people_and_segments(portfolio: Database) -> None:
    accounts = {row.id: row for row in await all_of(portfolio, Customer)}
    owners = {row.id: row.name.split()[0] for row in await all_of(portfolio, Csm)}
    results: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in await all_of(portfolio, OutcomeRow):
        account = accounts[row.customer_id]
        for group in ("all", account.segment, owners[account.csm_id]):
            results[row.play, group].append(row.result == "positive")

    def lead(play: str, group: str) -> float:
        return mean(results[play, group]) - mean(results[play, "all"])

    assert lead("value_update", "Chloe") > 0.1
    assert lead("support_issues", "Ben") > 0.1
    assert lead("executive_alignment", "enterprise") > 0.1
    assert lead("executive_alignment", "smb") < -0.1
    assert lead("check_in", "Dev") < -0.1


async def test_anas_last_thirty_days_are_those_of_the_document(portfolio: Database) -> None:
    found = await _results(portfolio, 30, "ana")

    assert (found.completed, found.success) == (24, Share(21, 24))
    assert found.effect is not None
    assert round(found.effect.value) == 8
    assert [(one.play, one.share) for one in found.plays] == [
        ("champion_outreach", Share(11, 12)),
        ("training", Share(7, 8)),
        ("value_update", Share(3, 4)),
    ]


async def test_most_of_what_was_shown_was_taken_up_within_hours_and_completed(
    portfolio: Database,
) -> None:
    year = await _results(portfolio, 365)

    assert 0.7 < year.acceptance.rate < 0.9
    assert 0.85 <= year.completion.rate <= 0.9
    assert 0.75 < year.success.rate < 0.85
    assert year.hours is not None
    assert year.hours < 24
    assert (year.undecided, year.running) == (0, 0)


async def test_what_was_dismissed_was_so_for_all_four_reasons(portfolio: Database) -> None:
    reasons = Counter(row.reason for row in await all_of(portfolio, DecisionRow) if row.reason)

    assert set(reasons) == {"already_done", "not_relevant", "wrong_data", "not_now"}
    assert min(reasons.values()) >= 10


async def test_the_past_hides_no_story(portfolio: Database) -> None:
    free = _best(await ranked(portfolio))
    rested = _best(await ranked(portfolio, rested=True))

    ana = await _accounts_of(portfolio, "ana")
    stories = free.filter(pl.col("name").is_in(ana))
    assert stories.height >= 9
    assert stories.join(rested, on=["name", "play"], how="anti").is_empty()


async def test_health_rose_where_an_action_worked(portfolio: Database) -> None:
    scores: dict[str, dict[date, float]] = defaultdict(dict)
    for row in await all_of(portfolio, Health):
        scores[row.customer_id][row.recorded_on] = row.score

    def gain(outcome: Any) -> float | None:
        done = outcome.recorded_at.date()
        known = scores[outcome.customer_id]
        after = next(
            (known[d] for n in range(7) if (d := done + timedelta(days=28 + n)) in known), None
        )
        before = outcome.health_before
        return None if after is None or before is None else after - before

    gains: dict[str, list[float]] = defaultdict(list)
    for row in await all_of(portfolio, OutcomeRow):
        change = gain(row)
        if change is not None:
            gains[row.result].append(change)

    assert mean(gains["positive"]) > 4
    assert abs(mean(gains["neutral"])) < 2
    assert mean(gains["negative"]) < 0


async def test_the_effect_that_was_measured_is_what_the_product_measures(
    sqlite: Database,
) -> None:
    await fill(sqlite, accounts=21, today=TODAY, now=NOW)
    before = {row.recommendation_id: row for row in await all_of(sqlite, OutcomeRow)}
    async with sqlite.write() as session:
        await session.execute(update(table(OutcomeRow)).values(health_14=None, health_30=None))

    await measure(sqlite, now=NOW)

    after = {row.recommendation_id: row for row in await all_of(sqlite, OutcomeRow)}
    assert {id: (row.health_14, row.health_30) for id, row in after.items()} == {
        id: (row.health_14, row.health_30) for id, row in before.items()
    }
    assert sum(row.health_30 is not None for row in before.values()) > 30
    assert all(row.measured_at <= NOW for row in before.values() if row.measured_at)


async def _accounts_of(database: Database, owner: str) -> list[str]:
    ids = {row.email: row.id for row in await all_of(database, Csm)}
    owned = ids[f"{owner}@steward.example"]
    return [row.name for row in await all_of(database, Customer) if row.csm_id == owned]


def _best(found: pl.DataFrame) -> pl.DataFrame:
    return found.unique("id", keep="first", maintain_order=True).select("name", "play")
