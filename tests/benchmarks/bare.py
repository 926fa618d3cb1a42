"""The engine's arithmetic in bare numpy: the least that ranking so many accounts can cost.

It computes what `core.ranking` computes for every account and play: the pieces of each score, the
order of all of them, and of each account's best which signals fired and how strongly. It leaves out
what arithmetic does not need: names, rest after decisions. Each signal is one threshold and one
ramp.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from core.catalogue import Catalogue
from core.conditions import OPERATORS, Condition, Due
from core.facts import GROUP
from core.plays.play import Play
from core.scoring import CONFIDENCE, EFFECT_SPAN, IMPACT, URGENCY_BY_DUE, WEIGHTS, groups

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Every play that applies, best first: its account, its number, its score's pieces and
    priority; and how strongly the signals of each account's best fire.
    """

    account: Column
    play: Column
    pieces: dict[str, Column]
    priority: Column
    strengths: Column


@dataclass(frozen=True, slots=True)
class Bare:
    """What is known of all accounts, as numbers: nan where a fact is not known."""

    facts: dict[str, Column]
    fresh: dict[str, Column]

    @classmethod
    def of(cls, frame: pl.DataFrame, today: date) -> "Bare":
        """Take the numbers of a facts frame, and how fresh each group of them is."""
        facts = {
            name: _numbers(frame[name]) for name in frame.columns if not name.endswith("_source")
        }
        return cls(facts, {name: _fresh(frame[f"{name}_on"], name, today) for name in GROUP})

    def ranked(self, catalogue: Catalogue, rate: float = 0.6) -> Ranked:
        """Score every play for every account where it applies, and order them."""
        strengths, alone = self._strengths(catalogue), self._alone()
        at, scored = [], []
        for one in catalogue.plays.values():
            rows = np.flatnonzero(_applies(one, strengths))
            at.append(rows)
            scored.append(self._scored(one, rows, catalogue, strengths, alone, rate))
        account = np.concatenate(at)
        play = np.repeat(np.arange(len(at)), [len(rows) for rows in at])
        pieces = {name: np.concatenate([one[name] for one in scored]) for name in scored[0]}
        order = np.lexsort((play, account, -pieces["priority"]))
        first = np.unique(account[order], return_index=True)[1]
        best = order[first]
        return Ranked(
            account[order],
            play[order],
            {name: piece[order] for name, piece in pieces.items()},
            pieces["priority"][order],
            _fired(account[best], play[best], strengths, catalogue),
        )

    def _strengths(self, catalogue: Catalogue) -> dict[str, Column]:
        found = {}
        for name, one in catalogue.signals.items():
            start, full = one.limits.get("from", 0), one.limits.get("full", 1)
            x = self.facts[one.facts[0]]
            fires = x >= start if full >= start else x <= start
            ramp = np.clip((x - start) / ((full - start) or 1), 0, 1)
            found[name] = np.where(fires, 0.5 + 0.5 * ramp, 0).astype(np.float64)
        return found

    def _alone(self) -> dict[str, Column]:
        """What an account's facts say whatever the play."""
        facts = self.facts
        need = np.maximum(
            _share(facts["health_change_7d"], 0, -15), _share(facts["health"], 70, 20)
        )
        need = np.maximum(need, _share(facts["health_change_30d"], 0, -25))
        strong = _share(facts["health"], 50, 90)
        relationship = 0.3 * ~np.isnan(facts["champion"]) + 0.25 * ~np.isnan(facts["sponsor"])
        relationship += 0.2 * (facts["champion_silent_days"] <= 30)
        relationship += 0.25 * (facts["days_since_contact"] <= 30)
        trajectories = {"repair": need, "grow": strong, "steady": np.maximum(need, strong)}
        value = np.nan_to_num(facts["arr_rank"])
        return trajectories | {"relationship": relationship.astype(np.float64), "value": value}

    def _scored(
        self,
        play: Play,
        rows: Column,
        catalogue: Catalogue,
        strengths: dict[str, Column],
        alone: dict[str, Column],
        rate: float,
    ) -> dict[str, Column]:
        left = np.ones(len(rows))
        for name in play.signals:
            left *= 1 - catalogue.signals[name].weight * strengths[name][rows]
        pieces = {
            "effectiveness": np.full(len(rows), IMPACT["effectiveness"] * rate),
            "effect": IMPACT["effect"] * _effect(left),
            "trajectory": IMPACT["trajectory"] * alone[play.lean][rows],
            "relationship": IMPACT["relationship"] * alone["relationship"][rows],
            "context": IMPACT["context"] * (1 - left),
        }
        days, urgencies = zip(*URGENCY_BY_DUE, strict=True)
        fresh = np.mean([self.fresh[name] for name in groups(play, catalogue)], axis=0)
        parts = {
            "impact": sum(pieces.values()),
            "urgency": np.interp(self._due(play.due)[rows], days, urgencies),
            "confidence": CONFIDENCE["data"] * fresh[rows],
            "account_value": 100 * alone["value"][rows],
        }
        priority = sum(WEIGHTS[name] * part for name, part in parts.items())
        return {**pieces, **parts, "priority": priority}

    def _due(self, due: Due) -> Column:
        days = np.full(len(self.facts["health"]), due.usually, np.float64)
        for sooner, conditions in reversed(due.sooner):
            met = np.any([self._met(one) for one in conditions], axis=0)
            days[met] = sooner
        return days

    def _met(self, condition: Condition) -> Column:
        value = condition.value if not isinstance(condition.value, str) else 1.0
        met: Column = OPERATORS[condition.op](self.facts[condition.fact], value)
        return met


def _numbers(column: pl.Series) -> Column:
    if column.dtype == pl.String:
        return np.where(column.is_null().to_numpy(), np.nan, 1).astype(np.float64)
    if column.dtype == pl.Date:
        column = column.to_physical()
    return column.cast(pl.Float64).to_numpy()


def _fresh(on: pl.Series, group: str, today: date) -> Column:
    shelf, days = GROUP[group].shelf_days, _numbers(on)
    if shelf is None:
        return (~np.isnan(days)).astype(np.float64)
    age = (today - date(1970, 1, 1)).days - days
    return np.nan_to_num(np.clip(1 - (age - shelf) / (2 * shelf), 0, 1)).astype(np.float64)


def _share(x: Column, start: float, full: float) -> Column:
    return np.nan_to_num(np.clip((x - start) / (full - start), 0, 1)).astype(np.float64)


def _effect(like: Column) -> Column:
    """No effect was measured: half, computed all the same."""
    return np.clip(0.5 + np.zeros_like(like) / (2 * EFFECT_SPAN), 0, 1)


def _applies(play: Play, strengths: dict[str, Column]) -> Column:
    accounts = len(next(iter(strengths.values())))
    applies = np.ones(accounts, bool)
    for name in play.needs:
        applies &= strengths[name] > 0
    if play.any_of:
        applies &= np.any([strengths[name] > 0 for name in play.any_of], axis=0)
    for name in play.unless:
        applies &= ~(strengths[name] > 0)
    return applies


def _fired(
    account: Column, play: Column, strengths: dict[str, Column], catalogue: Catalogue
) -> Column:
    """How strongly the signals of each account's best play fire; 0 for those of other plays."""
    names = list(strengths)
    speaks = np.zeros((len(catalogue.plays), len(names)))
    for number, one in enumerate(catalogue.plays.values()):
        speaks[number, [names.index(name) for name in one.signals]] = 1
    fired: Column = np.stack([strengths[name] for name in names], axis=1)[account] * speaks[play]
    return fired
