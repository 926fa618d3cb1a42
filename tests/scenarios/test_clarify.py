"""Questions back, answered by their buttons, all the way through Slack."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from bot.advisor import Advisor
from bot.assistant import Assistant
from bot.briefs import Briefs
from bot.changes import Changes
from bot.tool_parts import ToolParts
from core.rules import Rules
from storage.tables import Contract, Customer
from tests.bot.language.book import LANGUAGE
from tests.scenarios.office import Office, actions, words
from tests.storage.book import row, save


@pytest.fixture
async def talking(office: Office) -> Office:
    """The office with the assistant itself, over a book with two accounts called Acme."""
    today = office.clock().date()
    await save(
        office.database,
        row(Customer, id="acme", name="Acme Corp", csm_id="ana"),
        row(Customer, id="rockets", name="Acme Rockets", csm_id="ana"),
        row(
            Contract,
            customer_id="acme",
            starts_on=today - timedelta(days=300),
            ends_on=today + timedelta(days=60),
            arr=90_000.0,
        ),
    )
    had = office.services
    advisor = Advisor(
        office.database, had.recommendations, had.people, had.accounts, Rules.shipped()
    )
    parts = ToolParts(
        had.people,
        had.accounts,
        advisor,
        had.recommendations,
        had.digests,
        had.results,
        had.settings.digest_time,
        had.drafts,
        had.resets,
        changes := Changes(office.database, had.people, had.accounts),
        Briefs(office.database, changes, advisor),
    )
    cast("SimpleNamespace", had).assistant = Assistant(LANGUAGE, parts)
    return office


async def test_a_picked_account_is_answered_below_the_question(talking: Office) -> None:
    question = await talking.ask("what next for acme")

    await talking.click(talking.ana, question, "clarify.pick.1")

    assert "Acme Rockets" in words(talking.slack.answers(talking.ana)[-1])


async def test_a_day_on_a_button_snoozes_and_the_question_becomes_the_card(
    talking: Office,
) -> None:
    question = await talking.ask("snooze Acme Corp")

    await talking.click(talking.ana, question, "recommendation.defer_until.tomorrow")

    card = talking.now_shown(question)
    assert "deferred" in words(card)
    assert "recommendation.undo" in actions(card)


async def test_a_snooze_in_words_is_answered_with_the_card(talking: Office) -> None:
    card = await talking.ask("snooze Acme Corp until friday")

    assert "deferred" in words(card)
