"""A digest is set by a form: when, which days, where, what it holds, and a pause."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.calendar import Absence
from storage.digests import Subscription
from tests.scenarios.office import Json, Office, actions, words


async def _open(office: Office, text: str = "/steward digest", channel: str | None = None) -> Json:
    await office.slack.command(office.ana, text, channel)
    await office.app.settle()
    view = office.slack.open_view(office.ana)
    assert view is not None
    return view


async def _own(office: Office) -> Subscription:
    kept = await office.services.digests.for_csm("ana")
    assert kept is not None
    return kept


async def test_the_command_opens_the_form_and_what_it_says_is_kept(office: Office) -> None:
    view = await _open(office)
    assert "In your own time zone, Europe/Berlin" in str(view)

    wrong = await office.submit(
        office.ana,
        time="07:30",
        days=["1", "3"],
        holds=["protect", "changes"],
        holidays="none",
    )

    kept = await _own(office)
    assert wrong == {}
    assert (kept.local_time, kept.timezone, kept.weekdays) == (
        "07:30",
        "Europe/Berlin",
        frozenset({1, 3}),
    )
    assert (kept.holidays, kept.holds) == ("none", frozenset({"protect", "changes"}))
    home = office.slack.home(office.ana)
    assert home is not None
    assert "Mon and Wed at 07:30 (Europe/Berlin)." in words(home)


async def test_a_pause_rests_the_digest_and_the_form_shows_it(office: Office) -> None:
    back = office.clock().date() + timedelta(days=9)
    await _open(office)
    await office.submit(office.ana, back=back.isoformat())

    away = await office.services.digests.away("ana")
    again = await _open(office)

    assert away is not None
    assert away.back == back
    assert f"'initial_date': '{back.isoformat()}'" in str(again)
    await office.submit(office.ana, back=None)
    ended = await office.services.digests.away("ana")
    assert ended is not None
    assert ended.back <= office.clock().date() + timedelta(days=1)


async def test_an_absence_to_come_stays_when_the_form_is_saved_for_something_else(
    office: Office,
) -> None:
    today = office.clock().date()
    coming = Absence(today + timedelta(days=5), today + timedelta(days=12))
    await office.services.digests.go_away("ana", coming, now=office.clock())

    await _open(office)
    await office.submit(office.ana, time="09:00")

    assert await office.services.digests.away("ana") == coming


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("back", date(2026, 1, 2).isoformat(), "Choose a day after today"),
        ("back", date(2036, 1, 2).isoformat(), "within the next twelve months"),
        ("days", [], "complete this required field"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    office: Office, field: str, value: Any, says: str
) -> None:
    await _open(office)

    wrong = await office.submit(office.ana, **{field: value})

    assert says in wrong[field]
    assert await office.services.digests.for_csm("ana") is None


async def test_in_a_channel_where_steward_is_the_command_sets_the_channels_digest(
    office: Office,
) -> None:
    view = await _open(office, channel=office.channel)
    assert f"<#{office.channel}>" in words(view)
    assert await office.submit(office.ana, zone="Berlin") == {
        "zone": "I do not know that time zone. Write it like Europe/Berlin or America/New_York."
    }

    await office.submit(office.ana, zone="America/New_York", time="09:00")

    kept = await office.services.digests.for_channel(office.channel)
    assert kept is not None
    assert (kept.timezone, kept.local_time, kept.kind) == ("America/New_York", "09:00", "channel")
    assert await office.services.digests.for_csm("ana") is None


async def test_where_steward_is_no_member_the_command_is_about_ones_own(office: Office) -> None:
    elsewhere = office.slack.add_channel("elsewhere", [office.ana], with_app=False)

    view = await _open(office, channel=elsewhere)

    assert "I am no member of that channel" in words(view)


async def test_a_channel_is_chosen_in_the_form_if_steward_is_there_and_nobody_elses_company(
    office: Office,
) -> None:
    elsewhere = office.slack.add_channel("elsewhere", [office.ana], with_app=False)
    shared = office.slack.add_channel("shared", [office.ana])
    office.slack.backend.workspace.channels[shared].is_ext_shared = True
    await _open(office)

    no_member = await office.submit(office.ana, room=elsewhere)
    outside = await office.submit(office.ana, room=shared)
    taken = await office.submit(office.ana, room=office.channel)

    assert "Invite me" in no_member["room"]
    assert "Another company" in outside["room"]
    assert taken == {}
    assert await office.services.digests.for_channel(office.channel) is not None
    assert await office.services.digests.for_csm("ana") is None


async def test_a_channels_digest_of_somebody_else_is_not_theirs_to_change(office: Office) -> None:
    await office.services.digests.subscribe(
        channel=office.channel,
        kind="channel",
        csm_id="ben",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=office.clock(),
    )

    await office.slack.command(office.ana, "/steward digest", office.channel)
    await office.app.settle()

    view = office.slack.open_view(office.ana)
    assert view is not None
    assert "That channel" in words(view)
    assert "digest.save" not in str(view)


async def test_the_log_says_what_became_of_each_digest(office: Office) -> None:
    await _open(office)
    await office.submit(office.ana)
    kept = await _own(office)
    yesterday = [office.clock().date() - timedelta(days=1)]
    await office.services.digests.pass_over(
        kept.id, yesterday, state="missed", why="Steward was not running.", now=office.clock()
    )

    assert "missed. Steward was not running." in str(await _open(office))
    await office.slack.open_home(office.ana)
    await office.app.settle()
    home = office.slack.home(office.ana)
    assert home is not None
    assert "Last: " in words(home)
    assert "digest.log" in actions(home)
    await office.click(office.ana, home, "digest.log")
    assert "missed. Steward was not running." in str(office.slack.open_view(office.ana))


async def test_the_log_opens_by_its_own_words(office: Office) -> None:
    empty = await _open(office, "/steward digest log")

    await office.services.digests.subscribe(
        channel=office.ana,
        kind="person",
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=office.clock(),
    )
    yesterday = [office.clock().date() - timedelta(days=1)]
    await office.services.digests.pass_over(
        (await _own(office)).id, yesterday, state="missed", why="It rained.", now=office.clock()
    )
    shown = await _open(office, "/steward Digest Log")

    assert "No digest has come yet" in words(empty)
    assert "missed. It rained." in words(shown)
    assert "digest.save" not in str(shown)


async def test_a_country_that_was_named_in_words_stays_what_it_is(office: Office) -> None:
    await office.services.digests.subscribe(
        channel=office.ana,
        kind="person",
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        holidays="FR",
        now=office.clock(),
    )

    assert "In France" in str(await _open(office))
    await office.submit(office.ana, time="09:00")

    assert (await _own(office)).holidays == "FR"
