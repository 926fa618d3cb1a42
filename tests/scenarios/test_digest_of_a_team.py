"""A manager's first digest of a week, and a channel's: by owner, with nobody called by name."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digests.round import run_due
from core.calendar import instant
from storage.digests import Kind
from tests.scenarios.office import Json, words
from tests.scenarios.person import Person, seated

BERLIN = ZoneInfo("Europe/Berlin")
EVERY_DAY = frozenset(range(1, 8))


@pytest.fixture
async def mara(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Mara") as person:
        yield person


async def _digest(mara: Person, place: str, kind: Kind, at: datetime, **more: object) -> Json:
    services = mara.app.desk.services
    csm = await services.people.by_email("mara@steward.example")
    await services.people.link(csm.id, mara.id, "Europe/Berlin", now=mara.clock())
    await services.digests.subscribe(
        channel=place,
        kind=kind,
        csm_id=csm.id,
        scope="team",
        timezone="Europe/Berlin",
        local_time="08:00",
        weekdays=EVERY_DAY,
        holidays="none",
        now=at - timedelta(hours=2),
        **more,  # type: ignore[arg-type]
    )
    mara.clock.forward((at - mara.clock()).total_seconds())
    done = await run_due(mara.app.desk, now=mara.clock())
    assert [one.state for one in done] == ["sent"]
    return mara.slack.messages(str(done[0].channel))[-1]


def _monday(mara: Person) -> datetime:
    today = mara.clock().astimezone(BERLIN).date()
    monday = today + timedelta(days=7 - today.weekday())
    return instant(monday, time(8, 30), BERLIN)


async def test_the_first_of_a_week_tells_a_leader_what_was_done_and_who_was_left_alone(
    mara: Person,
) -> None:
    shown = words(await _digest(mara, mara.id, "person", _monday(mara)))

    assert "The team's week ahead, Mon" in shown
    assert "*Done in the week of Mon" in shown
    assert "*Protect*" in shown
    assert "*Grow*" not in shown
    assert "without a call, mail, meeting or decision" in shown
    assert re.search(r"due .* · (?:Ana Souza|Ben Carter|Chloe Martin|Dev Patel)", shown)


async def test_the_other_days_have_the_usual_list(mara: Person) -> None:
    await _digest(mara, mara.id, "person", _monday(mara))
    mara.clock.forward(86_400)

    (sent,) = await run_due(mara.app.desk, now=mara.clock())

    assert sent.state == "sent"
    assert "week ahead" not in words(mara.slack.answers(mara.id)[-1])
    assert "The team's top 5 actions for Tue" in words(mara.slack.answers(mara.id)[-1])


async def test_a_channels_is_by_owner_and_calls_nobody(mara: Person) -> None:
    channel = mara.slack.add_channel("team", [mara.id])
    holds = ["owe", "protect", "grow", "close", "changes"]

    shown = await _digest(mara, channel, "channel", _monday(mara), holds=holds)

    owners = ("Ana Souza", "Ben Carter", "Chloe Martin", "Dev Patel")
    titles = [words(shown).count(f"*{name}*") for name in owners]
    assert set(titles) <= {0, 1}
    assert sum(titles) >= 2
    assert "<@" not in str(shown["blocks"])
    assert "<!" not in str(shown["blocks"])


async def test_a_channel_is_not_told_whose_accounts_nobody_looked_at(mara: Person) -> None:
    channel = mara.slack.add_channel("team", [mara.id])

    shown = await _digest(mara, channel, "channel", _monday(mara))

    assert "*Done in the week of Mon" in words(shown)
    assert "Nobody looked at" not in str(shown)
