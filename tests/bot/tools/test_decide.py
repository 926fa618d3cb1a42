"""Decisions in words: one clear recommendation is decided, everything else is asked back."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.assistant import Assistant, Reply
from bot.tool_parts import ToolParts
from bot.tools.tool import Asker
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    Recommendation,
    Status,
)
from storage.database import Database
from storage.tables import Activity, Contact, Ticket, Usage
from tests.bot.tools.conftest import Ask
from tests.scenarios.office import words
from tests.storage.book import NOW, days_ago, row, save


async def _shown(reply: Reply, parts: ToolParts) -> Recommendation:
    return await parts.recommendations.get(reply.answer.shows[0])


def _asked_back(reply: Reply) -> bool:
    return reply.tools[0].name == "clarify"


async def test_accept_decides_what_was_shown(ask: Ask, parts: ToolParts) -> None:
    card = await ask("what should I do next for Beta Inc")

    reply = await ask("accept Beta Inc")

    assert reply.tools[0].name == "decide"
    assert reply.answer.shows == card.answer.shows
    assert (await _shown(reply, parts)).status is Status.ACCEPTED
    assert "Ana Souza accepted" in reply.answer.card.text


async def test_snooze_takes_its_day_in_the_askers_zone(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("snooze Alpha Corp until Friday, Tom is travelling")

    last = (await _shown(reply, parts)).last
    assert last is not None
    assert (last.kind, last.until) == (DecisionKind.DEFER, date(2026, 3, 6))
    assert last.note == "Tom is travelling"


async def test_snooze_can_wait_for_a_happening_with_a_latest_day(
    ask: Ask, parts: ToolParts, sqlite: Database
) -> None:
    await save(sqlite, row(Ticket, customer_id="beta", opened_at=days_ago(9), subject="Export"))

    reply = await ask("snooze Beta Inc until the ticket closes")

    last = (await _shown(reply, parts)).last
    assert last is not None
    assert (last.happening, last.until) == ("ticket_closed", date(2026, 4, 2))
    said = "Ana Souza deferred until the ticket closes, at the latest Thu 2 Apr"
    assert said in reply.answer.card.text


async def test_the_latest_day_can_be_named(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("snooze Beta Inc until the renewal call, at the latest on Friday")

    last = (await _shown(reply, parts)).last
    assert last is not None
    assert (last.happening, last.until) == ("renewal_talk", date(2026, 3, 6))


async def test_what_nothing_would_tell_of_is_not_waited_for(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("snooze Beta Inc until the ticket closes")

    assert "I cannot wait until the ticket closes at Beta Inc" in reply.answer.card.text
    assert "until the renewal call" in reply.answer.card.text
    assert await parts.recommendations.open_for("beta") == ()


async def test_who_is_to_be_back_must_be_the_champion_or_the_sponsor(
    ask: Ask, parts: ToolParts, sqlite: Database
) -> None:
    await save(
        sqlite, row(Contact, customer_id="beta", id="sarah", name="Sarah Lin", role="champion")
    )

    unknown = await ask("snooze Beta Inc until Bob is back")
    known = await ask("snooze Beta Inc until Sarah is back")

    last = (await _shown(known, parts)).last
    assert last is not None
    assert last.happening == "champion_back"
    assert "I do not know Bob" in unknown.answer.card.text
    assert "Sarah Lin is back" in unknown.answer.card.text


async def test_snooze_without_a_day_asks_until_when_and_changes_nothing(
    ask: Ask, parts: ToolParts
) -> None:
    reply = await ask("snooze Beta Inc")

    assert _asked_back(reply)
    assert "Until when" in reply.answer.card.text
    assert await parts.recommendations.open_for("beta") == ()


async def test_a_day_in_the_past_is_refused_in_a_sentence(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("snooze Beta Inc until 1/1/2020")

    assert reply.answer.card.text == "Choose a day after today."
    assert await parts.recommendations.open_for("beta") == ()


async def test_done_without_an_outcome_asks_what_came_of_it(ask: Ask, parts: ToolParts) -> None:
    await ask("accept Beta Inc")

    reply = await ask("done with Beta Inc")

    assert _asked_back(reply)
    assert [one.status for one in await parts.recommendations.open_for("beta")] == [Status.ACCEPTED]


async def test_done_completes_the_accepted_one_with_the_outcome_as_written(
    ask: Ask, parts: ToolParts
) -> None:
    accepted = await ask("accept Beta Inc")

    reply = await ask("done with Beta Inc: Sarah is back, QBR on the 8th")

    assert reply.answer.shows == accepted.answer.shows
    shown = await _shown(reply, parts)
    assert shown.status is Status.COMPLETED
    assert shown.last is not None
    assert shown.last.note == "Sarah is back, QBR on the 8th"
    assert shown.last.result is None


async def test_dismiss_recognises_the_reason(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("dismiss Beta Inc, the data is wrong")

    last = (await _shown(reply, parts)).last
    assert last is not None
    assert (last.reason, last.note) == (DismissReason.WRONG_DATA, "the data is wrong")


async def test_wrong_data_is_not_used_for_that_account_any_more(ask: Ask, parts: ToolParts) -> None:
    before = await ask("what next for Beta Inc")
    shown = await _shown(before, parts)

    dismissed = await ask("dismiss Beta Inc, the data is wrong")
    after = await ask("what next for Beta Inc")

    deciding, card = shown.signals[0], {"blocks": list(dismissed.answer.card.blocks)}
    assert f"Not used here until it changes: {deciding.label}" in words(card)
    assert deciding.description not in after.answer.card.text


async def test_an_account_that_had_three_new_ones_this_week_hears_that_it_is_enough(
    ask: Ask, parts: ToolParts, sqlite: Database
) -> None:
    first = await _shown(await ask("what next for Alpha Corp"), parts)
    await ask("dismiss Alpha Corp, already done")
    for play, title in (("check_in", "Check-in call"), ("kickoff", "Kickoff scheduling")):
        other = replace(first, play=play, title=title)
        (stored,) = await parts.recommendations.offer([other], now=NOW)
        dismiss = Decision(DecisionKind.DISMISS, CsmId("ana"), "Ana Souza", NOW)
        await parts.recommendations.decide(stored.id, dismiss, request_key=play, today=NOW.date())

    nothing = await ask("what next for Alpha Corp")
    unused = row(
        Usage,
        customer_id="alpha",
        metric="feature_adoption",
        value=2,
        licensed=10,
        recorded_on=days_ago(1).date(),
    )
    await save(sqlite, unused)
    enough = await ask("what next for Alpha Corp")
    later = await ask("what next for Alpha Corp", now=NOW + timedelta(days=7))

    said = enough.answer.card.text
    assert said.startswith("That is enough for Alpha Corp this week: I proposed")
    assert all(title in said for title in (first.title, "Check-in call"))
    assert "from Tue 10 Mar on" in said
    assert "enough" not in nothing.answer.card.text
    assert (await _shown(later, parts)).play == "training"


async def test_undo_takes_the_last_decision_back(ask: Ask, parts: ToolParts) -> None:
    await ask("dismiss Beta Inc")

    reply = await ask("undo Beta Inc")

    assert (await _shown(reply, parts)).status is Status.RECOMMENDED


async def test_undo_with_nothing_decided_says_so(ask: Ask) -> None:
    reply = await ask("undo Beta Inc")

    assert "Nobody has decided" in reply.answer.card.text


async def test_the_same_message_delivered_twice_decides_once(ask: Ask, parts: ToolParts) -> None:
    first = await ask("accept Beta Inc", key="event1")

    await ask("accept Beta Inc", key="event1")

    opened = await parts.recommendations.open_for("beta")
    assert [one.id for one in opened] == list(first.answer.shows)


async def test_another_ones_account_cannot_be_decided_about(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("accept Gamma Ltd")

    assert "belongs to Ben Carter" in reply.answer.card.text
    assert await parts.recommendations.open_for("gamma") == ()


async def test_several_open_ones_are_asked_about_with_a_button_each(
    ask: Ask, sqlite: Database
) -> None:
    await save(
        sqlite,
        row(Activity, customer_id="beta", kind="call", occurred_at=days_ago(40)),
        row(Activity, customer_id="alpha", kind="call", occurred_at=days_ago(0)),
        row(Contact, customer_id="beta", id="sarah", name="Sarah Lin", role="champion"),
        row(
            Activity,
            customer_id="beta",
            contact_id="sarah",
            kind="login",
            occurred_at=days_ago(20),
        ),
    )
    await ask("accept Beta Inc")

    reply = await ask("dismiss Beta Inc")

    assert _asked_back(reply)
    buttons = [b["accessory"] for b in reply.answer.card.blocks if "accessory" in b]
    assert {button["action_id"] for button in buttons} == {"recommendation.dismiss"}
    assert len({button["value"] for button in buttons}) == 2


async def test_an_account_that_was_dealt_with_says_what_was_decided_last(ask: Ask) -> None:
    await ask("dismiss Beta Inc, not relevant")

    reply = await ask("what next for Beta Inc")

    assert "Nothing else stands out for Beta Inc" in reply.answer.card.text
    assert "Ana Souza dismissed · does not fit this account" in reply.answer.card.text


@pytest.mark.parametrize("text", ["accept Beta Inc", "digest on"])
async def test_nothing_is_changed_in_the_past(
    assistant: Assistant, asker: Callable[..., Awaitable[Asker]], parts: ToolParts, text: str
) -> None:
    before = replace(await asker(), in_past=True)

    reply = await assistant.answer(text, before)

    assert "can only be looked at" in reply.answer.card.text
    assert await parts.recommendations.open_for("beta") == ()
    assert await parts.digests.for_csm("ana") is None
