"""The demo portfolio gives every play of the catalogue an account that calls for it."""

import polars as pl
import pytest

from core.rules import Rules
from storage.database import Database
from tests.storage.demo.ranking import ranked

LEADERS = {
    "Beta Inc": {"champion_outreach"},
    "Alpha Corp": {"renewal_preparation"},
    "Acme Corp": {"qbr_preparation"},
    "Gamma Ltd": {"value_update"},
    "Delta Co": {"support_issues"},
    "Epsilon": {"training"},
    "Zeta Inc": {"qbr_preparation"},
    "Eta Corp": {"expansion_discussion", "upsell_proposal"},
    "Theta": {"executive_alignment"},
}
"""What seed 000 recommends; its "expansion proposal" may be the talk or the offer."""


@pytest.mark.parametrize("rested", [False, True])
async def test_every_play_is_the_best_or_second_best_of_some_account(
    portfolio: Database, rested: bool
) -> None:
    found = await ranked(portfolio, rested=rested)

    first_two = found.group_by("id", maintain_order=True).head(2)

    assert set(first_two["play"]) == set(Rules.shipped().catalogue.plays)


async def test_the_accounts_of_the_document_lead_with_what_it_recommends(
    portfolio: Database,
) -> None:
    found = await ranked(portfolio, rested=True)

    best = dict(
        found.unique("id", keep="first", maintain_order=True).select("name", "play").iter_rows()
    )

    assert {name: best[name] in plays for name, plays in LEADERS.items()} == dict.fromkeys(
        LEADERS, True
    )


async def test_anas_morning_begins_with_beta_and_holds_the_documents_accounts(
    portfolio: Database,
) -> None:
    found = await ranked(portfolio, rested=True)

    ana = found.filter(pl.col("owner_name") == "Ana Souza")
    best = ana.unique("id", keep="first", maintain_order=True)

    assert best["name"].head(1).to_list() == ["Beta Inc"]
    assert set(best["name"].head(5)) <= set(LEADERS)
