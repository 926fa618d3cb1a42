"""The health scores of an account, week by week: noise, ups and downs, what was done, the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random

from storage.sources.demo.days import Calendar
from storage.sources.demo.deeds import Deed
from storage.sources.demo.results import lift
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Health

COMPONENTS = ("usage", "adoption", "engagement", "support", "sentiment")
"""What a score is the mean of."""

DEPTH = 8.0
"""Points by which an account was down when something was done about it."""

APART = 10
"""What was done within so many days of each other works together."""

SETTLED = 14
"""What was done in the last days does not show yet."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """Something done `days` ago, after which health rose by `lift` points."""

    days: int
    lift: float


def treatments(deeds: Sequence[Deed]) -> tuple[Treatment, ...]:
    """Return what was completed, each bout of it as one treatment."""
    done = sorted(
        (deed for deed in deeds if deed.result and deed.days > SETTLED), key=lambda deed: deed.days
    )
    bouts: list[list[Deed]] = []
    for deed in done:
        if bouts and deed.days - bouts[-1][0].days < APART:
            bouts[-1].append(deed)
        else:
            bouts.append([deed])
    return tuple(
        Treatment(bout[0].days, lift([(deed.play, deed.result) for deed in bout])) for bout in bouts
    )


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of an account by day, newest first."""

    days: tuple[date, ...]
    values: tuple[float, ...]

    def on(self, day: date) -> float | None:
        """Return the score that held on a day, None before the first one."""
        return next(
            (value for at, value in zip(self.days, self.values, strict=True) if at <= day), None
        )


def write_health(
    sketch: Sketch, ledger: Ledger, treatments: Sequence[Treatment], rng: Random, on: Calendar
) -> Scores:
    """Write a score a week up to today, and the one of thirty days ago."""
    if sketch.health is None:
        return Scores((), ())
    first = sketch.churned or 0
    curve = _Curve.draw(sketch, treatments, rng)
    ages = sorted({*range(0, sketch.history - first + 1, 7), *_month(sketch)})
    days = tuple(on.day(ago + first) for ago in ages)
    values = tuple(curve.at(ago, rng) for ago in ages)
    slants = _balanced([rng.gauss(0, 5) for _ in COMPONENTS])
    for day, score in zip(days, values, strict=True):
        ledger.add(Health, recorded_on=day, score=score, components=_components(score, slants, rng))
    return Scores(days, values)


def _month(sketch: Sketch) -> tuple[int, ...]:
    """The day thirty days ago of an account whose story must come out to the digit."""
    return (30,) if sketch.exact and sketch.history >= 30 else ()


@dataclass(slots=True)
class _Curve:
    """A score as a function of days ago."""

    sketch: Sketch
    treatments: Sequence[Treatment]
    drift: float
    waves: tuple[tuple[float, float, float], ...]
    noise: float = 0.0

    @classmethod
    def draw(cls, sketch: Sketch, treatments: Sequence[Treatment], rng: Random) -> "_Curve":
        waves = tuple(
            (rng.uniform(-11, 7), rng.uniform(80, 500), rng.uniform(20, 45)) for _ in range(2)
        )
        return cls(sketch, treatments, rng.uniform(-9, 5), waves)

    def at(self, ago: int, rng: Random) -> float:
        """Return the score; call it from today backwards, for the noise remembers."""
        self.noise = 0.8 * self.noise + rng.gauss(0, 1.2)
        away = self.noise + self.drift * ago / 546 + self._waves(ago)
        since = 30 if self.sketch.exact else 7
        shown = _share(ago, 30, 90) if self.sketch.exact else _share(ago, 0, SETTLED)
        away = _share(ago, since, since + 60) * away - shown * self._dip(ago)
        return round(min(98.0, max(4.0, self._story(ago) + away)), 1)

    def _story(self, ago: int) -> float:
        """Today's score, the one a week ago, and the way back to the one a month ago."""
        newest = self.sketch.health or 0.0
        week, month = newest - self.sketch.health_week, newest - self.sketch.health_month
        if ago < 7:
            return newest + (week - newest) * ago / 7
        return week + (month - week) * _share(ago, 7, 30)

    def _waves(self, ago: int) -> float:
        return sum(
            height * exp(-(((ago - centre) / width) ** 2)) for height, centre, width in self.waves
        )

    def _dip(self, ago: int) -> float:
        return sum(_dip(ago - done.days, done.lift) for done in self.treatments)


def _dip(before: int, lift: float) -> float:
    """Points lost `before` days before (after, if negative) something was done.

    An account has been down for five weeks when something is done; then it rises within eight
    days, and a month later everything is as it was long before.
    """
    if before >= 0:
        return DEPTH * (1 - _share(before, 35, 49))
    after = -before
    return (DEPTH - lift * _share(after, 0, 8)) * (1 - _share(after, 34, 75))


def _share(value: float, start: float, full: float) -> float:
    return min(1.0, max(0.0, (value - start) / (full - start)))


def _components(score: float, slants: list[float], rng: Random) -> dict[str, float]:
    """Split a score into components whose mean it is."""
    offsets = _balanced([slant + rng.gauss(0, 1) for slant in slants])
    room = min(score, 100 - score) / max(1.0, *(abs(offset) for offset in offsets))
    tenths = [round(10 * offset * min(1.0, room)) for offset in offsets[:-1]]
    tenths.append(-sum(tenths))
    return {
        name: round(min(100.0, max(0.0, score + tenth / 10)), 1)
        for name, tenth in zip(COMPONENTS, tenths, strict=True)
    }


def _balanced(values: list[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]
