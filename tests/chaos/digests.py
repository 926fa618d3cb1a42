"""A year of digests over many time zones, with outages, killed rounds and a Slack that stumbles.

Two replicas work through simulated time, the real rounds over a real database and the stand-in for
Slack. Afterwards each subscription's days are counted by rules that share nothing with the code.
"""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from slack_sdk.web.async_client import AsyncWebClient

from bot.countries import country_of
from bot.desk import Desk
from bot.digests.round import run_due
from bot.outgoing import deliver_due
from bot.playground.slack import LocalSlack
from bot.playground.slack.trouble import Dropped, RateLimited, ServerError
from bot.services import build
from bot.settings import Settings
from storage.database import Database
from storage.delivery import Delivery
from storage.digests import Subscription
from storage.schema import migrate
from storage.tables import Csm

ZONES = (
    *("Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Helsinki"),
    *("Europe/Istanbul", "Europe/Chisinau", "Atlantic/Azores", "Atlantic/Reykjavik"),
    *("Africa/Casablanca", "Africa/Cairo", "Africa/Lagos", "Africa/Johannesburg"),
    *("Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Tehran", "Asia/Kabul", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Asia/Yangon", "Asia/Shanghai", "Asia/Tokyo", "Asia/Singapore"),
    *("Australia/Lord_Howe", "Australia/Adelaide", "Australia/Eucla", "Australia/Sydney"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati"),
    *("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Havana"),
    *("America/Santiago", "America/Sao_Paulo", "America/Nuuk", "Antarctica/Troll"),
)
HOURS = ("08:00", "01:30", "02:30", "00:15", "07:45", "09:30", "16:00", "23:30")
"""Some in the middle of what clocks leave out or repeat."""

MINUTES = (5, 75)
"""Between two rounds pass so many minutes."""

SURE = timedelta(minutes=50)
"""With so much left of a turn, one undisturbed round is enough, whatever was in its way before."""


@dataclass(frozen=True, slots=True)
class Year:
    """What came of it: working days, digests by how they ended, and everything that was wrong."""

    days: int
    ended: Counter[str]
    messages: int
    rounds: int
    killed: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        ended = ", ".join(f"{count} {state}" for state, count in sorted(self.ended.items()))
        lines = [
            f"{self.days} working days of subscriptions: {ended}; {self.messages} messages",
            f"{self.rounds} rounds, {self.killed} of them killed; {len(self.wrong)} days wrong",
        ]
        return "\n".join([*lines, *self.wrong[:20]])

    @property
    def is_clean(self) -> bool:
        """Tell whether every working day had exactly one digest, or was reported missed."""
        return self.days > 0 and not self.wrong


@dataclass(slots=True)
class _World:
    """Simulated time, what was run in it, and the replicas."""

    now: datetime
    dice: random.Random
    slack: LocalSlack
    calm: list[datetime] = field(default_factory=list)
    rounds: int = 0
    killed: int = 0
    kills: dict[datetime, datetime] = field(default_factory=dict)

    def before_a_kill(self, arrived: datetime) -> datetime:
        """Return when a message may have been sent: a killed round's can arrive after its end."""
        stamped = arrived.replace(microsecond=0)
        return next((at for at, after in self.kills.items() if stamped == after), arrived)


async def simulate(
    url: str, *, begins: date, days: int, zones: int = len(ZONES), seed: int = 0
) -> Year:
    """Live through so many days from the one that `begins`."""
    world = _World(
        datetime.combine(begins, time(), UTC) - timedelta(days=1),
        random.Random(seed),
        LocalSlack(clock=lambda: world.now),
    )
    ends = world.now + timedelta(days=days)
    async with world.slack.serving() as slack:
        desks = [_desk(url, slack, world) for _ in range(2)]
        database = desks[0].services.database
        await migrate(database)
        await _subscribe(desks[0], ZONES[:zones], world)
        while world.now < ends:
            at, killed = world.now, world.killed
            await _step(desks, world)
            world.now = (world.now + _pause(world.dice)).replace(microsecond=0)
            if world.killed > killed:
                world.kills[at] = world.now
        await _calmly(desks[0], world)
        found = await _judged(desks[0], world)
        for desk in desks:
            await desk.services.database.close()
    return found


def _desk(url: str, slack: LocalSlack, world: _World) -> Desk:
    services = build(Settings(database_url=url), clock=lambda: world.now)
    return Desk.over(services, AsyncWebClient(token=slack.token, base_url=slack.api_url))


async def _subscribe(desk: Desk, zones: tuple[str, ...], world: _World) -> None:
    for zone, at in zip(zones, itertools.cycle(HOURS), strict=False):
        email = f"{zone.replace('/', '.').lower()}@steward.example"
        user = world.slack.add_user(zone, email=email, tz=zone)
        await _add(desk.services.database, zone, email)
        await desk.services.people.link(zone, user, zone, now=world.now)
        await desk.services.digests.subscribe(
            channel=user,
            kind="person",
            csm_id=zone,
            timezone=zone,
            local_time=at,
            now=world.now,
        )


async def _add(database: Database, zone: str, email: str) -> None:
    async with database.write() as session:
        session.add(Csm(id=zone, name=zone, email=email, source="chaos", source_id=zone))


def _pause(dice: random.Random) -> timedelta:
    """Return how long nobody works: mostly minutes, now and then hours or days."""
    fate = dice.random()
    if fate < 0.0008:
        return timedelta(hours=dice.uniform(12, 80))
    if fate < 0.01:
        return timedelta(hours=dice.uniform(1, 8))
    return timedelta(minutes=dice.uniform(*MINUTES))


async def _step(desks: list[Desk], world: _World) -> None:
    """Run a round in one or both replicas: undisturbed, with a stumbling Slack, or killed."""
    fate = world.dice.random()
    world.rounds += 1
    if fate < 0.1:
        trouble = world.dice.choice((Dropped(), RateLimited(30), ServerError(503)))
        world.slack.fail("chat.postMessage", trouble)
        await asyncio.gather(*(run_due(desk, now=world.now) for desk in desks))
    elif fate < 0.2:
        await _killed(desks[0], world)
    elif fate < 0.4:
        await asyncio.gather(*(run_due(desk, now=world.now) for desk in desks))
        await deliver_due(desks[1])
    else:
        await _calmly(world.dice.choice(desks), world)


async def _calmly(desk: Desk, world: _World) -> None:
    world.slack.backend.troubles.over()
    await run_due(desk, now=world.now)
    await deliver_due(desk)
    world.calm.append(world.now)


async def _killed(desk: Desk, world: _World) -> None:
    """End a round somewhere in its middle."""
    running = asyncio.create_task(run_due(desk, now=world.now))
    await asyncio.wait({running}, timeout=world.dice.uniform(0.001, 0.05))
    world.killed += not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _judged(desk: Desk, world: _World) -> Year:
    sent = _messages(world.slack)
    ended: Counter[str] = Counter()
    wrong: list[str] = []
    days = 0
    for one in await desk.services.digests.enabled():
        kept = {each.local_date: each for each in await desk.services.digests.log(one.id, most=999)}
        wanted = [day for day in _working(one, world) if _begin(one, day) <= world.now]
        days += len(wanted)
        ended.update(each.state for each in kept.values())
        wrong += [f"{one.csm_id} {day}: came on a day off" for day in kept.keys() - set(wanted)]
        wrong += [
            f"{one.csm_id} {day}: {fault}"
            for day in wanted
            if (fault := _fault(one, day, kept.get(day), sent, world))
        ]
    total = sum(count for key, count in sent.items() if key.startswith("digest:"))
    return Year(days, ended, total, world.rounds, world.killed, tuple(wrong))


def _fault(
    one: Subscription, day: date, kept: Delivery | None, sent: Counter[str], world: _World
) -> str:
    """Return what is wrong with one subscription's working day; nothing when all is well."""
    came = sent[f"digest:{one.id}:{day}"]
    if kept is None:
        return "neither sent nor reported missed"
    if (kept.state, came) not in (("sent", 1), ("missed", 0)):
        return f"{kept.state}, with {came} messages"
    begins, ends = _begin(one, day), _end(one, day)
    had_time = any(begins <= at <= ends - SURE for at in world.calm)
    if kept.state == "missed":
        return f"missed though there was time: {kept.problem}" if had_time else ""
    arrived = datetime.fromtimestamp(float(str(kept.ts)), UTC)
    may_be = (arrived, world.before_a_kill(arrived))
    return "" if any(begins <= at <= ends for at in may_be) else f"arrived at {arrived}"


def _messages(slack: LocalSlack) -> Counter[str]:
    """Count what lies in Slack by the key that each message carries."""
    held = slack.backend.workspace.messages.values()
    return Counter(
        message["metadata"]["event_payload"]["delivery_id"]
        for messages in held
        for message in messages.values()
        if message.get("metadata")
    )


def _working(one: Subscription, world: _World) -> Iterator[date]:
    """Yield the reader's working days, as a calendar on the wall has them."""
    code, day = country_of(one.csm_id), one.begins
    off = holidays.country_holidays(code) if code else {}
    while day <= world.now.astimezone(ZoneInfo(one.csm_id)).date():
        if day.weekday() < 5 and day not in off:
            yield day
        day += timedelta(days=1)


def _begin(one: Subscription, day: date) -> datetime:
    """Return the first moment at which a clock in the zone shows the hour, or is past it."""
    wanted = datetime.combine(day, time.fromisoformat(one.local_time))
    zone = ZoneInfo(one.csm_id)
    moment = wanted.replace(tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=15)
    return moment


def _end(one: Subscription, day: date) -> datetime:
    """Return until when it may arrive: noon, or four hours, by eight, an hour at night."""
    begins, zone = _begin(one, day), ZoneInfo(one.csm_id)
    noon, evening = (datetime.combine(day, time(hour), zone) for hour in (12, 20))
    late = max(evening.astimezone(UTC), begins + timedelta(hours=1))
    return max(noon.astimezone(UTC), min(begins + timedelta(hours=4), late))
