"""What was said is found again where it was said, by whoever said it, and nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.conversations import Called, Conversations, Place, Shown, Turn
from storage.database import Database
from tests.storage.book import begin

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
DM = Place("D1", "1.0", alone=True)


def turn(key: str, *, at: datetime = NOW) -> Turn:
    return Turn(
        key=key,
        at=at,
        asked=f"question {key}",
        said="Call Sarah",
        calls=(Called("next_best_action", {"account": "Beta Inc"}),),
        shown=(Shown("beta", "Beta Inc", "r1"),),
        asks="Which one?",
        options=(Called("explain", {"account": "beta"}),),
    )


@pytest.fixture
async def kept(database: Database) -> Conversations:
    await begin(database)
    return Conversations(database)


async def keys(kept: Conversations, place: Place, *, csm: str = "ana", now: datetime = NOW) -> str:
    return "".join(one.key for one in await kept.earlier(place, csm=csm, now=now))


async def test_a_turn_comes_back_as_it_was_kept(kept: Conversations) -> None:
    await kept.keep(turn("a"), place=DM, csm="ana")

    assert await kept.earlier(DM, csm="ana", now=NOW) == (turn("a"),)


async def test_nobody_else_is_told_what_a_person_said(kept: Conversations) -> None:
    thread = Place("C1", "5.0")
    await kept.keep(turn("a"), place=thread, csm="ana")
    await kept.keep(turn("b"), place=thread, csm="ben")

    assert (await keys(kept, thread), await keys(kept, thread, csm="ben")) == ("a", "b")


async def test_messages_outside_threads_belong_together_for_half_an_hour(
    kept: Conversations,
) -> None:
    await kept.keep(turn("a", at=NOW - timedelta(minutes=31)), place=DM, csm="ana")
    await kept.keep(
        turn("b", at=NOW - timedelta(minutes=9)), place=Place("D1", "2", True), csm="ana"
    )
    await kept.keep(turn("c", at=NOW), place=Place("D1", "1.0"), csm="ana")

    assert await keys(kept, Place("D1", "3.0", alone=True)) == "b"
    assert await keys(kept, Place("D1", "1.0")) == "ac"


async def test_a_conversation_goes_on_where_its_answer_was_given(kept: Conversations) -> None:
    await kept.keep(turn("a"), place=Place("C1", "5.0"), csm="ana")
    await kept.answered("a", channel="D1", thread="7.0")

    assert await keys(kept, Place("D1", "7.0")) == "a"
    assert await keys(kept, Place("C1", "5.0")) == "a"


async def test_a_message_that_comes_again_is_kept_once_and_is_not_its_own_past(
    kept: Conversations,
) -> None:
    await kept.keep(turn("a"), place=DM, csm="ana")
    await kept.keep(turn("a"), place=DM, csm="ana")

    assert await keys(kept, DM) == "a"
    assert await kept.earlier(DM, csm="ana", now=NOW, without="a") == ()


async def test_what_is_older_than_the_day_named_is_forgotten(kept: Conversations) -> None:
    await kept.keep(turn("a", at=NOW - timedelta(days=31)), place=DM, csm="ana")
    await kept.keep(turn("b"), place=DM, csm="ana")

    assert await kept.forget(before=NOW - timedelta(days=30)) == 1
    assert await keys(kept, DM) == "b"
