"""What was recommended in the last year and what came of it, so that effectiveness has a past."""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from core.recommendations import DismissReason
from storage.sources.demo.deeds import Deed, End
from storage.sources.demo.recent import RECENT
from storage.sources.demo.results import RESULTS, odds
from storage.sources.demo.sketch import Sketch

FIRST_DAY = 360
"""The oldest recommendation's age in days."""

STORY_REST = 100
"""Days for which nothing was done at the accounts with a story, so that no rest hides it."""

RECENT_REST = 75
"""The same for the accounts whose last thirty days are told."""

DROPPED = 55
"""How many recommendations of the book of sixty were accepted and never completed."""

DISMISSED: Mapping[DismissReason, int] = {
    DismissReason.NOT_NOW: 38,
    DismissReason.ALREADY_DONE: 28,
    DismissReason.NOT_RELEVANT: 22,
    DismissReason.WRONG_DATA: 12,
}
"""How many of that book were dismissed at once, and why."""

BOOK = 60

BOUTS = 4
"""An account is looked after a few times a year, rather than a little all the time."""

ONBOARDING: Mapping[str, tuple[int, ...]] = {
    "kickoff": (6,),
    "onboarding_checkpoint": (15, 29, 57),
}
"""The plays of a new customer, and how many days it has been one by then."""

KNOWN_FOR = 520
"""Of accounts that signed up so many days ago or less the demo has the beginning."""


_WELL = ("", "positive")
"""What did not go well was done at another time than the rest, so that its effect can be told."""


@dataclass(slots=True)
class _Hand:
    """What falls to one account."""

    sketch: Sketch
    deeds: list[Deed]

    @property
    def name(self) -> str:
        """The account's name."""
        return self.sketch.company.name

    def odds(self, play: str) -> float:
        """Return how much better than elsewhere a play does here."""
        return odds(play, self.sketch.company.segment, self.sketch.company.owner)

    def takes(self, play: str) -> bool:
        """Tell whether the account could have had that play, and has room for it."""
        if play == "champion_outreach":
            return self.sketch.champion is not None
        if play == "executive_alignment":
            return self.sketch.sponsor is not None
        if play not in ONBOARDING:
            return True
        had = sum(deed.play == play for deed in self.deeds)
        return self.sketch.age <= KNOWN_FOR and had < len(ONBOARDING[play])


def deal(
    accounts: Sequence[Sketch], seed: int, plays: Collection[str]
) -> dict[str, tuple[Deed, ...]]:
    """Hand the year's deeds of these plays to the accounts; return them by the account's name."""
    rng = Random(f"{seed}/past")
    hands = [_Hand(sketch, []) for sketch in accounts if sketch.age > 150]
    share = min(1.0, len(accounts) / BOOK)
    told = {hand.name: RECENT.get(hand.name, ()) for hand in hands}
    counts = {play: _remaining(play, share, told) for play in RESULTS if play in plays}
    _hand_out((Deed(play, 0, "completed") for play in _deck(counts, rng)), hands, rng)
    for play, (positive, _) in counts.items():
        _turn_out(play, positive, hands, rng)
    quiet = [hand for hand in hands if not hand.sketch.exact]
    _hand_out(_not_done(share, tuple(counts), rng), quiet, rng)
    return {hand.name: (*told[hand.name], *_placed(hand, rng)) for hand in hands}


def _remaining(play: str, share: float, told: Mapping[str, tuple[Deed, ...]]) -> tuple[int, int]:
    """Return how many positive outcomes, and how many in all, are still to be handed out."""
    positive, total = RESULTS[play]
    outcomes = max(1, round(total * share))
    done = [deed for deeds in told.values() for deed in deeds if deed.end == "completed"]
    known = Counter(deed.result == "positive" for deed in done if deed.play == play)
    rest = max(0, outcomes - known.total())
    return min(rest, max(0, round(outcomes * positive / total) - known[True])), rest


def _deck(counts: Mapping[str, tuple[int, int]], rng: Random) -> list[str]:
    cards = [play for play, (_, total) in counts.items() for _ in range(total)]
    return rng.sample(cards, len(cards))


def _hand_out(deeds: Iterable[Deed], hands: Sequence[_Hand], rng: Random) -> None:
    """Give each deed to the next account, in a shuffled round, that could have had that play."""
    order = deque(rng.sample(hands, len(hands)))
    for deed in deeds:
        fitting = next((hand for hand in order if hand.takes(deed.play)), None)
        if fitting is not None:
            order.remove(fitting)
            order.append(fitting)
            fitting.deeds.append(deed)


def _turn_out(play: str, positive: int, hands: Sequence[_Hand], rng: Random) -> None:
    """Let a play turn out well so many times, and rather where it is done better."""
    cases = [
        (hand, place)
        for hand in hands
        for place, deed in enumerate(hand.deeds)
        if deed.play == play
    ]
    luck = [(rng.random() ** (1 / hand.odds(play)), hand, place) for hand, place in cases]
    luck.sort(key=lambda one: one[0], reverse=True)
    for rank, (_, hand, place) in enumerate(luck):
        worse = "negative" if rank % 4 == 3 else "neutral"
        result = "positive" if rank < positive else worse
        hand.deeds[place] = replace(hand.deeds[place], result=result)


def _not_done(share: float, plays: Sequence[str], rng: Random) -> list[Deed]:
    """Return what was dismissed at once, and what was accepted and came to nothing."""
    lasting = [play for play in plays if play not in ONBOARDING]
    weights = [RESULTS[play][1] for play in lasting]
    reasons = [reason for reason, times in DISMISSED.items() for _ in range(round(times * share))]
    came_to_nothing = (DismissReason.NOT_NOW, DismissReason.ALREADY_DONE)
    dropped = [rng.choice(came_to_nothing) for _ in range(round(DROPPED * share))]
    ends: list[tuple[End, DismissReason]] = [("dismissed", reason) for reason in reasons]
    ends += [("dropped", reason) for reason in dropped]
    drawn = rng.choices(lasting, weights, k=len(ends)) if lasting else []
    return [
        Deed(play, 0, end, reason=reason)
        for play, (end, reason) in zip(drawn, rng.sample(ends, len(ends)), strict=False)
    ]


def _placed(hand: _Hand, rng: Random) -> Iterable[Deed]:
    """Say when an account's deeds were: in a few bouts over the year, or when it was new."""
    beginning = {play: iter(ages) for play, ages in ONBOARDING.items()}
    for deed in hand.deeds:
        if deed.play in ONBOARDING:
            yield replace(deed, days=hand.sketch.age - next(beginning[deed.play]))
    usual = [deed for deed in hand.deeds if deed.play not in ONBOARDING]
    well = sorted((one for one in usual if one.result in _WELL), key=lambda deed: deed.play)
    badly = [one for one in usual if one.result not in _WELL]
    first, *others = rng.sample(_bouts(hand, BOUTS, rng), BOUTS)
    for turn, deed in enumerate(well):
        yield replace(deed, days=others[turn % len(others)] + rng.randint(0, 3))
    for deed in badly:
        yield replace(deed, days=first + rng.randint(0, 3))


def _bouts(hand: _Hand, number: int, rng: Random) -> list[int]:
    """Return so many days, far apart; none so near that it would hide what the account needs."""
    sketch = hand.sketch
    rest = RECENT_REST if hand.name in RECENT else sketch.contact_days + 1 + (sketch.churned or 0)
    newest = STORY_REST if sketch.exact else rest
    step = (min(FIRST_DAY, sketch.age - 70) - newest) / max(1, number)
    return [round(newest + step * (turn + rng.uniform(0.0, 0.4))) for turn in range(number)]
