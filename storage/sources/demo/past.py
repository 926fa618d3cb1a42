"""What was recommended in the last year and what came of it, so that effectiveness has a past."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from storage.sources.demo.sketch import Sketch

FIRST_DAY = 360
"""The oldest recommendation's age in days."""

STORY_REST = 100
"""Days for which nothing was done at the accounts with a story, so that no rest hides it."""

RESULTS: Mapping[str, tuple[int, int]] = {
    "champion_outreach": (46, 50),
    "training": (22, 25),
    "value_update": (30, 40),
    "qbr_preparation": (34, 40),
    "executive_alignment": (14, 21),
    "support_issues": (18, 25),
    "check_in": (28, 36),
    "renewal_preparation": (16, 20),
    "expansion_discussion": (13, 20),
}
"""Of each play: how many outcomes were positive, and how many there were, in the book of sixty."""

DISMISSED = 40
"""How many recommendations of that book were dismissed."""

BOOK = 60


@dataclass(frozen=True, slots=True)
class Deed:
    """A recommendation decided `days` ago; without a `result` it was dismissed."""

    play: str
    days: int
    result: str | None


def deal(accounts: Sequence[Sketch], seed: int) -> dict[str, tuple[Deed, ...]]:
    """Hand the year's deeds to the accounts; return them by the account's name, oldest last."""
    rng = Random(f"{seed}/past")
    able = [sketch for sketch in accounts if sketch.age > 150]
    if not able:
        return {}
    hands: dict[str, list[tuple[str, str | None]]] = {one.company.name: [] for one in able}
    done, dismissed = _deck(len(accounts) / BOOK, rng)
    _hand_out(done, able, hands, rng)
    _hand_out(dismissed, [one for one in able if not one.exact], hands, rng)
    return {
        sketch.company.name: tuple(_placed(hands[sketch.company.name], sketch, rng))
        for sketch in able
    }


def _deck(share: float, rng: Random) -> tuple[list[tuple[str, str | None]], ...]:
    done: list[tuple[str, str | None]] = []
    for play, (positive, total) in RESULTS.items():
        outcomes = max(1, round(total * min(1.0, share)))
        good = round(outcomes * positive / total)
        done += [(play, "positive")] * good
        done += [(play, "negative" if n % 4 == 3 else "neutral") for n in range(outcomes - good)]
    rng.shuffle(done)
    plays = tuple(RESULTS)
    dismissed: list[tuple[str, str | None]] = [
        (rng.choice(plays), None) for _ in range(round(DISMISSED * min(1.0, share)))
    ]
    return done, dismissed


def _hand_out(
    cards: Iterable[tuple[str, str | None]],
    players: Sequence[Sketch],
    hands: dict[str, list[tuple[str, str | None]]],
    rng: Random,
) -> None:
    """Give each card to the next account, in a shuffled round, that could have had that play."""
    order = deque(rng.sample(players, len(players)))
    for play, result in cards:
        fitting = next((one for one in order if _fits(play, one)), None)
        if fitting is not None:
            order.remove(fitting)
            order.append(fitting)
            hands[fitting.company.name].append((play, result))


def _fits(play: str, sketch: Sketch) -> bool:
    """Tell whether the person that the play is about exists."""
    if play == "champion_outreach":
        return sketch.champion is not None
    return play != "executive_alignment" or sketch.sponsor is not None


def _placed(hand: list[tuple[str, str | None]], sketch: Sketch, rng: Random) -> Iterable[Deed]:
    """Spread an account's deeds evenly over the year."""
    newest = STORY_REST if sketch.exact else 3 + (sketch.churned or 0)
    oldest = min(FIRST_DAY, sketch.age - 20)
    step = (oldest - newest) / max(1, len(hand))
    for turn, (play, result) in enumerate(hand):
        yield Deed(play, round(newest + step * (turn + rng.uniform(0.0, 0.8))), result)
