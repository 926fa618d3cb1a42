"""What works, in words and from the portfolio; what only an admin may set back."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from storage.database import Database
from storage.tables import Csm, table
from tests.scenarios.office import actions, words
from tests.scenarios.person import Person, seated


@pytest.fixture
async def ana(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Ana") as person:
        yield person


async def _make_admin(database: Database) -> None:
    csms = table(Csm)
    async with database.write() as session:
        await session.execute(
            update(csms).where(csms.c.email == "ana@steward.example").values(role="admin")
        )


async def test_the_card_says_numbers_targets_and_lessons(ana: Person) -> None:
    shown = await ana.ask("what worked in the last 180 days")

    assert "last 180 days" in words(shown)
    assert "target over 70 %" in words(shown)
    assert "Top plays" in words(shown)
    assert "What I learned" in words(shown)
    assert "learning.forget" not in actions(shown)


async def test_the_portfolio_and_the_home_tab_lead_there(ana: Person) -> None:
    shown = await ana.ask("show my portfolio")
    await ana.click(shown, "effectiveness.show")
    assert "What works: your actions, last 30 days" in words(ana.slack.answers(ana.id)[-1])

    await ana.slack.open_home(ana.id)
    await ana.app.settle()
    await ana.slack.click(ana.id, ana.home(), "effectiveness.show")
    await ana.app.settle()
    view = ana.slack.open_view(ana.id)
    assert view is not None
    assert "target over 70 %" in words(view)


async def test_an_admin_sets_a_play_back_and_brings_it_back(ana: Person) -> None:
    await _make_admin(ana.app.desk.services.database)
    shown = await ana.ask("what works for the team last 360 days")
    assert "Outreach to champion works better than expected" in words(shown)

    back = await ana.click(shown, "learning.forget", "champion_outreach")
    assert "Ana Souza set back Outreach to champion today: outcomes" in words(back)
    assert "Outreach to champion works better" not in words(back)

    again = await ana.click(back, "learning.restore.0")
    assert "set back Outreach" not in words(again)
    assert "Outreach to champion works better than expected" in words(again)


async def test_somebody_who_is_no_admin_any_more_changes_nothing(
    ana: Person,
) -> None:
    await _make_admin(ana.app.desk.services.database)
    shown = await ana.ask("what works")
    csms = table(Csm)
    async with ana.app.desk.services.database.write() as session:
        await session.execute(update(csms).values(role="csm"))

    after = await ana.click(shown, "learning.forget", "champion_outreach")

    assert "set back Outreach" not in words(after)
    assert "is for the admins of Steward" in ana.slack.ephemerals(ana.id)[-1]["text"]
