"""How the accounts without a story of their own are doing: most are calm, some are not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from storage.sources.demo.people import person
from storage.sources.demo.progress import MILESTONES
from storage.sources.demo.sketch import Company, Deal, Milestone, OpenTicket, Qbr, Risk, Sketch

Mood = Callable[[Sketch, Random], Sketch]


def calm(company: Company, rng: Random) -> Sketch:
    """Return an account on which no signal of trouble or growth fires."""
    contact = rng.randint(2, 13)
    return Sketch(
        company,
        champion=person(rng, "champion"),
        sponsor=person(rng, "executive_sponsor"),
        terms=rng.randint(2, 4),
        renewal_in=rng.randint(100, 340),
        health=rng.randint(70, 79),
        health_week=rng.choice((-2, -1, 0, 0, 1, 2)),
        health_month=rng.randint(-3, 4),
        usage_change=rng.uniform(-5, 7),
        seat_use=rng.uniform(0.6, 0.86),
        adoption=rng.uniform(0.5, 0.85),
        champion_silent=rng.randint(1, 5),
        contact_days=contact,
        sponsor_silent=rng.randint(16, 50),
        value_days=rng.randint(contact + 3, 78),
        qbr=_next_qbr(rng),
        check_in=rng.randint(3, 24) if rng.random() < 0.4 else None,
        milestone=Milestone(rng.randint(60, 160), rng.choice(MILESTONES)),
        feedback_days=rng.randint(20, 150),
    )


def mooded(sketch: Sketch, rng: Random) -> Sketch:
    """Return the account in a mood drawn from how often each occurs."""
    return rng.choice(_DECK)(sketch, rng)


def shuffled(rng: Random) -> Iterator[Mood]:
    """Yield moods without end, so that every dozen accounts see each of them."""
    while True:
        yield from rng.sample(_DECK, len(_DECK))


def _steady(sketch: Sketch, rng: Random) -> Sketch:
    del rng
    return sketch


def _growing(sketch: Sketch, rng: Random) -> Sketch:
    seats = rng.choice((10, 20, 30))
    amount = round(sketch.company.arr * rng.uniform(0.1, 0.3), -3)
    deal = Deal(f"{seats} more seats", "seats", "Seats", "discovery", int(amount), 22, 85)
    return replace(
        sketch,
        health=rng.randint(82, 93),
        health_month=rng.randint(2, 6),
        usage_change=rng.uniform(5, 12),
        seat_use=rng.uniform(0.84, 0.94),
        deals=(deal,),
    )


def _slipping(sketch: Sketch, rng: Random) -> Sketch:
    return replace(
        sketch,
        health=rng.randint(48, 63),
        health_week=-rng.randint(2, 6),
        health_month=-rng.randint(9, 18),
        usage_change=-rng.uniform(9, 24),
        risks=(Risk(rng.randint(3, 20), "usage_drop", "high", "Usage falls week after week"),),
    )


def _unheard(sketch: Sketch, rng: Random) -> Sketch:
    contact = rng.randint(23, 40)
    return replace(
        sketch,
        contact_days=contact,
        champion_silent=rng.randint(3, 11),
        value_days=contact + rng.randint(5, 70),
        sponsor_silent=contact + rng.randint(3, 40),
        check_in=None,
    )


def _troubled(sketch: Sketch, rng: Random) -> Sketch:
    tickets = (
        OpenTicket(
            rng.randint(1, 4), "urgent", "performance", "Nobody can save since this morning"
        ),
        OpenTicket(rng.randint(5, 9), "high", "performance", "Search is slow since the update"),
        OpenTicket(rng.randint(10, 20), "normal", "performance", "Lists load slowly at month end"),
    )
    return replace(sketch, tickets=tickets, health_week=-2, health_month=-5)


def _unadopted(sketch: Sketch, rng: Random) -> Sketch:
    return replace(sketch, adoption=rng.uniform(0.25, 0.38))


def _renewing(sketch: Sketch, rng: Random) -> Sketch:
    return replace(sketch, renewal_in=rng.randint(20, 88))


def _deserted(sketch: Sketch, rng: Random) -> Sketch:
    return replace(sketch, champion_silent=rng.randint(15, 35), health_month=-6)


_DECK: tuple[Mood, ...] = (
    *(_steady,) * 5,
    _growing,
    _slipping,
    _unheard,
    _troubled,
    _unadopted,
    _renewing,
    _deserted,
)
"""Every mood as often as it occurs among a dozen accounts."""


def _next_qbr(rng: Random) -> Qbr | None:
    """A QBR some weeks ahead; one that is near has its preparation booked."""
    if rng.random() < 0.45:
        return None
    days = rng.randint(9, 80)
    prep = max(2, days - 10) if days <= 25 else None
    return Qbr(days, prep, prep is not None, "draft" if prep else "not_started")
