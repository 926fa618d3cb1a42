"""Every play of the catalogue keeps what a play promises, and so does every score."""

import re
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings

from core.facts import FACT
from core.happenings import HAPPENINGS
from core.plays.play import Play
from core.plays.words import applies, pressing, ruled_out
from core.recommend import build
from core.scoring import WEIGHTS
from core.wording import fill, with_names
from tests.contracts.facts import any_facts
from tests.core.builders import BETA, CATALOGUE, ENGINE, FRESH, facts, ranking

PLAYS = list(CATALOGUE.plays.values())
TABLES = {
    "engagement": ("check_in", "value_update", "share_content", "training", "request_feedback"),
    "risk": (
        "champion_outreach",
        "escalation_call",
        "save_play",
        "executive_alignment",
        "support_issues",
    ),
    "expansion": (
        "expansion_discussion",
        "department_introduction",
        "upsell_proposal",
        "renewal_optimization",
        "multi_year_offer",
    ),
    "lifecycle": (
        "kickoff",
        "onboarding_checkpoint",
        "qbr_preparation",
        "renewal_preparation",
        "success_review",
    ),
}
"""The four tables of seed 000, row by row."""

NOTHING_SHOWS_IT = {"save_play"}
"""Plays that run over weeks: no single happening tells that they are done."""

SLIPS = re.compile(r"[{}\[\]|!]|  | [,.;:?]|,\.|\(\)")
"""What is left behind when words are left out carelessly, and what shouts."""

every_play = pytest.mark.parametrize("play", PLAYS, ids=[one.name for one in PLAYS])


def applying(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {found["play"]: found for found in ranking(row).iter_rows(named=True)}


def test_no_two_plays_share_a_name_or_a_title() -> None:
    assert len({one.title for one in PLAYS}) == len(PLAYS) == len(CATALOGUE.plays)


def test_every_row_of_the_documents_tables_is_a_play_of_its_category() -> None:
    rows = {name: category for category, names in TABLES.items() for name in names}

    assert {one.name: one.category for one in PLAYS} == rows


def test_every_template_helps_with_some_play() -> None:
    assert {name for one in PLAYS for name in one.resources} == set(CATALOGUE.resources)


@every_play
def test_a_play_does_not_rule_out_what_it_rests_on(play: Play) -> None:
    assert not {*play.needs, *play.supports} & {*play.unless}
    assert not play.any_of or {*play.any_of} - {*play.unless}


@every_play
def test_a_play_brings_templates_and_knows_what_shows_that_it_was_done(play: Play) -> None:
    assert 1 <= len(play.resources) <= 4
    assert {*play.fulfilled_by} <= set(HAPPENINGS)
    assert bool(play.fulfilled_by) != (play.name in NOTHING_SHOWS_IT)


@every_play
def test_a_play_says_when_it_applies_and_when_it_is_due(play: Play) -> None:
    signals = CATALOGUE.signals
    said = " ".join((applies(play, signals), ruled_out(play, signals), pressing(play, signals)))

    for name in (*play.signals, *play.unless):
        assert signals[name].triggered in said
    assert all(0 <= days <= 30 for days in (play.due.usually, *(one for one, _ in play.due.sooner)))
    for fact in play.due.expr.meta.root_names():
        assert fact.split("_")[0] in play.due.says


@every_play
def test_a_play_is_due_the_sooner_the_worse_it_is(play: Play) -> None:
    days = [*(one for one, _ in play.due.sooner), play.due.usually]

    assert days == sorted(set(days))


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
    assert "{" not in play.avoid
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
    assert 2 <= len(made.approach) <= 4
    assert 3 <= len(made.talking_points) <= 5
    assert made.expected_outcome.endswith(".")
    assert made.avoid.endswith(".")


@every_play
@pytest.mark.parametrize("known", [{}, BETA], ids=["few facts", "all facts"])
def test_a_plays_words_are_whole_sentences_without_haste(play: Play, known: dict[str, Any]) -> None:
    row = {**facts({**known, **play.example}).row(0, named=True)}
    texts = (*play.approach, *play.talking_points, play.expected_outcome, play.avoid)

    said = [text for one in texts if (text := fill(one, with_names(row))) is not None]

    for text in (*said, fill(play.headline, with_names(row)) or "Headline"):
        assert not SLIPS.search(text), text
        assert text[0].isupper() or text[0].isdigit()
        assert len(text) <= 160, text
    assert all(text.endswith((".", "?")) for text in said)


@settings(max_examples=50)
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
