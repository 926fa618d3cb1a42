"""The meetings of an account: check-ins, QBRs, trainings and executives behind, bookings ahead."""

from datetime import timedelta
from random import Random

from storage.sources.demo.contacts import Known
from storage.sources.demo.days import Calendar
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Meeting

QUARTER = 91

LENGTHS = {"qbr": 60, "training": 90, "kickoff": 60}
"""Minutes that a kind of meeting takes; half an hour where it is not named."""

TITLES = {
    "check_in": "Check-in",
    "qbr": "Quarterly business review",
    "qbr_prep": "QBR preparation",
    "training": "Training",
    "executive": "Executive briefing",
    "kickoff": "Kickoff",
}

NOTES = {
    "check_in": (
        "{who} is content with the rollout. Open: reporting for the regional teams.",
        "Talked about the next quarter's priorities. {who} will send the list of new users.",
        "Short call. Two questions about permissions, both answered. Next call in a month.",
        "{who} asked how other teams use templates. Sent two examples afterwards.",
        "Team is busy with year-end work. {who} wants to look at automation after that.",
    ),
    "qbr": (
        "Went through goals and results. Agreed on two goals for the next quarter with {who}.",
        "Value summary well received. {who} wants numbers by region next time.",
        "Six people attended. Main wish: fewer manual steps at month end.",
    ),
    "qbr_prep": ("Collected goals and attendees with {who}. Deck outline agreed.",),
    "training": (
        "Eleven people trained on templates and reports. {who} will collect questions.",
        "Session for new team members. Recording sent to {who}.",
    ),
    "executive": ("Goals of the year confirmed. Wants a one-page summary each quarter.",),
    "kickoff": ("Introduced the team, agreed on the rollout plan and the first three goals.",),
}


def write_meetings(
    sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], rng: Random, on: Calendar
) -> None:
    """Write what took place, none of it after the last contact, and what is booked."""
    who = known[0].person.name.split()[0]
    hours = range(9 * 60, 16 * 60, 30)
    for kind, ago in _past(sketch, rng, on):
        start = on.at(ago, rng.choice(hours))
        ledger.add(
            Meeting,
            title=_title(kind, sketch.company.name),
            kind=kind,
            starts_at=start,
            ends_at=min(on.now, start + _length(kind)),
            booked_at=on.at(ago + rng.randint(4, 15), rng.choice(hours)),
            objectives_gathered=True if kind == "qbr" else None,
            deck_status="ready" if kind == "qbr" else None,
            notes=rng.choice(NOTES[kind]).format(who=who),
        )
    _write_booked(sketch, ledger, on)


def _past(sketch: Sketch, rng: Random, on: Calendar) -> list[tuple[str, int]]:
    """Kinds and days of the meetings that took place."""
    held = [("check_in", ago) for ago in _every(rng.randint(8, 30), 34, sketch, rng)]
    offset = rng.randint(20, QUARTER) if sketch.qbr is None else QUARTER - sketch.qbr.days
    for ago in range(offset + (sketch.churned or 0), sketch.history, QUARTER):
        held += [("qbr", ago), ("qbr_prep", ago + 12)]
    held += [("training", ago) for ago in _every(rng.randint(60, 150), 210, sketch, rng)]
    if sketch.sponsor is not None:
        first = sketch.sponsor_silent
        held += [("executive", ago) for ago in _every(first, 100, sketch, rng)]
    if sketch.kickoff and sketch.age < sketch.weeks * 7:
        held.append(("kickoff", max(1, sketch.age - 5)))
    earliest = sketch.contact_days + (sketch.churned or 0)
    return [(kind, _settled(kind, ago, sketch, on)) for kind, ago in held if ago >= earliest]


def _settled(kind: str, ago: int, sketch: Sketch, on: Calendar) -> int:
    """Move a meeting off the weekend, except the one that the story counts days from."""
    exact = kind == "executive" and ago == sketch.sponsor_silent
    return ago if exact else on.workday(ago)


def _every(first: int, gap: int, sketch: Sketch, rng: Random) -> list[int]:
    days, ago = [], first + (sketch.churned or 0)
    while ago < sketch.history - 12:
        days.append(ago)
        ago += rng.randint(round(gap * 0.8), round(gap * 1.2))
    return days


def _write_booked(sketch: Sketch, ledger: Ledger, on: Calendar) -> None:
    if sketch.qbr is not None:
        _book(
            sketch,
            ledger,
            on,
            kind="qbr",
            days=sketch.qbr.days,
            objectives_gathered=sketch.qbr.objectives,
            deck_status=sketch.qbr.deck,
        )
        if sketch.qbr.prep_in is not None:
            _book(sketch, ledger, on, kind="qbr_prep", days=sketch.qbr.prep_in)
    if sketch.check_in is not None:
        _book(sketch, ledger, on, kind="check_in", days=sketch.check_in)


def _book(
    sketch: Sketch,
    ledger: Ledger,
    on: Calendar,
    *,
    kind: str,
    days: int,
    objectives_gathered: bool | None = None,
    deck_status: str | None = None,
) -> None:
    start = on.ahead(days, 14 * 60)
    ledger.add(
        Meeting,
        title=_title(kind, sketch.company.name),
        kind=kind,
        starts_at=start,
        ends_at=start + _length(kind),
        booked_at=on.at(sketch.contact_days, 15 * 60),
        objectives_gathered=objectives_gathered,
        deck_status=deck_status,
    )


def _title(kind: str, name: str) -> str:
    return f"{TITLES[kind]} {name}"


def _length(kind: str) -> timedelta:
    return timedelta(minutes=LENGTHS.get(kind, 30))
