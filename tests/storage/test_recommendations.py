"""Keeping recommendations: offered once, decided once, everywhere on show."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.errors import AlreadyDecided, Invalid, Outdated, RecommendationGone
from core.happenings import Happened
from core.recommendations import (
    Candidate,
    Choice,
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    Status,
)
from storage.database import Database
from storage.recommendations import Recommendations, redrawing
from storage.tables import ActivityLog, DecisionRow, OutcomeRow, Ticket, table
from tests.core.builders import NOW, TODAY, beta
from tests.storage.book import begin, row, save

LATER = NOW + timedelta(hours=1)
BY = CsmId("ana")
REDRAW = redrawing("r1", "judged", today=TODAY)
ACCEPT = Decision(DecisionKind.ACCEPT, CsmId("ana"), "Ana Souza", NOW)


@pytest.fixture
async def repository(database: Database) -> Recommendations:
    await begin(database)
    return Recommendations(database)


async def _offered(repository: Recommendations) -> Recommendation:
    (stored,) = await repository.offer([beta()], now=NOW)
    return stored


async def _count(repository: Recommendations, kind: type) -> int:
    async with repository._database.read() as session:
        return await session.scalar(select(func.count()).select_from(table(kind))) or 0


async def test_what_was_shown_comes_back_as_it_was(repository: Recommendations) -> None:
    stored = await _offered(repository)

    assert await repository.get(stored.id) == stored
    assert replace(stored, id=beta().id) == beta()


async def test_how_it_was_chosen_is_kept_with_it(repository: Recommendations) -> None:
    best = Candidate("champion_outreach", 92.0, 0.95, 90.0, 100.0, 80.0, 90.0, 0.6)
    tie = Candidate("check_in", 91.0, 0.05, 80.0, 100.0, 80.0, 90.0, 0.6)
    chosen = Choice(0.95, explored=False, candidates=(best, tie), engine="2", rules="shipped/3")

    (stored,) = await repository.offer([replace(beta(), choice=chosen)], now=NOW)

    assert (await repository.get(stored.id)).choice == chosen


async def test_asking_twice_does_not_make_two(repository: Recommendations) -> None:
    first, second = await _offered(repository), await _offered(repository)

    assert first.id == second.id


async def test_a_decision_is_kept_with_its_record_and_history(repository: Recommendations) -> None:
    stored = await _offered(repository)

    accepted = await repository.decide(stored.id, ACCEPT, request_key="click-1", today=TODAY)

    assert accepted.status is Status.ACCEPTED
    assert await repository.get(stored.id) == accepted
    assert await _count(repository, DecisionRow) == await _count(repository, ActivityLog) == 1


async def test_the_same_click_delivered_again_changes_nothing(repository: Recommendations) -> None:
    stored = await _offered(repository)

    once = await repository.decide(stored.id, ACCEPT, request_key="click-1", today=TODAY)
    again = await repository.decide(stored.id, ACCEPT, request_key="click-1", today=TODAY)

    assert again == once
    assert await _count(repository, DecisionRow) == 1


async def test_a_decision_about_an_older_version_is_refused_unless_it_was_made_already(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    day = TODAY + timedelta(days=3)
    defer = replace(ACCEPT, kind=DecisionKind.DEFER, until=day)
    await repository.decide(stored.id, defer, request_key="1", today=TODAY, version=1)

    with pytest.raises(Outdated) as refused:
        await repository.decide(stored.id, ACCEPT, request_key="2", today=TODAY, version=1)
    again = await repository.decide(stored.id, defer, request_key="1", today=TODAY, version=1)
    accepted = await repository.decide(stored.id, ACCEPT, request_key="3", today=TODAY, version=2)

    assert (refused.value.status, refused.value.by) == ("deferred", "Ana Souza")
    assert again.status is Status.DEFERRED
    assert accepted.status is Status.ACCEPTED


async def test_of_many_people_at_once_one_decides_and_the_others_are_told_who(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    clicks = [
        repository.decide(stored.id, ACCEPT, request_key=f"click-{n}", today=TODAY)
        for n in range(8)
    ]

    results = await asyncio.gather(*clicks, return_exceptions=True)

    late = [result for result in results if isinstance(result, AlreadyDecided)]
    assert len(late) == 7
    assert {error.by for error in late} == {"Ana Souza"}
    assert await _count(repository, DecisionRow) == 1


async def test_a_refused_decision_leaves_no_trace(repository: Recommendations) -> None:
    stored = await _offered(repository)
    without_outcome = replace(ACCEPT, kind=DecisionKind.COMPLETE)

    with pytest.raises(Invalid):
        await repository.decide(stored.id, without_outcome, request_key="c", today=TODAY)

    assert await repository.get(stored.id) == stored
    assert await _count(repository, DecisionRow) == 0


async def test_an_outcome_counts_for_its_play_until_it_is_undone(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    done = replace(
        ACCEPT, kind=DecisionKind.COMPLETE, note="She is back.", result=OutcomeResult.POSITIVE
    )

    await repository.decide(stored.id, done, request_key="c1", today=TODAY)
    counted = await repository.outcomes(as_of=LATER)
    undo = replace(ACCEPT, kind=DecisionKind.UNDO, at=NOW + timedelta(minutes=3))
    await repository.decide(stored.id, undo, request_key="c2", today=TODAY)

    assert counted.select("play", "owner", "outcome", "kind").rows() == [
        ("champion_outreach", "ana", 1.0, "completed")
    ]
    assert (await repository.outcomes(as_of=NOW - timedelta(days=1))).is_empty()
    assert (await repository.outcomes(as_of=LATER)).is_empty()
    assert await _count(repository, OutcomeRow) == 0


@pytest.mark.parametrize("reason", list(DismissReason))
async def test_only_a_dismissal_as_not_relevant_says_something_about_the_play(
    repository: Recommendations, reason: DismissReason
) -> None:
    stored = await _offered(repository)
    dismissal = replace(ACCEPT, kind=DecisionKind.DISMISS, reason=reason)
    await repository.decide(stored.id, dismissal, request_key="c1", today=TODAY)

    counted = (await repository.outcomes(as_of=LATER)).select("outcome", "kind").rows()

    expected = [(0.0, "not_relevant")] if reason is DismissReason.NOT_RELEVANT else []
    assert counted == expected
    undo = replace(ACCEPT, kind=DecisionKind.UNDO, at=NOW + timedelta(minutes=3))
    await repository.decide(stored.id, undo, request_key="c2", today=TODAY)
    assert (await repository.outcomes(as_of=LATER)).is_empty()


async def test_the_outcome_is_part_of_the_history(repository: Recommendations) -> None:
    stored = await _offered(repository)
    done = replace(
        ACCEPT, kind=DecisionKind.COMPLETE, note="She is back.", result=OutcomeResult.NEUTRAL
    )

    completed = await repository.decide(stored.id, done, request_key="c1", today=TODAY)

    assert await repository.get(stored.id) == completed


async def test_a_deferral_that_has_ended_opens_the_same_one_again(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    defer = replace(ACCEPT, kind=DecisionKind.DEFER, until=TODAY + timedelta(days=3))
    await repository.decide(stored.id, defer, request_key="c1", today=TODAY)

    (again,) = await repository.offer([beta()], now=NOW + timedelta(days=4))

    assert again.id == stored.id
    assert again.status is Status.RECOMMENDED
    assert (await repository.get(again.id)).version == again.version == 3


async def test_a_deleted_recommendation_is_gone(repository: Recommendations) -> None:
    with pytest.raises(RecommendationGone):
        await repository.decide("nothing", ACCEPT, request_key="c", today=TODAY)


async def test_what_waits_is_told_to_the_rules_with_the_day_it_was_first_shown(
    repository: Recommendations,
) -> None:
    await _offered(repository)
    await repository.offer([beta()], now=NOW + timedelta(days=5))

    (past,) = await repository.past(as_of=NOW + timedelta(days=6))

    assert (past.status, past.created_on) == (Status.RECOMMENDED, TODAY)
    assert await repository.past(as_of=NOW - timedelta(days=1)) == ()


async def _put_off(repository: Recommendations, until: str) -> Recommendation:
    stored = await _offered(repository)
    day = TODAY + timedelta(days=30)
    defer = replace(ACCEPT, kind=DecisionKind.DEFER, until=day, happening=until)
    return await repository.decide(stored.id, defer, request_key="c1", today=TODAY)


async def test_a_deferral_waits_for_its_happening_and_says_what_brought_it_back(
    repository: Recommendations,
) -> None:
    await _put_off(repository, "ticket_closed")
    three, five = NOW + timedelta(days=3), NOW + timedelta(days=5)
    (waits,) = await repository.past(as_of=five)
    await save(
        repository._database,
        row(Ticket, customer_id="beta", opened_at=NOW, closed_at=three),
        row(Ticket, customer_id="alpha", opened_at=NOW, closed_at=NOW + timedelta(days=4)),
    )

    (woken,) = await repository.past(as_of=five)
    (back,) = await repository.offer([beta()], now=five)
    (again,) = await repository.offer([beta()], now=five + timedelta(days=1))

    assert (waits.happening, waits.happened_on) == ("ticket_closed", None)
    assert woken.happened_on == three.date()
    assert back.woken == again.woken == Happened("ticket_closed", three.date())
    assert (await repository.get(back.id)).woken == back.woken
    assert back.status is Status.RECOMMENDED


async def test_what_happened_before_it_was_put_off_does_not_bring_it_back(
    repository: Recommendations,
) -> None:
    before = NOW - timedelta(hours=1)
    await save(
        repository._database, row(Ticket, customer_id="beta", opened_at=before, closed_at=before)
    )
    decided = await _put_off(repository, "ticket_closed")

    (waits,) = await repository.past(as_of=NOW + timedelta(days=5))
    (back,) = await repository.offer([beta()], now=NOW + timedelta(days=31))

    assert decided.last is not None
    assert decided.last.happening == "ticket_closed"
    assert (await repository.get(back.id)).history == decided.history
    assert waits.happened_on is None
    assert back.woken is None


async def test_nobody_waits_for_what_no_list_holds(repository: Recommendations) -> None:
    with pytest.raises(Invalid, match="from the list"):
        await _put_off(repository, "the moon")


async def test_past_decisions_are_told_to_the_rules_before_ranking(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    until = TODAY + timedelta(days=3)
    defer = replace(ACCEPT, kind=DecisionKind.DEFER, until=until)

    await repository.decide(stored.id, defer, request_key="c1", today=TODAY)
    (past,) = await repository.past(as_of=LATER, accounts=["beta"])

    assert (past.account, past.play, past.status) == ("beta", "champion_outreach", "deferred")
    assert past.until == until
    assert await repository.past(as_of=LATER, accounts=["alpha"]) == ()


async def test_a_deferral_holds_again_when_the_acceptance_after_it_is_undone(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    until = TODAY + timedelta(days=3)
    steps = (
        replace(ACCEPT, kind=DecisionKind.DEFER, until=until),
        ACCEPT,
        replace(ACCEPT, kind=DecisionKind.UNDO),
    )
    for n, step in enumerate(steps):
        await repository.decide(stored.id, step, request_key=f"c{n}", today=TODAY)

    (past,) = await repository.past(as_of=LATER)

    assert (past.status, past.until) == ("deferred", until)


async def test_the_past_is_as_it_stood_then_whatever_was_decided_later(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    done = replace(
        ACCEPT,
        kind=DecisionKind.COMPLETE,
        at=NOW + timedelta(days=5),
        note="She is back.",
        result=OutcomeResult.POSITIVE,
    )
    await repository.decide(stored.id, ACCEPT, request_key="c1", today=TODAY)
    await repository.decide(stored.id, done, request_key="c2", today=TODAY)

    (then,) = await repository.past(as_of=LATER)
    (now,) = await repository.past(as_of=NOW + timedelta(days=6))

    assert (then.status, then.on) == ("accepted", TODAY)
    assert (now.status, now.on) == ("completed", TODAY + timedelta(days=5))
    assert await repository.past(as_of=NOW - timedelta(days=1)) == ()


async def test_what_many_ask_for_at_once_is_one_recommendation(
    repository: Recommendations,
) -> None:
    asked = await asyncio.gather(*(repository.offer([beta()], now=NOW) for _ in range(8)))

    assert len({one.id for (one,) in asked}) == 1


async def test_every_message_that_shows_it_is_known_with_all_that_it_shows(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)

    await repository.shown([stored.id], channel="D1", ts="1.0", surface="card")
    await repository.shown([stored.id], channel="C1", ts="2.0", surface="list", heading="Top")

    copies = await repository.copies(stored.id)
    assert {(copy.channel, copy.surface, copy.heading) for copy in copies} == {
        ("D1", "card", ""),
        ("C1", "list", "Top"),
    }
    assert all(copy.ids == (stored.id,) for copy in copies)


async def test_open_ones_of_an_account_are_found_newest_first(repository: Recommendations) -> None:
    stored = await _offered(repository)
    assert await repository.open_for("beta") == ()

    accepted = await repository.decide(stored.id, ACCEPT, request_key="c", today=TODAY)

    assert await repository.open_for("beta") == (accepted,)


async def test_what_was_accepted_is_under_way_for_its_owner(repository: Recommendations) -> None:
    stored = await _offered(repository)
    await repository.decide(stored.id, ACCEPT, request_key="c", today=TODAY)

    assert [one.id for one in await repository.underway(frozenset({"ana"}))] == [stored.id]
    assert [one.id for one in await repository.underway(None)] == [stored.id]
    assert await repository.underway(frozenset({"ben"})) == ()


async def test_a_completion_that_did_not_say_how_it_went_is_judged_once(
    repository: Recommendations,
) -> None:
    stored = await _offered(repository)
    done = replace(ACCEPT, kind=DecisionKind.COMPLETE, note="She is back.")
    await repository.decide(stored.id, done, request_key="c1", today=TODAY)
    assert (await repository.outcomes(as_of=LATER)).is_empty()

    judged = await repository.judge(
        stored.id, OutcomeResult.POSITIVE, by=BY, at=NOW + timedelta(minutes=1), then=REDRAW
    )

    assert judged.last is not None
    assert judged.last.result is OutcomeResult.POSITIVE
    assert (await repository.outcomes(as_of=LATER))["outcome"].to_list() == [1.0]
    with pytest.raises(AlreadyDecided):
        await repository.judge(stored.id, OutcomeResult.NEGATIVE, by=BY, at=LATER, then=REDRAW)


async def test_what_is_not_completed_cannot_be_judged(repository: Recommendations) -> None:
    stored = await _offered(repository)

    with pytest.raises(AlreadyDecided):
        await repository.judge(stored.id, OutcomeResult.POSITIVE, by=BY, at=NOW, then=REDRAW)
