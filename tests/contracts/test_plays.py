"""Every play of the catalogue keeps what a play promises, and so does every score."""

from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings

from core.facts import FACT
from core.plays.play import Play
from core.recommend import build, rank
from core.scoring import WEIGHTS
from core.wording import with_names
from tests.contracts.facts import any_facts
from tests.core.builders import CATALOGUE, ENGINE, FRESH, facts

PLAYS = list(CATALOGUE.plays.values())
every_play = pytest.mark.parametrize("play", PLAYS, ids=[one.name for one in PLAYS])


def applying(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    ranked = rank(facts(row), ENGINE, ())
    return {found["play"]: found for found in ranked.iter_rows(named=True)}


def test_no_two_plays_share_a_name_or_a_title() -> None:
    assert len({one.title for one in PLAYS}) == len(PLAYS) == len(CATALOGUE.plays)


@every_play
def test_a_play_rests_on_signals_that_exist(play: Play) -> None:
    assert play.needs or play.any_of
    assert {*play.signals, *play.unless} <= set(CATALOGUE.signals)
    assert len(set(play.signals)) == len(play.signals)


@every_play
def test_a_play_applies_to_its_example(play: Play) -> None:
    assert play.name in applying(dict(play.example))


@every_play
def test_a_play_does_not_apply_when_nothing_is_known(play: Play) -> None:
    assert play.name not in applying({})


@every_play
def test_a_play_expects_success_sometimes_and_rests_after_it(play: Play) -> None:
    assert 0 < play.prior < 1
    assert play.cooldown_days > 0


@every_play
def test_a_play_names_only_facts_that_exist(play: Play) -> None:
    texts = (play.headline, play.expected_outcome, *play.approach, *play.talking_points)
    named = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}

    assert named <= set(with_names(facts({}).row(0, named=True)))
    assert set(play.due.expr.meta.root_names()) <= set(FACT)


@every_play
@pytest.mark.parametrize("known", [{}, FRESH], ids=["few facts", "fresh facts"])
def test_a_play_has_words_for_its_example(play: Play, known: dict[str, Any]) -> None:
    row = applying({**known, **play.example})[play.name]

    made = build(row, ENGINE)

    assert made.headline
    assert made.reasons
    assert made.approach, "without these facts nothing is left of the approach"
    assert made.expected_outcome
    assert made.avoid.endswith((".", "!", "?"))


@settings(max_examples=150, deadline=None)
@given(row=any_facts())
def test_the_parts_of_every_score_add_up(row: dict[str, Any]) -> None:
    for found in applying(row).values():
        made = build(found, ENGINE)

        parts: dict[str, float] = {part.name: part.value for part in made.score.parts}
        assert 0 <= made.score.priority <= 100
        assert all(0 <= value <= 100.0001 for value in parts.values())
        total = sum(parts[name] * weight for name, weight in WEIGHTS.items())
        assert made.score.priority == pytest.approx(total)
        for part in made.score.parts:
            assert sum(piece.points for piece in part.pieces) == pytest.approx(part.value)
