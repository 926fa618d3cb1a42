"""The card of the seed's own example, word by word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cards.recommendation import card
from core.recommendations import (
    Choice,
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    decide,
)
from tests.contracts.gallery import ordinary
from tests.scenarios.office import words

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def _shown(one: Recommendation, now: datetime = NOW) -> str:
    return words({"blocks": list(card(one, today=TODAY, now=now).blocks)})


def _decided(kind: DecisionKind, **details: object) -> Recommendation:
    made = Decision(kind, CsmId("ana"), "Ana Souza", NOW, **details)  # type: ignore[arg-type]  # as the kind asks
    return decide(replace(ordinary(), due_on=TODAY), made, today=TODAY)


def test_it_says_what_to_do_why_how_and_how_sure() -> None:
    one = ordinary()

    shown = _shown(one)

    assert shown.startswith(one.headline)
    assert all(reason in shown for reason in one.reasons)
    assert "*Say:*" in shown
    assert "*Approach:*" in shown
    assert "*Expected outcome:*" in shown
    assert "*Priority*" in shown
    assert "*Not known:* no support data since 3 Nov" in shown
    assert "*Next best:* Executive alignment (88): if Sarah replied" in shown


def test_it_says_that_it_was_tried_in_place_of_one_about_as_good() -> None:
    usual = Choice(0.95, explored=False, candidates=(), engine="2", rules="shipped")

    assert "Now and then I propose the second" in _shown(
        replace(ordinary(), choice=replace(usual, propensity=0.05, explored=True))
    )
    assert "Now and then" not in _shown(replace(ordinary(), choice=usual))


def test_its_text_holds_the_same_for_a_phone() -> None:
    one = ordinary()

    text = card(one, today=TODAY, now=NOW).text

    assert text.startswith(f"{one.headline} today\n")
    assert text.count("today") == 1
    assert one.reasons[0] in text
    assert "Priority" in text


def test_an_accepted_one_says_who_and_until_when() -> None:
    shown = _shown(_decided(DecisionKind.ACCEPT))

    assert "Ana Souza accepted · due today" in shown
    assert "Complete" in shown
    assert "Undo" in shown
    assert "Accept Action" not in shown


def test_what_somebody_else_took_back_says_who_did_and_of_whom() -> None:
    accepted = _decided(DecisionKind.ACCEPT)
    undo = Decision(DecisionKind.UNDO, CsmId("mara"), "Mara <b> Lindholm", NOW)

    by_another = _shown(decide(accepted, undo, today=TODAY))
    by_oneself = _shown(decide(accepted, replace(undo, by=CsmId("ana")), today=TODAY))

    assert "Mara &lt;b&gt; Lindholm took back what Ana Souza had accepted." in by_another
    assert "took back" not in by_oneself


def test_undo_is_offered_for_ten_minutes() -> None:
    accepted = _decided(DecisionKind.ACCEPT)

    assert "Undo" in _shown(accepted, NOW + timedelta(minutes=10))
    assert "Undo" not in _shown(accepted, NOW + timedelta(minutes=11))


def test_a_deferred_one_says_when_it_is_back() -> None:
    shown = _shown(_decided(DecisionKind.DEFER, until=date(2026, 11, 27)))

    assert "back on Fri 27 Nov" in shown
    assert "Accept Now" in shown


def test_a_dismissed_one_says_why() -> None:
    shown = _shown(
        _decided(DecisionKind.DISMISS, reason=DismissReason.ALREADY_DONE, note="Called her Monday")
    )

    assert "Ana Souza dismissed · already done" in shown
    assert "“Called her Monday”" in shown


def test_a_completed_one_says_what_came_of_it() -> None:
    shown = _shown(
        _decided(DecisionKind.COMPLETE, result=OutcomeResult.POSITIVE, note="Sarah is back")
    )

    assert "Ana Souza completed · went well" in shown
    assert "“Sarah is back”" in shown


def test_every_revision_has_block_ids_of_its_own() -> None:
    before = {block["block_id"] for block in card(ordinary(), today=TODAY, now=NOW).blocks}
    after = {
        block["block_id"]
        for block in card(_decided(DecisionKind.ACCEPT), today=TODAY, now=NOW).blocks
    }

    assert before & after == set()


def test_the_headline_says_by_when_only_while_that_is_true() -> None:
    one = replace(ordinary(), headline="Call Sarah Lin at Beta Inc", due_on=TODAY)
    later = replace(one, due_on=date(2026, 11, 26))
    deferred = _decided(DecisionKind.DEFER, until=date(2026, 11, 27))

    assert _shown(one).startswith("Call Sarah Lin at Beta Inc today\n")
    assert _shown(later).startswith("Call Sarah Lin at Beta Inc by Thu 26 Nov\n")
    assert _shown(deferred).startswith(f"{deferred.headline}\n")
    the_day_after = card(one, today=date(2026, 11, 21), now=NOW)
    assert words({"blocks": list(the_day_after.blocks)}).startswith("Call Sarah Lin at Beta Inc\n")


def test_a_quotation_within_what_to_say_gets_single_marks() -> None:
    one = replace(ordinary(), talking_points=("Is “Sync failed” the main thing?",))

    assert "“Is \u2018Sync failed\u2019 the main thing?”" in _shown(one)


def test_a_note_that_only_repeats_the_reason_is_not_shown() -> None:
    one = _decided(DecisionKind.DISMISS, reason=DismissReason.ALREADY_DONE, note="Already done")

    assert _shown(one).lower().count("already done") == 1


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        (DecisionKind.DEFER, {"until": TODAY + timedelta(days=3)}),
        (DecisionKind.DISMISS, {"reason": DismissReason.NOT_RELEVANT}),
        (DecisionKind.COMPLETE, {"result": OutcomeResult.POSITIVE, "note": "Sarah is back"}),
    ],
)
def test_once_there_is_nothing_left_to_do_it_says_why_and_what_became_of_it(
    kind: DecisionKind, details: dict[str, object]
) -> None:
    one = _decided(kind, **details)

    for shown in (_shown(one), card(one, today=TODAY, now=NOW).text):
        assert one.reasons[0] in shown
        assert "Ana Souza" in shown
        assert not any(name in shown for name in ("Say:", "Approach:", "Priority", "Next best"))


def test_an_accepted_one_still_says_how_to_do_it() -> None:
    assert "*Say:*" in _shown(_decided(DecisionKind.ACCEPT))
