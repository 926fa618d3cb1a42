"""Ranking many accounts at once is ranking each of them alone."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from core.facts import frame
from core.ranking import rank, with_facts
from core.recommend import cleared, leaders
from tests.contracts.facts import any_facts
from tests.core.builders import ENGINE


def _explained(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rank, and return every score with its pieces and how strongly each signal fires."""
    facts = frame(rows)
    ranked = with_facts(rank(facts, ENGINE, ()), facts, ENGINE)
    return ranked.drop("row").sort("id", "play")


rows_of_facts = st.lists(any_facts(), min_size=1, max_size=8).map(
    lambda found: [row | {"id": f"account-{number}"} for number, row in enumerate(found)]
)


@settings(max_examples=15)
@given(rows_of_facts)
def test_many_accounts_at_once_are_scored_as_each_alone(rows: list[dict[str, Any]]) -> None:
    together = _explained(rows)

    apart = pl.concat([_explained([row]) for row in rows]).sort("id", "play")
    assert_frame_equal(together, apart, rel_tol=1e-12)


@settings(max_examples=15)
@given(rows_of_facts)
def test_what_would_lead_at_each_of_many_accounts_is_what_would_lead_there_alone(
    rows: list[dict[str, Any]],
) -> None:
    together = leaders(cleared(frame(rows), ENGINE, ()))

    alone = [leaders(cleared(frame([row]), ENGINE, ())) for row in rows]
    assert together == {key: play for one in alone for key, play in one.items()}
