"""What an account uses: active people by working day, features in use by week."""

from random import Random

from storage.sources.demo.days import Calendar
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Usage

FEATURES = {"starter": 20, "growth": 25, "enterprise": 40}
"""How many features each plan has."""

METRICS = {"automations": 1.4, "dashboards": 2.6, "reports": 3.2}
"""The features whose use is counted by week, and how often a person uses each in a week."""

FEATURE_WEEKS = 26
"""So many weeks of that are kept at most."""

WINDOW = 14
"""The days whose mean is compared with the mean of as many days before."""


def write_usage(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
    """Write `active_users` and `feature_adoption` as far as the sketch's history goes."""
    ends = max(sketch.usage_ends, sketch.churned or 0)
    _write_people(sketch, ledger, rng, on, ends)
    features = FEATURES[sketch.tier]
    steps = max(1, (sketch.history - ends) // 7)
    start = sketch.adoption * rng.uniform(0.55, 0.85)
    for week in range(steps):
        share = sketch.adoption + (start - sketch.adoption) * week / max(steps, 26)
        ledger.add(
            Usage,
            recorded_on=on.day(ends + 7 * week),
            metric="feature_adoption",
            value=float(round(features * share)),
            licensed=float(features),
        )


def write_features(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
    """Write how often the single features were used, week by week."""
    ends = max(sketch.usage_ends, sketch.churned or 0)
    weeks = min(FEATURE_WEEKS, (sketch.history - ends) // 7)
    for metric, often in METRICS.items():
        own = sketch.fading if sketch.fading and sketch.fading.metric == metric else None
        change = own.change if own else rng.uniform(-3, 8)
        level = sketch.seats * sketch.seat_use * often
        values = _by_week(level, level / (1 + change / 100), weeks, rng)
        for week, value in enumerate(values):
            ledger.add(
                Usage,
                recorded_on=on.day(ends + 7 * week),
                metric=metric,
                value=float(round(value)),
            )


def _by_week(now: float, then: float, weeks: int, rng: Random) -> list[float]:
    """Return a value a week, newest first: four at `now`, the rest around `then`.

    Noise comes in pairs that cancel out, so that the means of four weeks hold.
    """
    swings = [rng.uniform(-0.06, 0.06) for _ in range(0, weeks, 2)]
    signed = [swing * sign for swing in swings for sign in (1, -1)]
    return [
        (now if week < 4 else then) * (1 + swing)
        for week, swing in zip(range(weeks), signed, strict=False)
    ]


def _write_people(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar, ends: int) -> None:
    level = sketch.seats * sketch.seat_use
    before = level / (1 + sketch.usage_change / 100)
    values = {
        **_window(_days(on, ends, ends + WINDOW), level, sketch.seats, rng),
        **_window(_days(on, ends + WINDOW, ends + 2 * WINDOW), before, sketch.seats, rng),
        **_past(_days(on, ends + 2 * WINDOW, sketch.history + 1), before, sketch, rng),
    }
    for ago, value in values.items():
        if ago <= sketch.age:
            ledger.add(
                Usage,
                recorded_on=on.day(ago),
                metric="active_users",
                value=float(value),
                licensed=float(sketch.seats),
            )


def _days(on: Calendar, start: int, end: int) -> list[int]:
    """Working days ago from `start` to before `end`; three a week once they are long past."""
    return [
        ago
        for ago in range(start, end)
        if (weekday := on.day(ago).weekday()) < 5 and (ago < 120 or weekday in (0, 2, 4))
    ]


def _window(days: list[int], mean: float, seats: int, rng: Random) -> dict[int, int]:
    """Draw whole numbers whose mean is `mean` as nearly as whole numbers allow.

    The newest of them is the mean itself, for that is what the share of seats is read from.
    """
    total, newest = round(mean * len(days)), round(mean)
    values = [newest]
    spread = min(0.03 * mean, seats - mean)
    values += [round(mean + rng.uniform(-spread, spread)) for _ in days[1:]]
    position = 1
    while len(values) > 1 and (missing := total - sum(values)):
        values[position] += 1 if missing > 0 else -1
        position = position % (len(values) - 1) + 1
    return dict(zip(days, values, strict=True))


def _past(days: list[int], level: float, sketch: Sketch, rng: Random) -> dict[int, int]:
    """Draw the older days: growth since the beginning, slow swings, small daily noise."""
    start, swing = rng.uniform(0.5, 0.95), 0.0
    values = {}
    for ago in days:
        swing = 0.9 * swing + rng.gauss(0, 0.015)
        grown = 1 - (1 - start) * ago / 546
        value = level * grown * (1 + swing + rng.gauss(0, 0.02))
        values[ago] = max(1, min(sketch.seats, round(value)))
    return values
