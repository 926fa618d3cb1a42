"""What was learned of plays: where outcomes say something else than was expected."""

from dataclasses import dataclass

from core.catalogue import Catalogue
from core.learning import Effectiveness, Estimate
from core.scoring import IMPACT, WEIGHTS


@dataclass(frozen=True, slots=True)
class Lesson:
    """A play that works better or worse than `expected` (0-1)."""

    play: str
    title: str
    expected: float
    estimate: Estimate

    @property
    def points(self) -> float:
        """By how many points of priority it ranks higher (or lower) than as expected."""
        gained = self.estimate.rate - self.expected
        return WEIGHTS["impact"] * IMPACT["effectiveness"] * gained


def lessons(
    effectiveness: Effectiveness, catalogue: Catalogue, owner: str | None = None
) -> tuple[Lesson, ...]:
    """Return the plays whose 80 % interval leaves out what was expected, the strongest first.

    `owner` asks what was learned for one CSM, None for everybody.
    """
    found = [
        Lesson(name, play.title, play.prior, effectiveness.estimate(name, None, owner))
        for name, play in catalogue.plays.items()
    ]
    learned = [one for one in found if one.estimate.team.total and _is_news(one)]
    return tuple(sorted(learned, key=lambda one: -abs(one.points)))


def _is_news(lesson: Lesson) -> bool:
    return not lesson.estimate.low <= lesson.expected <= lesson.estimate.high
