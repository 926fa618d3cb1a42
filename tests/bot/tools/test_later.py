"""What is still to come is said plainly, with what there is; and what else may have been meant."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.assistant import Reply
from storage.database import Database
from storage.tables import Activity, Contact, Opportunity
from tests.storage.book import days_ago, row, save

Ask = Callable[..., Awaitable[Reply]]


def _buttons(reply: Reply) -> list[str]:
    rows: list[Any] = [block.get("elements", []) for block in reply.answer.card.blocks]
    return [one["value"].split(":")[0] for row in rows for one in row if "clarify" in str(one)]


@pytest.mark.parametrize(
    ("text", "tool", "offers"),
    [
        ("churn risk of Beta Inc", "churn_risk", ["next_best_action", "explain"]),
        ("draft an account plan for Beta Inc", "draft_account_plan", ["next_best_action"]),
        ("how healthy is Beta Inc?", "account_health", ["account_brief", "explain"]),
        ("how accurate are your predictions?", "prediction_accuracy", ["what_works"]),
    ],
)
async def test_a_question_of_later_is_understood_and_answered_with_what_there_is(
    ask: Ask, text: str, tool: str, offers: list[str]
) -> None:
    reply = await ask(text)

    assert reply.tools[0].name == tool
    assert "still to come" in reply.answer.card.text
    assert _buttons(reply)[: len(offers)] == offers


@pytest.mark.parametrize(
    ("text", "heading", "first"),
    [
        ("which accounts are at risk?", "Your top risk actions", "Beta Inc"),
        ("who is ready to expand?", "Your top expansion actions", "Alpha Corp"),
    ],
)
async def test_a_list_that_is_still_to_come_shows_the_actions_of_that_kind(
    ask: Ask, sqlite: Database, text: str, heading: str, first: str
) -> None:
    await save(
        sqlite,
        row(Contact, id="sue", customer_id="beta", name="Sue Lin", role="champion"),
        row(Contact, id="sam", customer_id="alpha", name="Sam Roe", role="champion"),
        row(Activity, customer_id="beta", contact_id="sue", kind="login", occurred_at=days_ago(20)),
        row(Activity, customer_id="alpha", contact_id="sam", kind="login", occurred_at=days_ago(1)),
        row(Opportunity, customer_id="alpha", name="Two more plants", stage="identified",
            amount=30_000.0),
    )  # fmt: skip

    reply = await ask(text)

    said = reply.answer.card.text.splitlines()
    assert "still to come" in said[0]
    assert heading in said[0]
    assert first in said[1]
    assert reply.answer.shows


async def test_a_list_that_is_still_to_come_says_so_where_no_action_is_of_that_kind(
    ask: Ask,
) -> None:
    reply = await ask("who is ready to expand in enterprise?")

    assert "still to come" in reply.answer.card.text
    assert _buttons(reply)[0] == "top_actions"


async def test_a_decision_in_free_words_gets_its_button_and_changes_nothing(ask: Ask) -> None:
    reply = await ask("had the call with Beta Inc, went well, tick it off")

    assert reply.tools[0].name == "clarify"
    assert "I change nothing by myself" in reply.answer.card.text
    assert "recommendation.complete" in str(reply.answer.card.blocks)


async def test_below_an_answer_that_is_not_certain_stands_what_else_was_meant(ask: Ask) -> None:
    reply = await ask("anything critical going on with my customers?")

    assert "Did you mean something else?" in reply.answer.card.text
    assert "accounts_at_risk" in _buttons(reply)[-3:]
