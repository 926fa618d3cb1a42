"""The morning digest: once, at its hour, in its reader's time zone, or a reason why not."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from bot.digests.reasons import UNPREPARED
from bot.digests.round import run_due
from bot.listeners.who import CHECKED_EVERY
from bot.playground.slack.trouble import Dropped, RateLimited, Refused, ServerError
from core.calendar import Absence
from core.errors import PortfolioEmpty, StewardError
from storage.delivery import Delivery
from storage.digests import Kind, Subscription
from storage.outbox import Letter
from tests.scenarios.office import Office, actions, words

BEFORE = datetime(2026, 11, 19, 12, tzinfo=UTC)
EIGHT_IN_BERLIN = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


async def _subscribe(
    office: Office, channel: str = "", kind: Kind = "person", **more: Any
) -> Subscription:
    await office.services.people.link("ana", office.ana, "Europe/Berlin", now=office.clock())
    return await office.services.digests.subscribe(
        channel=channel or office.ana,
        kind=kind,
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=BEFORE,
        **more,
    )


async def _tick(
    office: Office, hour: int = 7, minute: int = 0, day: int = 20, month: int = 11
) -> list[Delivery]:
    now = EIGHT_IN_BERLIN.replace(hour=hour, minute=minute, day=day, month=month)
    office.clock.forward((now - office.clock()).total_seconds())
    done = await run_due(office.app.desk, now=now)
    await office.app.settle()
    return done


async def test_the_top_five_arrive_once_at_eight_in_the_readers_zone(office: Office) -> None:
    await _subscribe(office)

    early = await _tick(office, hour=6, minute=59)
    sent = await _tick(office)
    again = await _tick(office, minute=1)

    assert (early, again) == ([], [])
    assert [one.state for one in sent] == ["sent"]
    (shown,) = office.slack.answers(office.ana)
    assert "Your top 2 actions for Fri 20 Nov" in words(shown)
    assert len(sent[0].items) == 2


async def test_two_processes_send_one_digest(office: Office) -> None:
    await _subscribe(office)

    await asyncio.gather(_tick(office), _tick(office))

    assert len(office.slack.answers(office.ana)) == 1


async def test_the_digests_buttons_work(office: Office) -> None:
    await _subscribe(office)
    await _tick(office)
    (shown,) = office.slack.answers(office.ana)

    await office.click(office.ana, shown, "recommendation.accept")

    assert "Ana Souza accepted" in words(office.now_shown(shown))
    assert "recommendation.complete" in actions(office.now_shown(shown))


async def test_after_noon_a_morning_digest_is_missed_and_its_reader_told_once(
    office: Office,
) -> None:
    await _subscribe(office)

    (missed,) = await _tick(office, hour=11, minute=30)
    again = await _tick(office, hour=12)

    assert (missed.state, missed.problem) == ("missed", "Steward was not running at 08:00.")
    assert again == []
    (told,) = office.slack.answers(office.ana)
    assert "No digest came today: Steward was not running at 08:00" in words(told)


async def test_at_night_nobody_is_told_and_the_next_digest_says_it_in_one_sentence(
    office: Office,
) -> None:
    subscription = await _subscribe(office)
    at_night = await _tick(office, hour=22)
    assert [one.state for one in at_night] == ["missed"]
    assert office.slack.answers(office.ana) == []

    back = await _tick(office, day=24)

    assert [one.state for one in back] == ["missed", "sent"]
    (shown,) = office.slack.answers(office.ana)
    said = "No digest came on Fri 20 Nov and Mon 23 Nov: Steward was not running at 08:00."
    assert said in words(shown)
    log = await office.services.digests.log(subscription.id)
    assert [one.state for one in log] == ["sent", "missed", "missed"]


async def test_it_rests_at_the_weekend_on_holidays_and_while_its_reader_is_away(
    office: Office,
) -> None:
    await _subscribe(office)
    await _tick(office)
    until_wednesday = Absence(date(2026, 11, 23), date(2026, 11, 25))
    await office.services.digests.go_away("ana", until_wednesday, now=BEFORE)

    at_rest = [await _tick(office, day=day) for day in (21, 22, 23, 24)]
    working = await _tick(office, day=25)

    assert at_rest == [[], [], [], []]
    assert [one.state for one in working] == ["sent"]
    christmas = await _tick(office, day=25, month=12)
    assert "2026-12-25" not in [str(one.local_date) for one in christmas]


async def test_a_slack_status_that_ends_later_means_away(office: Office) -> None:
    await _subscribe(office)
    user = office.slack.backend.workspace.users[office.ana]
    user.status_emoji, user.status_text = ":palm_tree:", "Vacationing"
    user.status_expiration = int(EIGHT_IN_BERLIN.timestamp()) + 86_400

    (skipped,) = await _tick(office)

    assert skipped.state == "skipped"
    assert "until tomorrow, 08:00" in str(skipped.problem)
    assert office.slack.answers(office.ana) == []


@pytest.mark.parametrize(
    ("emoji", "text", "ends"),
    [(":calendar:", "In a meeting", 3600), (":palm_tree:", "", 0), (":palm_tree:", "", -60)],
    ids=["busy", "never ends", "over"],
)
async def test_another_status_keeps_no_digest_back(
    office: Office, emoji: str, text: str, ends: int
) -> None:
    await _subscribe(office)
    user = office.slack.backend.workspace.users[office.ana]
    user.status_emoji, user.status_text = emoji, text
    user.status_expiration = ends and int(EIGHT_IN_BERLIN.timestamp()) + ends

    assert [one.state for one in await _tick(office)] == ["sent"]


async def test_a_reader_who_flew_east_gets_the_next_morning_where_they_are(
    office: Office,
) -> None:
    """At eight in Berlin that morning is over in Tokyo, and Monday is Labour Thanksgiving Day."""
    await _subscribe(office)
    office.slack.backend.workspace.users[office.ana].tz = "Asia/Tokyo"

    at_eight_in_berlin = await _tick(office)
    at_eight_in_tokyo = await _tick(office, hour=23, day=23)

    assert [one.state for one in at_eight_in_berlin] == ["skipped"]
    assert [(one.state, str(one.local_date)) for one in at_eight_in_tokyo] == [
        ("sent", "2026-11-24")
    ]
    kept = await office.services.digests.for_csm("ana")
    assert kept is not None
    assert kept.timezone == "Asia/Tokyo"


async def test_a_reader_who_flew_west_gets_one_digest_a_date(office: Office) -> None:
    await _subscribe(office)
    office.slack.backend.workspace.users[office.ana].tz = "America/New_York"

    at_eight_in_berlin = await _tick(office)
    at_eight_in_new_york = await _tick(office, hour=13)
    later = await _tick(office, hour=14)

    assert at_eight_in_berlin == []
    assert [one.state for one in at_eight_in_new_york] == ["sent"]
    assert later == []


async def test_a_digest_set_up_after_todays_time_begins_tomorrow(office: Office) -> None:
    await office.services.digests.subscribe(
        channel=office.ana,
        kind="person",
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=EIGHT_IN_BERLIN.replace(hour=9),
    )

    assert await _tick(office, hour=10) == []


async def test_nothing_urgent_is_good_news_in_a_message(office: Office) -> None:
    await _subscribe(office)
    office.advisor.offers = []

    await _tick(office)

    assert "Nothing urgent" in words(office.slack.answers(office.ana)[-1])


async def test_an_empty_portfolio_says_what_to_do(office: Office) -> None:
    await _subscribe(office)
    office.advisor.refuses = PortfolioEmpty("Ana Souza", book_empty=False)

    await _tick(office)

    assert "assign accounts" in words(office.slack.answers(office.ana)[-1])


async def test_a_busy_slack_gets_the_digest_a_minute_later(office: Office) -> None:
    await _subscribe(office)
    office.slack.fail("chat.postMessage", RateLimited())

    first = await _tick(office)
    second = await _tick(office, minute=1)

    assert first == []
    assert [one.state for one in second] == ["sent"]
    assert len(office.slack.answers(office.ana)) == 1


async def test_a_digest_whose_fate_is_unknown_is_looked_for_before_it_is_sent_again(
    office: Office,
) -> None:
    await _subscribe(office)
    office.slack.fail("chat.postMessage", Dropped())

    unknown = await _tick(office)
    found = await _tick(office, minute=1)

    assert unknown == []
    assert [one.state for one in found] == ["sent"]
    assert len(office.slack.answers(office.ana)) == 1


async def test_a_digest_that_slack_did_not_take_for_sure_is_not_sent_at_night(
    office: Office,
) -> None:
    await _subscribe(office)
    office.slack.fail("chat.postMessage", ServerError())
    assert await _tick(office) == []

    (missed,) = await _tick(office, hour=21)

    assert (missed.state, missed.problem) == ("missed", "Slack could not be reached in time.")
    assert office.slack.answers(office.ana) == []


async def test_a_process_that_died_while_composing_is_followed_by_another(office: Office) -> None:
    subscription = await _subscribe(office)
    await office.services.digests.claim(subscription.id, date(2026, 11, 20), now=EIGHT_IN_BERLIN)

    soon = await _tick(office, minute=4)
    later = await _tick(office, minute=6)

    assert soon == []
    assert [one.state for one in later] == ["sent"]


async def test_a_claim_left_behind_by_a_process_is_followed_where_its_reader_travelled(
    office: Office,
) -> None:
    subscription = await _subscribe(office)
    await office.services.digests.claim(subscription.id, date(2026, 11, 20), now=EIGHT_IN_BERLIN)
    office.slack.backend.workspace.users[office.ana].tz = "Europe/London"
    office.clock.forward(CHECKED_EVERY.total_seconds())

    done = [await _tick(office, minute=6), await _tick(office, hour=8), await _tick(office, hour=9)]

    assert [[one.state for one in each] for each in done] == [[], ["sent"], []]
    assert len(office.slack.answers(office.ana)) == 1


async def test_whoever_turns_the_digest_off_is_not_told_that_something_else_did(
    office: Office,
) -> None:
    subscription = await _subscribe(office)
    assert [one.state for one in await _tick(office, hour=22)] == ["missed"]

    await office.services.digests.unsubscribe(subscription.id, now=office.clock(), by="ana")
    await _tick(office, day=23, hour=9)

    assert office.slack.answers(office.ana) == []


async def test_what_breaks_while_composing_is_tried_again_until_noon(office: Office) -> None:
    await _subscribe(office)
    office.advisor.refuses = cast("StewardError", RuntimeError("the disk is full"))
    assert await _tick(office) == []

    (missed,) = await _tick(office, hour=11, minute=1)

    assert (missed.state, missed.problem) == ("missed", UNPREPARED)


async def test_what_is_done_during_the_day_is_ticked_in_its_place(office: Office) -> None:
    await _subscribe(office)
    await _tick(office)
    (shown,) = office.slack.answers(office.ana)
    assert "*Protect*" in words(shown)

    await office.click(office.ana, shown, "recommendation.accept")

    now = words(office.now_shown(shown))
    assert "*1. ✓" in now
    assert "✓ 1 of 2 taken care of" in now
    assert "*Protect*" in now


async def test_what_was_accepted_yesterday_and_is_due_is_owed_today(office: Office) -> None:
    await _subscribe(office)
    await _tick(office)
    (shown,) = office.slack.answers(office.ana)
    await office.click(office.ana, shown, "recommendation.accept")

    await _tick(office, day=24)

    owed = words(office.slack.answers(office.ana)[-1])
    assert owed.index("You owe them") < owed.index("Protect")
    assert "✓" not in owed
    assert "recommendation.complete" in actions(office.slack.answers(office.ana)[-1])


async def test_only_the_parts_that_are_wanted_come(office: Office) -> None:
    await _subscribe(office, holds=["grow"])

    await _tick(office)

    said = words(office.slack.answers(office.ana)[-1])
    assert "Nothing urgent" in said
    assert "I looked at 3 accounts" in said


async def test_a_channel_gets_its_digest_in_the_owners_name(office: Office) -> None:
    await _subscribe(office, office.channel, "channel")

    await _tick(office)

    (shown,) = office.slack.answers(office.channel)
    assert "Ana Souza's top 2 actions" in words(shown)


async def test_a_channel_shared_with_another_company_gets_none(office: Office) -> None:
    await _subscribe(office, office.channel, "channel")
    office.slack.backend.workspace.channels[office.channel].is_ext_shared = True

    (missed,) = await _tick(office)

    assert "shared with another company" in str(missed.problem)
    assert office.slack.answers(office.channel) == []
    assert "shared with another company" in words(office.slack.answers(office.ana)[-1])
    assert await office.services.digests.enabled() == ()


async def test_a_channel_that_is_shared_while_its_digest_waits_gets_none(office: Office) -> None:
    await _subscribe(office, office.channel, "channel")
    office.slack.fail("chat.postMessage", ServerError())
    assert await _tick(office) == []
    office.slack.backend.workspace.channels[office.channel].is_ext_shared = True

    (missed,) = await _tick(office, minute=1)

    assert "shared with another company" in str(missed.problem)
    assert office.slack.answers(office.channel) == []
    assert await office.services.digests.enabled() == ()


async def test_a_channel_of_which_nobody_knows_who_reads_waits_for_its_digest(
    office: Office,
) -> None:
    await _subscribe(office, office.channel, "channel")
    office.slack.fail("conversations.info", ServerError())

    unknown = await _tick(office)
    assert (unknown, office.slack.answers(office.channel)) == ([], [])
    sent = await _tick(office, minute=6)

    assert [one.state for one in sent] == ["sent"]


async def test_an_archived_channels_digest_is_turned_off_and_its_owner_told(
    office: Office,
) -> None:
    await _subscribe(office, office.channel, "channel")
    office.slack.fail("chat.postMessage", Refused("is_archived"))

    (missed,) = await _tick(office)

    assert "archived" in str(missed.problem)
    assert "archived" in words(office.slack.answers(office.ana)[-1])
    assert await office.services.digests.enabled() == ()


async def test_one_persons_trouble_does_not_keep_the_others_digest_back(office: Office) -> None:
    await _subscribe(office)
    await office.services.digests.subscribe(
        channel="UNOBODY",
        kind="person",
        csm_id="ben",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=BEFORE,
    )

    done = await _tick(office)

    assert sorted(one.state for one in done) == ["missed", "sent"]


async def test_a_letter_that_cannot_be_read_does_not_keep_the_others_digest_back(
    office: Office,
) -> None:
    await _subscribe(office)
    channels = office.services.digests
    other = await _subscribe(office, office.channel, "channel")
    claimed = await channels.claim(other.id, date(2026, 11, 20), now=EIGHT_IN_BERLIN)
    assert claimed is not None
    letter = Letter(claimed.key, "post", {"of": "another version"})
    more: dict[str, Any] = {"items": (), "content": {}, "told": ()}
    assert await channels.queue(claimed, letter, now=EIGHT_IN_BERLIN, **more)

    done = await _tick(office)

    assert [one.state for one in done] == ["sent"]
    assert len(office.slack.answers(office.ana)) == 1
