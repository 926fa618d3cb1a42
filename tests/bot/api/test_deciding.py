"""Decisions over HTTP: the same transaction as a click, once, and every copy redrawn."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from core.recommendations import DismissReason
from tests.bot.api.conftest import Front, id_of
from tests.storage.book import NOW, TODAY


async def test_an_accepted_action_says_so_and_its_copies_are_redrawn(front: Front) -> None:
    best = await front.best()

    answer = await front.post(f"/{best['id']}/accept")

    assert (answer.status, answer.headers["etag"]) == (200, '"2"')
    assert (answer.json["status"], answer.json["version"]) == ("accepted", 2)
    assert front.redrawn == [(best["id"], TODAY)]
    kept = await front.services.recommendations.get(best["id"])
    assert [(one.kind, one.by_name) for one in kept.history] == [("accept", "Ana Test")]


async def test_a_completion_keeps_what_came_of_it(front: Front) -> None:
    best = await front.best()
    said = {"outcome": "Scheduled QBR prep for Feb 8", "result": "positive"}

    answer = (await front.post(f"/{best['id']}/complete", said)).json

    assert (answer["status"], answer["outcome"]) == ("completed", said["outcome"])
    assert answer["outcomeResult"] == "positive"
    assert answer["completedAt"] == "2026-03-03T09:00:00Z"


async def test_a_completion_may_leave_open_how_it_turned_out(front: Front) -> None:
    best = await front.best()

    answer = (await front.post(f"/{best['id']}/complete", {"outcome": " Called "})).json

    assert (answer["outcome"], answer["outcomeResult"]) == ("Called", None)


@pytest.mark.parametrize("reason", list(DismissReason))
async def test_a_reason_of_the_list_is_taken_as_it_is(lite: Front, reason: DismissReason) -> None:
    best = await lite.best()

    answer = (await lite.post(f"/{best['id']}/dismiss", {"reason": reason, "note": "n"})).json

    kept = (await lite.services.recommendations.get(best["id"])).last
    assert (answer["status"], answer["dismissedBecause"]) == ("dismissed", reason)
    assert kept is not None
    assert (kept.reason, kept.note) == (reason, "n")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Already addressed via other channel", "already_done"),
        ("the numbers are wrong", "wrong_data"),
        ("hm", None),
    ],
)
async def test_a_reason_in_words_is_recognised_and_kept(
    lite: Front, words: str, reason: str | None
) -> None:
    best = await lite.best()

    answer = (await lite.post(f"/{best['id']}/dismiss", {"reason": words})).json

    kept = (await lite.services.recommendations.get(best["id"])).last
    assert answer["dismissedBecause"] == reason
    assert kept is not None
    assert kept.note == words


async def test_wrong_data_names_the_signals_whose_facts_are_doubted(lite: Front) -> None:
    best = await lite.best()
    wrong = best["signals"][-1]["type"]

    foreign = await lite.post(
        f"/{best['id']}/dismiss", {"reason": "wrong_data", "doubts": ["no_such_signal"]}
    )
    await lite.post(f"/{best['id']}/dismiss", {"reason": "wrong_data", "doubts": [wrong, wrong]})

    kept = (await lite.services.recommendations.get(best["id"])).last
    assert (foreign.status, foreign.json["errors"][0]["pointer"]) == (422, "#/doubts")
    assert kept is not None
    assert kept.doubts == (wrong,)


async def test_a_deferral_may_wait_for_a_happening_thirty_days_at_most(lite: Front) -> None:
    best = await lite.best()
    known = await lite.services.recommendations.occasions(id_of("beta"), as_of=NOW)
    happening = known.happenings[0].name

    answer = (await lite.post(f"/{best['id']}/defer", {"happening": happening})).json

    assert answer["status"] == "deferred"
    assert answer["deferredUntilHappening"] == happening
    assert answer["deferredUntil"] == (TODAY + timedelta(days=30)).isoformat()


async def test_the_last_decision_is_taken_back_within_ten_minutes(front: Front) -> None:
    best = await front.best()
    await front.post(f"/{best['id']}/accept")

    undone = await front.post(f"/{best['id']}/undo")
    await front.post(f"/{best['id']}/accept")
    front.clock[0] += timedelta(minutes=11)
    late = await front.post(f"/{best['id']}/undo")

    assert undone.json["status"] == "recommended"
    assert (late.status, late.json["type"]) == (409, "/docs/problems#undo-expired")


async def test_of_two_who_accept_at_once_one_does_and_the_other_is_told(front: Front) -> None:
    best = await front.best()

    both = await asyncio.gather(
        front.post(f"/{best['id']}/accept"), front.post(f"/{best['id']}/accept", who="mara")
    )

    won, lost = sorted(both, key=lambda answer: answer.status)
    assert (won.status, lost.status) == (200, 409)
    assert lost.json["type"] == "/docs/problems#already-decided"
    assert lost.json["currentStatus"] == "accepted"
    assert lost.json["decidedBy"] in ("Ana Test", "Mara Test")
    assert lost.json["decidedBy"] in lost.json["detail"]


async def test_the_same_request_sent_again_changes_nothing_more(front: Front) -> None:
    best = await front.best()
    path = f"/{best['id']}/accept"

    answers = await asyncio.gather(*(front.post(path, idempotency_key="k1") for _ in range(4)))

    assert {answer.status for answer in answers} == {200}
    assert {answer.json["version"] for answer in answers} == {2}


async def test_a_key_counts_for_its_request_and_person_only(front: Front) -> None:
    best = await front.best()
    key = {"idempotency_key": "k1"}
    await front.post(f"/{best['id']}/accept", **key)

    other = await front.post(f"/{best['id']}/complete", {"outcome": "Called"}, **key)
    else_ = await front.post(f"/{best['id']}/complete", {"outcome": "Mailed"}, **key)
    person = await front.post(f"/{best['id']}/complete", {"outcome": "Called"}, "mara", **key)

    assert other.json["status"] == "completed"
    assert else_.status == person.status == 409


async def test_a_decision_on_an_older_version_is_refused(front: Front) -> None:
    best = await front.best()
    await front.post(f"/{best['id']}/defer", {"until": "2026-03-10"}, who="mara")

    stale = await front.post(f"/{best['id']}/accept", if_match=f'"{best["version"]}"')
    fresh = await front.post(f"/{best['id']}/accept", if_match='"2"')

    assert (stale.status, stale.json["type"]) == (412, "/docs/problems#outdated")
    assert stale.json["currentStatus"] == "deferred"
    assert (fresh.status, fresh.json["status"]) == (200, "accepted")


@pytest.mark.parametrize("verb", ["accept", "complete", "dismiss", "defer", "undo"])
async def test_nobody_decides_about_what_they_may_not_see(lite: Front, verb: str) -> None:
    foreign = await lite.best("gamma", "ben")
    said: dict[str, dict[str, Any]] = {
        "complete": {"outcome": "x"},
        "dismiss": {"reason": "x"},
        "defer": {"until": "2026-03-10"},
    }

    answer = await lite.post(f"/{foreign['id']}/{verb}", said.get(verb))

    assert answer.status == 403
    assert "Ben Test" in answer.json["detail"]
    assert (await lite.services.recommendations.get(foreign["id"])).version == 1
    assert lite.redrawn == []


@pytest.mark.parametrize(
    ("verb", "said", "pointer"),
    [
        ("complete", {}, "#/outcome"),
        ("complete", {"outcome": "  "}, "#/outcome"),
        ("complete", {"outcome": "x" * 501}, "#/outcome"),
        ("complete", {"outcome": "\0"}, "#/outcome"),
        ("complete", {"outcome": "\ud800"}, "#/outcome"),
        ("complete", {"outcome": 1}, "#/outcome"),
        ("complete", {"outcome": "x", "result": "great"}, "#/result"),
        ("complete", {"outcome": "x", "Result": "positive"}, "#/Result"),
        ("complete", {"outcome": "x", "a/b~": 1}, "#/a~1b~0"),
        ("complete", {"outcome": "x", "\ud800": 1}, "#"),
        ("complete", [], "#"),
        ("dismiss", {"reason": ""}, "#/reason"),
        ("dismiss", {"reason": "x", "note": "n" * 501}, "#/note"),
        ("defer", {}, "#/until"),
        ("defer", {"until": "soon"}, "#/until"),
        ("defer", {"until": "2026-03-03"}, "#/until"),
        ("defer", {"until": "9999-12-31"}, "#/until"),
        ("defer", {"happening": "the end of days"}, "#/happening"),
    ],
)
async def test_what_cannot_be_used_points_to_the_value(
    lite: Front, verb: str, said: object, pointer: str
) -> None:
    best = await lite.best()

    answer = await lite.post(f"/{best['id']}/{verb}", said)

    assert answer.status == 422
    assert [(one["where"], one["pointer"]) for one in answer.json["errors"]] == [("body", pointer)]
    assert (await lite.services.recommendations.get(best["id"])).version == 1


@pytest.mark.parametrize(
    "body", [b'{"reason": "\xff"}', b"{", b""], ids=["not UTF-8", "cut", "none"]
)
async def test_a_body_that_cannot_be_read_is_refused_with_what_is_wrong(
    lite: Front, body: bytes
) -> None:
    action = await lite.best(who="ada")

    answer = await lite.post(f"/{action['id']}/dismiss", body, "ada")

    assert answer.status == 422
    assert answer.json["type"].endswith("#invalid")
    assert answer.json["errors"]


@pytest.mark.parametrize("header", ["if_match", "idempotency_key"])
async def test_a_header_that_cannot_be_used_is_named(lite: Front, header: str) -> None:
    best = await lite.best()

    answer = await lite.post(f"/{best['id']}/accept", **{header: "x" * 256})

    assert answer.status == 422
    assert answer.json["errors"][0]["where"] == "header"
    assert answer.json["errors"][0]["pointer"].lower() == f"#/{header.replace('_', '-')}"
