"""Words that point back at what was shown, held against what may be done and seen now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.assistant import Assistant
from bot.cards.clarify import NOBODYS
from bot.tool_parts import ToolParts
from bot.tools.decide import Decide
from bot.tools.tool import Asker
from bot.tools.top_actions import TopActions
from storage.conversations import Conversations, Place
from storage.database import Database
from tests.bot.language.book import LANGUAGE

Asking = Callable[..., Awaitable[Asker]]

HERE = Place("C1", "5.0")


@pytest.fixture
def talker(parts: ToolParts, sqlite: Database) -> Assistant:
    return Assistant(LANGUAGE, parts, conversations=Conversations(sqlite), database=sqlite)


async def test_a_list_goes_on_where_its_first_page_ended(parts: ToolParts, asker: Asking) -> None:
    ana = await asker()
    first = await TopActions(horizon="this_month", limit=1).run(ana, parts)
    second = await TopActions(horizon="this_month", limit=1, page=2).run(ana, parts)
    beyond = await TopActions(horizon="this_month", limit=1, page=99).run(ana, parts)

    assert second.heading.endswith("page 2")
    assert set(first.shows).isdisjoint(second.shows)
    assert "That was all" in beyond.card.text


async def test_a_decision_about_what_was_shown_takes_no_other_of_the_account(
    talker: Assistant, parts: ToolParts, asker: Asking
) -> None:
    shown = (await talker.answer("what next for Beta Inc", await asker())).answer.shows[0]
    other = replace(await asker(), about=shown)

    answer = await Decide(account="Alpha Corp", decision="accept").run(other, parts)

    assert "Nothing is open for Alpha Corp" in answer.card.text
    assert (await parts.recommendations.get(shown)).version == 1


async def test_the_same_message_again_decides_nothing_more(
    talker: Assistant, parts: ToolParts, asker: Asking
) -> None:
    card = await talker.answer("what next for Beta Inc", await asker(), HERE)
    for _ in range(2):
        await talker.answer("accept it", await asker(key="same"), HERE)

    assert len((await parts.recommendations.get(card.answer.shows[0])).history) == 1


async def test_a_list_of_somebody_elses_accounts_leaves_nothing_to_decide(
    talker: Assistant, parts: ToolParts, asker: Asking
) -> None:
    listed = await talker.answer("top 3 actions this month", await asker())
    ids = listed.answer.shows
    await parts.recommendations.shown(ids, channel="C1", ts="7.0", surface="list", heading="Top")
    below = Place("C1", "7.0")

    hers = await talker.answer("accept", await asker(), below)
    his = await talker.answer("accept", await asker("ben"), below)

    assert len(ids) > 1
    assert "Which one shall I accept?" in hers.answer.card.text
    assert his.answer.card.text == NOBODYS
