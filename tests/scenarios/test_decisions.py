"""From a card to a decision: by button, by form, twice, too late, by the wrong person."""

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.playground.slack.trouble import Refused
from storage.tables import Ticket, table
from tests.scenarios.office import Office, actions, day_after, words
from tests.storage.book import row, save


async def test_accepting_changes_the_card_in_place_and_says_who(office: Office) -> None:
    shown = await office.ask()

    await office.click(office.ana, shown, "recommendation.accept")

    now = office.now_shown(shown)
    assert "Ana Souza accepted" in words(now)
    assert "Ana Souza accepted" in now["text"]
    assert actions(now) == [
        "recommendation.draft",
        "recommendation.complete",
        "recommendation.undo",
    ]


async def test_undo_within_ten_minutes_brings_the_buttons_back(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.accept")

    await office.click(office.ana, shown, "recommendation.undo")

    assert "recommendation.accept" in actions(office.now_shown(shown))


async def test_undo_after_ten_minutes_is_refused_with_a_sentence(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.accept")
    office.clock.forward(11 * 60)

    await office.click(office.ana, shown, "recommendation.undo")

    assert "10 minutes" in office.whispers(office.ana)[-1]
    assert actions(office.now_shown(shown)) == ["recommendation.draft", "recommendation.complete"]


async def test_deferring_asks_until_when_and_says_when_it_is_back(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")
    chosen = day_after(office.clock, 20)

    wrong = await office.submit(office.ana, date=chosen.isoformat(), note="Sarah is on holiday")

    now = office.now_shown(shown)
    assert wrong == {}
    assert f"back on {chosen:%a} {chosen.day}" in words(now)
    assert "Sarah is on holiday" in words(now)
    assert actions(now) == ["recommendation.accept", "recommendation.undo"]


async def test_a_quick_choice_is_enough_to_defer(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")

    wrong = await office.submit(office.ana)

    assert wrong == {}
    assert "Ana Souza deferred" in words(office.now_shown(shown))


async def test_a_day_that_has_passed_is_refused_beside_its_field(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")

    wrong = await office.submit(office.ana, date=day_after(office.clock, -1).isoformat())

    assert wrong == {"date": "Choose a day after today."}
    assert "recommendation.accept" in actions(office.now_shown(shown))


async def test_deferring_until_something_happens_shows_its_latest_day(office: Office) -> None:
    opened = office.clock()
    await save(office.database, row(Ticket, customer_id="beta", opened_at=opened))
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")
    view = office.slack.open_view(office.ana)
    assert view is not None
    chosen = next(one["element"] for one in view["blocks"] if one["block_id"] == "happening")
    values = {one["text"]["text"]: one["value"] for one in chosen["options"]}

    wrong = await office.submit(office.ana, happening=values["The ticket closes"])

    latest = day_after(office.clock, 30)
    assert wrong == {}
    said = f"deferred until the ticket closes, at the latest {latest:%a} {latest.day}"
    assert said in words(office.now_shown(shown))
    assert f"at the latest on {latest:%a} {latest.day}" in words(view)


async def test_what_is_back_says_what_brought_it_back(office: Office) -> None:
    await save(office.database, row(Ticket, id="t1", customer_id="beta", opened_at=office.clock()))
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")
    until = f"ticket_closed:{day_after(office.clock, 30).isoformat()}"
    await office.submit(office.ana, happening=until, date=day_after(office.clock, 9).isoformat())
    assert "at the latest" in words(office.now_shown(shown))
    office.clock.forward(3 * 24 * 60 * 60)
    async with office.database.write() as session:
        closed = office.clock() - timedelta(hours=4)
        await session.execute(update(table(Ticket)).values(closed_at=closed))

    again = await office.ask()

    assert f"Back as agreed: the ticket closed on {closed:%a} {closed.day}" in words(again)
    assert "recommendation.accept" in actions(again)


async def test_dismissing_asks_why_and_says_so(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.dismiss")

    wrong = await office.submit(office.ana, reason="wrong_data", note="Sarah left")

    assert wrong == {}
    assert "Ana Souza dismissed · the data is wrong" in words(office.now_shown(shown))


async def test_what_is_wrong_can_be_ticked_and_is_said_to_be_unused(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.dismiss")

    wrong = await office.submit(office.ana, reason="wrong_data", doubts=["health_drop"])

    assert wrong == {}
    assert "Not used here until it changes: Health drop in a week: -12 points" in words(
        office.now_shown(shown)
    )


async def test_completing_asks_what_came_of_it(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.accept")
    await office.click(office.ana, shown, "recommendation.complete")

    assert await office.submit(office.ana, result="positive") != {}
    assert await office.submit(office.ana, result="positive", outcome="Sarah is back") == {}

    now = office.now_shown(shown)
    assert "Ana Souza completed · went well" in words(now)
    assert "Sarah is back" in words(now)
    assert actions(now) == ["recommendation.undo"]


async def test_two_clicks_at_once_are_one_decision_and_one_sentence(office: Office) -> None:
    shown = await office.ask()

    await asyncio.gather(
        office.slack.click(office.ana, shown, "recommendation.accept"),
        office.slack.click(office.ana, shown, "recommendation.accept"),
    )
    await office.app.settle()

    assert "Ana Souza accepted" in words(office.now_shown(shown))
    assert len(office.whispers(office.ana)) == 1
    assert "already accepted by Ana Souza" in office.whispers(office.ana)[0]


async def test_a_colleague_may_not_decide_about_somebody_elses_account(office: Office) -> None:
    await office.ask()
    posted = await office.app.desk.client.chat_postMessage(
        channel=office.channel,
        text="shared",
        blocks=office.slack.answers(office.ana)[-1]["blocks"],
    )
    message = {"channel": office.channel, "ts": posted["ts"]}

    await office.click(office.ben, message, "recommendation.accept")

    assert "belongs to" in office.whispers(office.ben)[-1]


async def test_every_copy_of_a_recommendation_changes(office: Office) -> None:
    first, listed = await office.ask("beta"), await office.ask("list")

    await office.click(office.ana, first, "recommendation.accept")

    assert "Ana Souza accepted" in words(office.now_shown(first))
    assert "Ana Souza accepted" in words(office.now_shown(listed))
    assert "No support data." in words(office.now_shown(listed))
    assert "Alpha Corp" in words(office.now_shown(listed))


async def test_deciding_in_a_list_leaves_the_others_open(office: Office) -> None:
    listed = await office.ask("list")
    values = [e["value"] for b in listed["blocks"] for e in b.get("elements", []) if "value" in e]

    await office.click(office.ana, listed, "recommendation.accept", values[0])

    now = office.now_shown(listed)
    assert "✓" in words(now)
    assert actions(now).count("recommendation.accept") == 1


async def test_details_come_below_the_list_with_buttons_of_their_own(office: Office) -> None:
    listed = await office.ask("list")

    await office.click(office.ana, listed, "recommendation.show")

    details = office.slack.answers(office.ana)[-1]
    assert details["thread_ts"] == listed["thread_ts"]
    assert "recommendation.more" in actions(details)


async def test_a_button_of_a_card_that_is_out_of_date_changes_nothing(office: Office) -> None:
    shown = await office.ask()
    stale = dict(shown["blocks"][-1])
    await office.click(office.ana, shown, "recommendation.accept")
    held = office.slack.backend.workspace.message(shown["channel"], shown["ts"])
    assert held is not None
    fresh, held["blocks"] = held["blocks"], [stale]

    await office.click(office.ana, shown, "recommendation.dismiss")

    view = office.slack.open_view(office.ana)
    assert view is not None
    assert "already accepted" in words(view)
    assert office.now_shown(shown)["blocks"] == fresh


async def test_a_removed_recommendation_says_so_and_leaves_the_message(office: Office) -> None:
    listed = await office.ask("list")
    async with office.database.write() as session:
        await session.execute(text("delete from recommendations where customer_id = 'beta'"))

    await office.click(office.ana, listed, "recommendation.accept")

    now = office.now_shown(listed)
    assert "no longer exists" in office.whispers(office.ana)[-1]
    assert "This recommendation no longer exists." in words(now)
    assert "Beta Inc" not in words(now)
    assert "Alpha Corp" in words(now)


async def test_why_opens_the_score_and_the_signals(office: Office) -> None:
    shown = await office.ask()
    recommendation = shown["blocks"][-1]["elements"][0]["value"]

    await office.click(office.ana, shown, "recommendation.more", f"why:{recommendation}")
    why = office.slack.open_view(office.ana)
    await office.click(office.ana, shown, "recommendation.more", f"signals:{recommendation}")
    signals = office.slack.open_view(office.ana)

    assert why is not None
    assert signals is not None
    assert "Impact" in words(why)
    assert "weight" in words(signals)


async def test_a_form_that_slack_no_longer_opens_is_explained(office: Office) -> None:
    shown = await office.ask()
    office.slack.fail("views.open", Refused("expired_trigger_id"))

    await office.click(office.ana, shown, "recommendation.defer")

    assert "Please press the button again" in office.whispers(office.ana)[-1]


async def test_a_form_that_was_closed_before_it_was_filled_stays_closed(office: Office) -> None:
    shown = await office.ask()
    office.slack.fail("views.update", Refused("not_found"))

    await office.click(office.ana, shown, "recommendation.defer")

    assert office.whispers(office.ana) == []


async def test_a_card_that_slack_will_not_redraw_does_not_lose_the_decision(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    shown = await office.ask()
    office.slack.fail("chat.update", Refused("message_not_found"))

    with caplog.at_level(logging.WARNING):
        await office.click(office.ana, shown, "recommendation.accept")

    stored = await office.services.recommendations.copies(
        shown["blocks"][-1]["elements"][0]["value"]
    )
    kept = await office.services.recommendations.get(stored[0].ids[0])
    assert kept.status == "accepted"
    assert "was not updated" in caplog.text


async def test_a_form_sent_after_somebody_else_decided_says_who_was_first(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")
    view = office.slack.open_view(office.ana)
    assert view is not None
    await office.click(office.ana, shown, "recommendation.accept")

    wrong = await office.slack.submit(office.ana, view, {})
    await office.app.settle()

    now = office.slack.open_view(office.ana)
    assert wrong == {}
    assert now is not None
    assert "already accepted by Ana Souza" in words(now)
