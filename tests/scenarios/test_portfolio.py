"""The portfolio in a message and on the Home tab: filters, pages, and decisions in place."""

from collections.abc import AsyncIterator

import pytest

from tests.scenarios.office import Json, actions, words
from tests.scenarios.person import Person, seated


@pytest.fixture
async def ana(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Ana") as person:
        yield person


@pytest.fixture
async def mara(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Mara") as person:
        yield person


async def _home(person: Person) -> Json:
    await person.slack.open_home(person.id)
    await person.app.settle()
    return person.home()


def _rows(message: Json) -> list[list[str]]:
    """Return the cells of a message's table, without its head."""
    tables = [block for block in message["blocks"] if block["type"] == "table"]
    return [[cell["text"] for cell in row] for table in tables for row in table["rows"][1:]]


async def test_what_cannot_wait_comes_in_full_and_the_rest_as_a_table(ana: Person) -> None:
    shown = await ana.ask("show my portfolio")

    assert "Call Sarah Lin at Beta Inc" in words(shown)
    assert "I noticed you've been quieter lately" in words(shown)
    assert actions(shown).count("recommendation.accept") == 2
    assert [row[1] for row in _rows(shown)] == ["3", "4", "5", "6", "7"]
    assert _rows(shown)[0][0] == "Today"
    assert "Success rate" in words(shown)


async def test_a_filter_redraws_in_place_and_goes_back_to_the_first_page(ana: Person) -> None:
    shown = await ana.ask("show my portfolio")
    second = await ana.click(shown, "portfolio.next")
    assert "page 2 of 2" in words(second)

    filtered = await ana.click(second, "portfolio.category", "lifecycle")

    assert {row[2] for row in _rows(filtered)} == {"QBR preparation"}
    assert "Beta Inc" not in words(filtered)
    assert "page" not in words(filtered).split("Immediate")[0].split("·")[-1]

    everything = await ana.click(filtered, "portfolio.category", "all")
    assert "Beta Inc" in words(everything)


async def test_two_filters_hold_together_and_nothing_is_said_so(ana: Person) -> None:
    shown = await ana.ask("show my portfolio")
    await ana.click(shown, "portfolio.urgency", "today")

    nothing = await ana.click(shown, "portfolio.category", "lifecycle")

    assert "Nothing of that kind is due" in words(nothing)
    assert "portfolio.category" in actions(nothing)


async def test_accepting_in_the_portfolio_ticks_it_there_and_can_be_undone(ana: Person) -> None:
    shown = await ana.ask("my next best actions")

    ticked = await ana.click(shown, "recommendation.accept")
    assert "Ana Souza accepted" in words(ticked)
    assert "1 under way" in words(ticked)

    undone = await ana.click(ticked, "recommendation.undo")
    assert actions(undone).count("recommendation.accept") == 2


async def test_a_row_opens_as_a_card_and_its_decision_shows_in_the_table(ana: Person) -> None:
    shown = await ana.ask("dashboard")
    opener = next(
        e
        for b in shown["blocks"]
        for e in b.get("elements", [])
        if e.get("action_id") == "recommendation.show" and e["type"] == "static_select"
    )

    await ana.slack.click(
        ana.id,
        shown,
        "recommendation.show",
        opener["options"][0]["value"],
        block_id=next(
            b["block_id"] for b in shown["blocks"] if b["block_id"].startswith("portfolio.open")
        ),
    )
    await ana.app.settle()
    card = ana.slack.answers(ana.id)[-1]
    await ana.click(card, "recommendation.accept")

    assert _rows(ana.again(shown))[0][7] == "Accepted"


async def test_the_home_tab_keeps_its_filter_through_a_decision(ana: Person) -> None:
    home = await _home(ana)
    await ana.slack.click(ana.id, home, "portfolio.urgency", "immediate")
    await ana.app.settle()
    assert _rows(ana.home()) == []

    await ana.slack.click(ana.id, ana.home(), "recommendation.accept")
    await ana.app.settle()

    assert _rows(ana.home()) == []
    assert "Under way" in words(ana.home())
    assert actions(ana.home()).count("recommendation.accept") == 1


async def test_a_manager_turns_from_the_team_to_one_of_its_people(mara: Person) -> None:
    shown = await mara.ask("show my portfolio")
    assert "Your team's next best actions" in words(shown)
    owner = next(
        e
        for b in shown["blocks"]
        for e in b.get("elements", [])
        if e.get("action_id") == "portfolio.owner"
    )
    ana = next(one["value"] for one in owner["options"] if one["text"]["text"] == "Ana Souza")

    hers = await mara.click(shown, "portfolio.owner", ana)

    assert "Ana Souza's next best actions" in words(hers)
    assert "Beta Inc" in words(hers)
    assert [len(row) for row in _rows(shown)] == [9] * len(_rows(shown))
    assert {len(row) for row in _rows(hers)} == {8}


async def test_a_colleagues_empty_portfolio_can_be_left_again_on_the_home_tab(
    mara: Person,
) -> None:
    home = await _home(mara)

    await mara.slack.click(mara.id, home, "portfolio.owner", "me")
    await mara.app.settle()

    assert "portfolio.owner" in actions(mara.home())


async def test_a_row_of_the_home_tab_is_accepted_where_it_is_explained(ana: Person) -> None:
    home = await _home(ana)
    (opener,) = [b for b in home["blocks"] if b["block_id"].startswith("portfolio.open")]
    row = opener["elements"][0]["options"][0]["value"]
    await ana.slack.click(ana.id, home, "recommendation.show", row, block_id=opener["block_id"])
    await ana.app.settle()

    assert await ana.submit() == {}

    assert "Ana Souza accepted" in words(ana.home())
    assert len(_rows(ana.home())) == len(_rows(home)) - 1
