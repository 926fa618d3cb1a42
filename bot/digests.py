"""When a digest is due in its reader's own day, and what is on it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.answers import Answer
from bot.cards.digest import digest_answer, empty_answer
from bot.cards.top import question
from bot.sentences import sentence
from bot.tools.tool import Asker
from core.errors import PortfolioEmpty
from storage.digests import Scope, Subscription
from storage.people import Csm

if TYPE_CHECKING:
    from bot.services import Services

TOP = 5
_LATEST = time(12)
_PATIENCE = timedelta(hours=4)
_ASKED = {"Your": "my", "The team's": "the team's"}
"""A digest's owner in its heading, and in the question that brings more of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A digest whose time has come; `late` when that is so long ago that it is of no use."""

    local_date: date
    late: bool


def due(subscription: Subscription, now: datetime) -> Due | None:
    """Return what is due on the reader's own date; None before its time.

    A digest that was set up after today's time begins tomorrow. A morning digest is of use until
    noon, a later one for four hours.
    """
    zone = ZoneInfo(subscription.timezone)
    today = now.astimezone(zone).date()
    wanted = time.fromisoformat(subscription.local_time)
    begins = instant(today, wanted, zone)
    if now < begins or begins < subscription.changed_at:
        return None
    ends = max(instant(today, _LATEST, zone), begins + _PATIENCE)
    return Due(today, late=now > ends)


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time: the first of two, the next that exists if none does."""
    local = datetime.combine(on, at)
    while not _exists(local, zone):
        local += timedelta(minutes=1)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


async def compose(services: "Services", subscription: Subscription, *, now: datetime) -> Answer:
    """Return today's digest for a subscription; what it shows is stored."""
    csm = await services.people.get(subscription.csm_id)
    asker = Asker(
        csm=replace(csm, timezone=subscription.timezone),
        now=now,
        request_key=f"digest:{subscription.id}:{now.date()}",
        channel=subscription.channel,
    )
    return await _compose(
        services, asker, subscription.scope, to_self=subscription.kind == "person", store=True
    )


async def preview(services: "Services", csm: Csm, now: datetime) -> Answer:
    """Return the digest a person would get at this moment, without storing anything."""
    asker = Asker(csm=csm, now=now, request_key=f"preview:{csm.id}")
    return await _compose(services, asker, scope_of(csm), to_self=True, store=False)


def scope_of(csm: Csm) -> Scope:
    """Return whose accounts a person's digest is about: a CSM's own, anybody else's team's."""
    return "me" if csm.role == "csm" else "team"


async def _compose(
    services: "Services", asker: Asker, scope: Scope, *, to_self: bool, store: bool
) -> Answer:
    try:
        top = await services.advisor.top(asker, owner=scope, limit=TOP, store=store)
    except PortfolioEmpty as error:
        return empty_answer(sentence(error), today=asker.today)
    whose = "Your" if to_self else f"{asker.csm.name}'s"
    if scope == "team":
        whose = "The team's"
    return digest_answer(
        top.recommendations,
        whose=whose,
        today=asker.today,
        now=asker.now,
        total=top.total,
        missing=top.missing,
        asked=question(_ASKED.get(whose, whose)),
    )


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None) == local
