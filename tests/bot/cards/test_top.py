"""A list says whose its entries are, and how to get the rest of exactly that list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.cards.top import MOST_ITEMS, ask_for, question, top_card
from bot.language.language import Understood
from core.recommendations import CsmId, Recommendation, RecommendationId
from tests.bot.language.book import understand
from tests.contracts.gallery import ordinary
from tests.scenarios.office import words

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def _entries(count: int) -> list[Recommendation]:
    return [replace(ordinary(), id=RecommendationId(f"r{n}")) for n in range(count)]


def _shown(entries: list[Recommendation], total: int = 0) -> str:
    made = top_card(entries, heading="Top", today=TODAY, now=NOW, total=total or len(entries))
    return words({"blocks": list(made.blocks)}) + made.text


def test_accounts_of_several_people_come_with_their_owners() -> None:
    mine, other = _entries(2)
    other = replace(other, owner=CsmId("ben"), owner_name="Ben Carter")

    shown = _shown([mine, other])

    assert shown.count(f" · {mine.owner_name}") == shown.count(" · Ben Carter") == 2


def test_accounts_of_one_person_do_not_repeat_the_name() -> None:
    one, other = _entries(2)

    assert one.owner_name not in _shown([one, other])


def test_a_full_list_does_not_send_its_reader_to_the_same_list() -> None:
    shown = _shown(_entries(MOST_ITEMS), total=40)

    assert "30 more" in shown
    assert f"top {MOST_ITEMS}" not in shown


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        (question(), {}),
        (question("the team's", "risk"), {"owner": "team", "category": "risk"}),
        (question("Ben Ode's", "", "this week"), {"owner": "Ben", "horizon": "this_week"}),
        (
            question("my", "immediate lifecycle enterprise", "this month"),
            {
                "urgency": "immediate",
                "category": "lifecycle",
                "segment": "enterprise",
                "horizon": "this_month",
            },
        ),
        (
            question("my", "expansion mid-market"),
            {"category": "expansion", "segment": "mid-market"},
        ),
    ],
)
def test_the_question_for_the_rest_is_understood_as_the_same_question(
    asked: str, arguments: dict[str, Any]
) -> None:
    understood = understand(ask_for(9, asked))

    assert isinstance(understood, Understood)
    found = dict(understood.call.arguments)
    assert found.pop("limit") == 9
    assert found.pop("owner", "me").split()[0] == arguments.pop("owner", "me")
    assert (understood.call.name, found) == ("top_actions", arguments)
