"""What a question says besides its tool and account ends in the call's arguments."""

from typing import Any

import pytest

from bot.language.offline.arguments import arguments
from bot.language.offline.phrasebook import phrases
from bot.tools.catalogue import tool
from bot.tools.since import read as read_since
from tests.bot.language.book import TODAY, call, reading


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("list accounts at risk over 70%", "accounts_at_risk", {"min_probability": 0.7}),
        ("accounts at risk above 0.55", "accounts_at_risk", {"min_probability": 0.55}),
        ("which accounts are over sixty per cent likely to churn", "accounts_at_risk",
         {"min_probability": 0.6}),
        ("the ten accounts most likely to churn in Ben's book", "accounts_at_risk",
         {"limit": 10, "owner": "Ben"}),
        ("who is ready to expand in mid-market, top 3", "ready_to_expand",
         {"segment": "mid-market", "limit": 3}),
        ("draft an account plan for Globex FY27", "draft_account_plan",
         {"account": "Globex", "fiscal_year": "FY2027"}),
        ("write an account plan for Globex for next fiscal year without risks",
         "draft_account_plan", {"account": "Globex", "fiscal_year": "FY2027"}),
        ("write the account plan for Globex, only objectives and the stakeholder map",
         "draft_account_plan",
         {"account": "Globex", "sections": ["strategic_objectives", "stakeholder_plan"]}),
        ("show the risks section of the account plan of Initech", "show_account_plan",
         {"account": "Initech", "section": "risk_mitigation"}),
        ("show my overdue CTAs", "list_ctas", {"status": "overdue", "owner": "me"}),
        ("which CTAs of Chloe are not done yet", "list_ctas", {"status": "open", "owner": "Chloe"}),
        ("list the CTAs in progress for Hooli", "list_ctas",
         {"account": "Hooli", "status": "in_progress"}),
        ("create CTAs for the top 5 churn predictions", "create_ctas", {"limit": 5}),
        ("how accurate are the churn predictions", "prediction_accuracy", {"model": "churn"}),
        ("how accurate are your predictions", "prediction_accuracy", {}),
        ("what changed at Hooli since monday", "what_changed",
         {"account": "Hooli", "since": "monday"}),
        ("what changed for the team since yesterday", "what_changed",
         {"owner": "team", "since": "yesterday"}),
        ("brief me on Hooli since our last call", "account_brief",
         {"account": "Hooli", "since": "our last call"}),
        ("brief me on Hooli for my call on friday", "account_brief", {"account": "Hooli"}),
    ],
)  # fmt: skip
def test_filters_years_parts_and_likelihoods_are_read(
    text: str, name: str, arguments: dict[str, Any]
) -> None:
    understood = call(text)

    assert (understood.name, understood.arguments) == (name, arguments)


FILLED = {"{account}": "Beta Inc", "{person}": "Ben", "{date}": "friday", "{time}": "8 am"}


def test_whatever_is_read_from_a_phrase_fits_its_tool() -> None:
    for phrase in phrases()[::3]:
        if phrase.label in ("none", "decide", "help"):
            continue
        text = phrase.text
        for hole, words in FILLED.items():
            text = text.replace(hole, words)
        account = {"account": "Beta Inc"} if tool(phrase.label).needs_account else {}
        found = arguments(reading(text), phrase.label)

        tool(phrase.label).model_validate(account | found)
        if "since" in found:
            read_since(found["since"], TODAY)
