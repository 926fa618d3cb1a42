"""What an account reached, and when it was asked what it thinks."""

from random import Random

from storage.sources.demo.contacts import Known
from storage.sources.demo.days import Calendar, office
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Milestone, Sketch
from storage.tables import Activity

MILESTONES = (
    "Second team is live",
    "All regions work in one place",
    "First 10,000 records handled",
    "Goal of the year for automation reached",
    "Monthly report runs by itself",
)

REQUESTS = (
    "How likely are you to recommend us? One question",
    "Two minutes for our customer survey?",
    "NPS survey: your view counts",
)


def write_progress(
    sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], rng: Random, on: Calendar
) -> None:
    """Write the milestones, and the requests for feedback half a year apart."""
    talker = known[0]
    for reached in _milestones(sketch, rng):
        ledger.add(
            Activity,
            kind="milestone",
            csm_id=ledger.owner_id,
            occurred_at=on.exactly(reached.days, office(rng)),
            subject=reached.subject,
        )
    for ago in _requests(sketch, rng):
        ledger.add(
            Activity,
            kind="feedback",
            direction="out",
            contact_id=talker.id,
            csm_id=ledger.owner_id,
            occurred_at=on.exactly(ago, office(rng)),
            subject=rng.choice(REQUESTS),
        )


def _milestones(sketch: Sketch, rng: Random) -> list[Milestone]:
    """The sketch's own one, and one of former times."""
    former = Milestone(rng.randint(240, 420), rng.choice(MILESTONES))
    both = (sketch.milestone, former)
    return [one for one in both if one is not None and one.days < sketch.history]


def _requests(sketch: Sketch, rng: Random) -> list[int]:
    if sketch.feedback_days is None:
        return []
    days, ago = [], sketch.feedback_days + (sketch.churned or 0)
    while ago < sketch.history:
        days.append(ago)
        ago += rng.randint(170, 200)
    return days
