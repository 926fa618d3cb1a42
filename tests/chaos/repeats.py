"""Bring everything several times, in any order, and have two people press at once."""

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from sqlalchemy import text

from bot.playground.slack import LocalSlack, events
from bot.playground.slack.methods.chat import store
from bot.playground.slack.methods.conversations import direct
from bot.playground.slack.refusals import NotAnswered
from storage.database import Database
from storage.sources.demo.people import MANAGER
from tests.chaos.herd import free_port, herd
from tests.chaos.kills import book, environment, prepare, until_quiet
from tests.chaos.town import AnyReplica, Json, Town, verbs

AT_ONCE = 50
ACCEPT, UNDO = "recommendation.accept", "recommendation.undo"


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of events that were brought again and again, and of two people on one card."""

    deliveries: int
    refused: int
    events: int
    answers: int
    races: int
    decisions: int
    told: int

    def __str__(self) -> str:
        return (
            f"{self.deliveries} deliveries of {self.events} events: {self.answers} answers, "
            f"{self.refused} not acknowledged\n{self.races} races of two people on one card: "
            f"{self.decisions} decisions, {self.told} told that they were late"
        )

    @property
    def is_clean(self) -> bool:
        """Tell whether each had one effect."""
        once = (self.events, self.races, 0) == (self.answers, self.decisions, self.refused)
        return once and self.told == self.races


async def repeat(
    url: str, home: Path, *, events: int, races: int, replicas: int, seed: int = 0
) -> Repeated:
    """Bring `events` events ten times each, and let two people accept `races` cards at once."""
    dice, database = random.Random(seed), Database(url)
    await prepare(database)
    ports = tuple(free_port() for _ in range(replicas))
    patience = aiohttp.ClientTimeout(total=60.0)
    async with LocalSlack().serving() as slack, aiohttp.ClientSession(timeout=patience) as session:
        slack.deliver_to(AnyReplica(session, ports, dice))
        town = Town(slack, dice, await book(database))
        town.settle()
        async with herd(environment(url, slack), home / "steward.log") as running:
            await asyncio.gather(*(running.start(port) for port in ports))
            envelopes = [_envelope(town, "help") for _ in range(events)]
            refused = await _bring(town, envelopes * 10)
            await until_quiet(database)
            replies = [key for key in town.answers() if key.startswith("reply:Ev")]
            answers = sum(town.answers()[key] for key in replies)
            raced, told = await _race(town, database, races)
            await until_quiet(database)
        async with database.read() as session_:
            decisions = await session_.scalar(
                text("select count(*) from decisions where request_key like 'click:%'")
            )
    await database.close()
    return Repeated(events * 10, refused, events, answers, raced, int(decisions or 0), told)


def _envelope(town: Town, said: str, user: str = "") -> Json:
    user = user or town.dice.choice(list(town.people))
    channel = direct(town.slack.backend, user)
    message = events.typed_message(town.slack.backend, user, said, "")
    store(town.slack.backend, channel, message)
    event = events.message_event(town.slack.backend, channel, message)
    return events.envelope(town.slack.backend, event)


async def _bring(town: Town, envelopes: list[Json]) -> int:
    """Bring events in any order, many at once; return how many deliveries were refused."""
    town.dice.shuffle(envelopes)
    room, refused = asyncio.Semaphore(AT_ONCE), 0

    async def bring(envelope: Json) -> None:
        nonlocal refused
        async with room:
            try:
                await town.slack.mail.event(envelope)
            except NotAnswered:
                refused += 1

    await asyncio.gather(*(bring(one) for one in envelopes))
    return refused


async def _race(town: Town, database: Database, races: int) -> tuple[int, int]:
    """Let an owner and the manager press the same button of the same card at once, many times.

    Return how many races there were, and how often somebody was told to have been late.
    """
    manager = next(user for user, email in town.people.items() if email == MANAGER.email)
    pairs = [
        (owner, account)
        for owner, email in town.people.items()
        if email != MANAGER.email
        for account in town.book[email]
    ]
    for owner, account in pairs:
        said = f"what should I do next for {account}?"
        await _bring(town, [_envelope(town, said, owner), _envelope(town, said, manager)])
    await until_quiet(database)
    pairs = [
        (owner, account)
        for owner, account in pairs
        if all(ACCEPT in verbs(_card(town, user, account)) for user in (owner, manager))
    ]
    raced = 0
    while raced < races:
        here = pairs[: races - raced]
        verb = ACCEPT if raced // len(pairs) % 2 == 0 else UNDO
        both = [(user, account) for owner, account in here for user in (owner, manager)]
        await asyncio.gather(*(_press(town, user, account, verb) for user, account in both))
        await until_quiet(database)
        raced += len(here)
    return raced, sum(len(town.slack.ephemerals(user)) for user in town.people)


async def _press(town: Town, user: str, account: str, verb: str) -> None:
    await town.slack.click(user, _card(town, user, account), verb)


def _card(town: Town, user: str, account: str) -> Json:
    """Return the message about an account as it is shown to somebody."""
    shown = (one for one in town.slack.answers(user) if account in one["text"])
    return next(shown, {})
