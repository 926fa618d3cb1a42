"""Questions are answered from the book, within what the asker may see, always in a sentence."""

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant import Assistant
from bot.tool_parts import ToolParts
from bot.tools.tool import Asker
from storage.database import Database
from storage.tables import Activity, Customer
from tests.bot.tools.conftest import Ask
from tests.storage.book import days_ago, row, save


def _buttons(reply_blocks: tuple[dict[str, object], ...]) -> list[tuple[str, str]]:
    return [
        (element["action_id"], element["value"])
        for block in reply_blocks
        for element in block.get("elements", [])  # type: ignore[attr-defined]  # Block Kit is open
        if element["type"] == "button"
    ]


async def test_an_account_gets_its_card_with_the_id_it_is_stored_under(
    ask: Ask, parts: ToolParts
) -> None:
    reply = await ask("what should I do next for Beta Inc?")

    assert reply.answer.surface == "card"
    (stored,) = await parts.recommendations.find(reply.answer.shows)
    assert stored.headline in reply.answer.card.text
    assert (reply.language, reply.tools[0].arguments) == ("offline", {"account": "Beta Inc"})


async def test_the_list_says_whose_it_is_and_for_when(ask: Ask) -> None:
    reply = await ask("show me my top actions this month")

    assert reply.answer.heading == "Your top actions this month"
    assert reply.answer.surface == "list"
    assert len(reply.answer.shows) >= 2


async def test_a_list_that_nothing_fits_says_what_to_ask_instead(ask: Ask) -> None:
    reply = await ask("top expansion actions for smb today")

    assert "nothing of that kind" in reply.answer.card.text
    assert "show me my top actions" in reply.answer.card.text


async def test_when_nothing_is_that_urgent_the_list_shows_what_comes_next(
    ask: Ask, sqlite: Database
) -> None:
    await save(
        sqlite,
        row(Activity, customer_id="acme", kind="call", occurred_at=days_ago(25)),
        row(Activity, customer_id="alpha", kind="call", occurred_at=days_ago(0)),
    )
    for name in ("Alpha Corp", "Beta Inc"):
        await ask(f"accept {name}")

    reply = await ask("what is urgent today?")

    assert reply.answer.heading == "Nothing is that urgent. What comes next"
    assert reply.answer.shows


async def test_a_colleagues_list_is_refused_in_a_whole_sentence(ask: Ask) -> None:
    reply = await ask("top actions for Ben")

    assert "Ben Carter's portfolio is outside the accounts you can see." in reply.answer.card.text


async def test_why_shows_the_parts_of_the_score(ask: Ask) -> None:
    reply = await ask("why Beta Inc?")

    assert "Priority" in reply.answer.card.text
    assert reply.answer.shows == ()


async def test_an_ambiguous_name_offers_a_button_for_each_account(ask: Ask) -> None:
    reply = await ask("what next for acme")

    assert reply.tools[0].name == "clarify"
    assert _buttons(reply.answer.card.blocks) == [
        ("clarify.pick.0", "next_best_action:acme"),
        ("clarify.pick.1", "next_best_action:rockets"),
    ]


async def test_two_accounts_of_one_name_are_told_apart(ask: Ask, sqlite: Database) -> None:
    await save(
        sqlite,
        row(Customer, id="box1", name="Boxwood", csm_id="ana", country="France"),
        row(Customer, id="box2", name="Boxwood", csm_id="ana", country="Spain"),
    )

    reply = await ask("what next for Boxwood")

    assert [value for _, value in _buttons(reply.answer.card.blocks)] == [
        "next_best_action:box1",
        "next_best_action:box2",
    ]
    assert reply.answer.card.text.splitlines()[1:] == ["- Boxwood (France)", "- Boxwood (Spain)"]
    (call,) = reply.tools
    assert [one["arguments"]["account"] for one in call.arguments["candidates"]] == ["box1", "box2"]


async def test_a_picked_account_is_answered(
    assistant: Assistant, asker: Callable[..., Awaitable[Asker]]
) -> None:
    reply = await assistant.pick("next_best_action", "beta", await asker())

    assert "Beta Inc" in reply.answer.card.text


async def test_a_button_can_run_nothing_that_changes_something(
    assistant: Assistant, asker: Callable[..., Awaitable[Asker]], parts: ToolParts
) -> None:
    from core.errors import Invalid

    with pytest.raises(Invalid):
        await assistant.pick("decide", "beta", await asker())


async def test_an_unknown_account_offers_the_nearest(ask: Ask) -> None:
    reply = await ask("what next for Alfa Crop")

    assert "know no account" in reply.answer.card.text
    assert ("clarify.pick.0", "next_best_action:alpha") in _buttons(reply.answer.card.blocks)


async def test_another_ones_account_is_refused_and_its_manager_may_see_it(
    ask: Ask, sqlite: Database
) -> None:
    from sqlalchemy import update

    from storage.tables import Csm

    reply = await ask("what next for Gamma Ltd")
    async with sqlite.write() as session:
        await session.execute(update(Csm).where(Csm.id == "ben").values(manager_id="mara"))  # type: ignore[arg-type]  # a column comparison
    managers = await ask("what next for Gamma Ltd", "mara")

    assert "belongs to Ben Carter" in reply.answer.card.text
    assert "Gamma Ltd" in managers.answer.card.text
    assert "belongs" not in managers.answer.card.text


async def test_a_question_without_its_account_offers_those_that_come_first(ask: Ask) -> None:
    reply = await ask("snooze it until friday")

    assert "Which account" in reply.answer.card.text
    assert all(id.startswith("clarify.pick") for id, _ in _buttons(reply.answer.card.blocks))
    assert _buttons(reply.answer.card.blocks)


async def test_somebody_without_accounts_is_told_how_to_get_some(ask: Ask) -> None:
    reply = await ask("show me my top actions", "mara")

    assert "steward" in reply.answer.card.text.lower()


@pytest.mark.parametrize("text", ["", "🎉", "*_~`", "x" * 12_000, "<@U0STEWARD>", "&lt;&gt;&amp;"])
async def test_no_text_is_an_error(ask: Ask, text: str) -> None:
    reply = await ask(text)

    assert reply.tools[0].name == "none"
    assert reply.answer.card.text.endswith((".", "”."))


async def test_an_account_named_in_markup_is_shown_harmlessly(ask: Ask, sqlite: Database) -> None:
    await save(sqlite, row(Customer, id="m", name="*<!channel> & Söhne*", csm_id="ana"))

    reply = await ask("what next for Söhne")

    assert "<!channel>" not in str(reply.answer.card.blocks)
