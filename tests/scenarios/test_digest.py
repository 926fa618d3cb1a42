"""The morning digest: once, at its hour, in its reader's time zone, or a reason why not."""

import asyncio
from datetime import UTC, datetime

from bot.jobs.digest import run_due
from bot.playground.slack.trouble import Dropped, RateLimited, Refused
from core.errors import PortfolioEmpty
from storage.deliveries import Delivery
from storage.digests import Kind, Subscription
from tests.scenarios.office import Office, actions, words

BEFORE = datetime(2026, 11, 19, 12, tzinfo=UTC)
EIGHT_IN_BERLIN = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


async def _subscribe(office: Office, channel: str = "", kind: Kind = "person") -> Subscription:
    await office.services.people.link("ana", office.ana, "Europe/Berlin")
    return await office.services.digests.subscribe(
        channel=channel or office.ana,
        kind=kind,
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=BEFORE,
    )


async def _tick(office: Office, hour: int = 7, minute: int = 0) -> list[Delivery]:
    now = EIGHT_IN_BERLIN.replace(hour=hour, minute=minute)
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


async def test_after_noon_a_morning_digest_is_recorded_as_missed(office: Office) -> None:
    await _subscribe(office)

    (missed,) = await _tick(office, hour=11, minute=30)

    assert missed.state == "missed"
    assert "08:00" in str(missed.problem)
    assert office.slack.answers(office.ana) == []
    assert await _tick(office, hour=12) == []


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


async def test_a_digest_whose_fate_is_unknown_is_not_sent_again(office: Office) -> None:
    await _subscribe(office)
    office.slack.fail("chat.postMessage", Dropped())

    (missed,) = await _tick(office)
    again = await _tick(office, minute=1)

    assert missed.state == "missed"
    assert again == []
    assert len(office.slack.answers(office.ana)) == 1


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
