"""The database is away: the person hears of it, or Slack brings it again; nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.playground.slack.refusals import NotAnswered
from bot.playground.slack.trouble import Slow
from storage.database import Database
from tests.postgres import Postgres
from tests.scenarios.office import Json, Office, open_office, words
from tests.scenarios.test_faults import DEEDS, later
from tests.storage.door import Door, door
from tests.storage.test_faults import break_file, mend_file

AWAY = "I cannot reach my data at the moment"


@asynccontextmanager
async def _away(office: Office, fault: str = "locked") -> AsyncIterator[None]:
    """Let nothing be written inside the block."""
    other = await break_file(office.database, fault)
    yield
    await mend_file(office.database, fault, other)


@pytest.mark.parametrize("fault", ["locked", "readonly"])
@pytest.mark.parametrize("name", ["question", "mention"])
async def test_what_cannot_be_kept_is_not_acknowledged_and_done_when_slack_brings_it_again(
    office: Office, name: str, fault: str
) -> None:
    deed = DEEDS[name]
    async with _away(office, fault):
        with pytest.raises(NotAnswered) as refused:
            await deed.do(office, {})
        await office.app.settle()
    assert refused.value.status == 503

    for _ in range(2):
        await office.slack.redeliver(office.slack.mail.events[0])
        await later(office)

    assert await deed.done(office, {}) == 1


@pytest.mark.parametrize("name", ["accept", "share"])
async def test_a_click_that_cannot_be_kept_is_said_and_can_be_repeated(
    office: Office, name: str
) -> None:
    deed = DEEDS[name]
    shown = await deed.before(office)
    async with _away(office):
        await deed.do(office, shown)
        await later(office, jobs=False)
    assert AWAY in office.whispers(office.ana)[-1]
    assert await deed.done(office, shown) == 0

    await deed.do(office, shown)
    await later(office)

    assert await deed.done(office, shown) == 1


async def test_a_form_that_cannot_be_kept_stays_open_with_what_was_entered(office: Office) -> None:
    deed = DEEDS["dismiss"]
    shown = await deed.before(office)
    async with _away(office):
        wrong = await office.submit(office.ana, reason="wrong_data", note="Sarah left")
    assert AWAY in wrong["reason"]

    assert await office.submit(office.ana, reason="wrong_data", note="Sarah left") == {}

    assert await deed.done(office, shown) == 1


async def test_a_command_and_a_shortcut_that_cannot_be_kept_are_told_of(office: Office) -> None:
    written = await office.slack.say(office.ben, "Beta Inc", office.channel)
    async with _away(office):
        await office.slack.command(office.ana, "/steward beta", office.channel)
        await office.slack.shortcut(office.ana, written, "account.next")
    form = office.slack.open_view(office.ana)

    assert AWAY in office.whispers(office.ana)[-1]
    assert form is not None
    assert AWAY in words(form)


async def test_the_home_tab_says_so_and_is_there_when_it_is_opened_again(office: Office) -> None:
    deed = DEEDS["home"]
    async with _away(office):
        await deed.do(office, {})
        await office.app.settle()
        assert AWAY in words(office.slack.home(office.ana) or {})

    await deed.do(office, {})
    await office.app.settle()

    assert await deed.done(office, {}) == 1


async def test_a_notice_waits_for_the_database(office: Office) -> None:
    deed = DEEDS["notice"]
    await deed.before(office)
    async with _away(office):
        with pytest.raises(Exception, match="locked"):
            await deed.do(office, {})

    for _ in range(2):
        await deed.do(office, {})
        await later(office)

    assert await deed.done(office, {}) == 1


@pytest.mark.parametrize("method", ["users.info", "chat.postMessage"])
async def test_what_loses_the_database_in_the_middle_is_taken_up_and_done_once(
    office: Office, method: str
) -> None:
    released = await _stopped_at(office, method)
    async with _away(office):
        released.set()
        await office.app.settle()

    await later(office)

    assert await DEEDS["question"].done(office, {}) == 1


@pytest.fixture
async def restarted(postgres: Postgres | None) -> AsyncIterator[tuple[Door, Office]]:
    """An office over a PostgreSQL server that may be away for a while."""
    if postgres is None:
        pytest.skip("no PostgreSQL server answers at STEWARD_TEST_POSTGRES")
    url = postgres.take()
    async with door(url) as (way, through):
        database = Database(through)
        async with open_office(database) as opened:
            yield way, opened
        await database.close()
    postgres.give_back(url)


async def test_after_a_restart_of_the_server_all_that_came_is_done_once(
    restarted: tuple[Door, Office],
) -> None:
    way, office = restarted
    shown = await office.ask()
    await way.shut()
    with pytest.raises(NotAnswered):
        await office.slack.say(office.ana, "list")
    await _accept(office, shown)
    assert AWAY in office.whispers(office.ana)[-1]
    await way.open()

    await office.slack.redeliver(office.slack.mail.events[-1])
    await _accept(office, shown)
    await later(office)

    assert "Your top actions" in words(office.slack.answers(office.ana)[-1])
    assert len(office.slack.answers(office.ana)) == 2
    assert await DEEDS["accept"].done(office, shown) == 1


@pytest.mark.parametrize("method", ["users.info", "chat.postMessage"])
async def test_a_restart_of_the_server_in_the_middle_loses_and_doubles_nothing(
    restarted: tuple[Door, Office], method: str
) -> None:
    way, office = restarted
    released = await _stopped_at(office, method)
    await way.shut()
    released.set()
    await office.app.settle()
    await way.open()

    await later(office)

    assert await DEEDS["question"].done(office, {}) == 1


async def _accept(office: Office, shown: Json) -> None:
    await DEEDS["accept"].do(office, shown)
    await office.app.settle()


async def _stopped_at(office: Office, method: str) -> asyncio.Event:
    """Ask, and return what lets the call go on that the answer waits for."""
    waits = Slow(asyncio.Event())
    office.slack.fail(method, waits)
    await office.slack.say(office.ana, "beta")
    await waits.met.wait()
    return waits.released
