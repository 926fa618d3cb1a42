"""Whatever breaks on the way, the person hears of it, all is done in the end, and nothing twice."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

import pytest

from bot.jobs.inbox import INBOX
from bot.jobs.notices import run_due
from bot.jobs.outgoing import OUTGOING
from bot.playground.slack.identity import Timestamps
from bot.playground.slack.trouble import (
    Dropped,
    Hangs,
    RateLimited,
    Refused,
    ServerError,
    Trouble,
)
from storage.database import Database
from storage.tables import Activity
from tests.scenarios.office import Json, Office, actions, open_office, words
from tests.scenarios.test_notices import MONDAY_NOON
from tests.storage.book import row, save

SOON = 0.3
"""Seconds until a call is given up, where Slack says nothing."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person or the clock begins.

    `before` returns what is on the screen first, `do` does it, `done` counts how often it is done
    as far as anybody can see. `meets` are Slack's methods that may fail on the way. `again` says
    that it is not tried again by itself: the person is told, and does it again.
    """

    before: Callable[[Office], Awaitable[Json]]
    do: Callable[[Office, Json], Awaitable[object]]
    done: Callable[[Office, Json], Awaitable[int]]
    meets: tuple[str, ...]
    again: bool = False


async def _nothing(office: Office) -> Json:
    return {}


async def _ask(office: Office, _: Json) -> None:
    await office.slack.say(office.ana, "beta")


async def _mention(office: Office, _: Json) -> None:
    await office.slack.mention(office.ana, office.channel, "beta")


async def _answered(office: Office, _: Json) -> int:
    return sum("recommendation.accept" in actions(one) for one in office.slack.answers(office.ana))


async def _accept(office: Office, shown: Json) -> None:
    await office.slack.click(office.ana, shown, "recommendation.accept")


async def _form(office: Office) -> Json:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.dismiss")
    return shown


async def _dismiss(office: Office, _: Json) -> None:
    view = office.slack.open_view(office.ana)
    assert view is not None
    await office.slack.submit(office.ana, view, {"reason": "wrong_data", "note": "Sarah left"})


async def _decided(office: Office, shown: Json) -> int:
    """Count the decisions, once the card says so too."""
    found = await office.services.recommendations.find(_shown(shown))
    said = words(office.now_shown(shown))
    if "Ana Souza accepted" not in said and "Ana Souza dismissed" not in said:
        return 0
    return sum(len(one.history) for one in found)


def _shown(message: Json) -> list[str]:
    return [block["block_id"].partition(".")[0] for block in message["blocks"]][:1]


async def _open_form(office: Office, shown: Json) -> None:
    await office.slack.click(office.ana, shown, "recommendation.dismiss")


async def _is_open(office: Office, _: Json) -> int:
    view = office.slack.open_view(office.ana)
    return int(view is not None and view["callback_id"] == "recommendation.dismiss")


async def _open_home(office: Office, _: Json) -> None:
    await office.slack.open_home(office.ana)


async def _home(office: Office, _: Json) -> int:
    view = office.slack.home(office.ana)
    return int(view is not None and "Beta Inc" in words(view))


async def _asked_in_channel(office: Office) -> Json:
    await office.slack.mention(office.ana, office.channel, "beta")
    await office.app.settle()
    return office.slack.answers(office.ana)[-1]


async def _share(office: Office, answer: Json) -> None:
    await office.slack.click(office.ana, answer, "answer.share")


async def _shared(office: Office, _: Json) -> int:
    return len(office.slack.answers(office.channel))


async def _called(office: Office) -> Json:
    await office.services.people.link("ana", office.ana, "Europe/Berlin", now=office.clock())
    await office.ask("list")
    at = MONDAY_NOON - timedelta(days=1)
    await save(office.database, row(Activity, customer_id="beta", kind="call", occurred_at=at))
    office.clock.forward((MONDAY_NOON - office.clock()).total_seconds())
    office.slack.backend.timestamps = Timestamps(office.clock)
    return {}


async def _notice(office: Office, _: Json) -> None:
    await run_due(office.app.desk, now=office.clock())


async def _noticed(office: Office, _: Json) -> int:
    return sum("notice.positive" in actions(one) for one in office.slack.answers(office.ana))


QUESTION = Deed(_nothing, _ask, _answered, ("chat.postMessage", "users.info"))
MENTION = Deed(
    _nothing,
    _mention,
    _answered,
    ("conversations.open", "chat.postMessage", "conversations.info", "chat.getPermalink"),
)
ACCEPT = Deed(Office.ask, _accept, _decided, ("chat.update",))
DISMISS = Deed(_form, _dismiss, _decided, ("chat.update",))
FORM = Deed(Office.ask, _open_form, _is_open, ("views.open", "views.update"), again=True)
HOME = Deed(_nothing, _open_home, _home, ("users.info", "views.publish"), again=True)
SHARE = Deed(
    _asked_in_channel,
    _share,
    _shared,
    ("conversations.info", "chat.postMessage", "chat.getPermalink", "chat.update"),
)
NOTICE = Deed(_called, _notice, _noticed, ("chat.postMessage",))
DEEDS = {
    "question": QUESTION,
    "mention": MENTION,
    "accept": ACCEPT,
    "dismiss": DISMISS,
    "form": FORM,
    "home": HOME,
    "share": SHARE,
    "notice": NOTICE,
}

NOT_TAKEN: dict[str, Trouble] = {
    "busy": RateLimited(retry_after=3),
    "broken": ServerError(),
    "away": ServerError(503),
    "hung": Hangs(),
    "internal_error": Refused("internal_error"),
    "token_expired": Refused("token_expired"),
}
TAKEN: dict[str, Trouble] = {"hung_but_took": Hangs(took=True), "dropped_but_took": Dropped()}
PASSING = NOT_TAKEN | TAKEN
ALL = "STEWARD_TEST_EVERY_FAULT"
"""Set it to let every call meet every fault: a minute instead of ten seconds."""


def _rows() -> list[tuple[str, str, str]]:
    """Let each call meet a fault of either kind, in turn, so that all are met several times."""
    met = [(name, method) for name, deed in DEEDS.items() for method in deed.meets]
    if ALL in os.environ:
        return [(*one, fault) for one in met for fault in PASSING]
    kinds = (cycle(NOT_TAKEN), cycle(TAKEN))
    return [(*one, next(faults)) for faults in kinds for one in met]


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    """An office where Slack is in trouble for longer than a call is repeated by itself."""
    async with open_office(sqlite) as opened:
        opened.app.desk.client.retry_handlers = []
        yield opened


@contextmanager
def trouble(office: Office, method: str, fault: Trouble) -> Iterator[None]:
    """Let every call of a method meet trouble inside the block; nobody waits long for answers."""
    desk = office.app.desk
    usual = desk.client.timeout
    office.slack.fail(method, fault, times=100)
    for client in (desk.client, desk.poster):
        client.timeout = SOON  # type: ignore[assignment]  # aiohttp takes parts of a second
    yield
    office.slack.recover()
    desk.client.timeout = desk.poster.timeout = usual


async def later(office: Office, times: int = 2, *, jobs: bool = True) -> None:
    """Let minutes pass and the jobs run, as they do in a process that is well."""
    for _ in range(times):
        office.clock.forward(61)
        for job in (INBOX, OUTGOING) if jobs else ():
            await job.run(office.app.desk)
        await office.app.settle()


def _heard(office: Office) -> int:
    """Count what the person can read: messages, whispers, forms and the Home tab."""
    view, home = office.slack.open_view(office.ana), office.slack.home(office.ana)
    told = [*office.slack.answers(office.ana), *office.slack.ephemerals(office.ana)]
    return len(told) + len(words(view or {})) + len(words(home or {}))


@pytest.mark.parametrize(("name", "method", "fault"), _rows())
async def test_what_slack_does_not_take_for_a_while_is_heard_of_and_done_once(
    office: Office, name: str, method: str, fault: str
) -> None:
    deed = DEEDS[name]
    shown = await deed.before(office)
    seen = _heard(office)
    with trouble(office, method, PASSING[fault]):
        await deed.do(office, shown)
        await office.app.settle()
        told = _heard(office) - seen
        await later(office)
    await later(office)

    if not await deed.done(office, shown):
        assert deed.again
        # Where Slack does not take the Home tab, there is no place to say so.
        assert told or method == "views.publish"
        await deed.do(office, shown)  # as the sentence says
        await office.app.settle()
    assert await deed.done(office, shown) == 1
