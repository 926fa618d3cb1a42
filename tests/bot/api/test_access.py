"""Who is let in: tokens, their ends, how often; and what is answered when something is wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.api.guard import LARGEST
from bot.api.kinds import KINDS, kind_of, kinds
from bot.playground.errors import PlaygroundRefused
from bot.throttle import Throttle
from core.errors import StewardError
from storage.database import Database
from tests.bot.api.conftest import PATH, Front, open_front
from tests.bot.asgi import ask
from tests.bot.test_sentences import EXAMPLES
from tests.storage.book import NOW


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer stw_", "Bearer " + "x" * 5000],
)
async def test_nobody_is_let_in_without_a_token(lite: Front, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}

    answer = await ask(lite.app, PATH, method="GET", headers=headers)

    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_token_that_ended_lets_nobody_in(front: Front) -> None:
    mine = await front.tokens.check(front.secrets["ana"], NOW)
    bens = await front.tokens.check(front.secrets["ben"], NOW)
    await front.tokens.revoke(mine.id, by="test", now=NOW)
    ends = NOW + timedelta(days=1)
    front.secrets["late"] = front.secrets["ben"][:-1] + "x"
    await front.tokens.create(
        front.secrets["late"], csm_id=bens.csm_id, name="x", by="test", now=NOW, expires_at=ends
    )

    revoked, before = await front.get(), await front.get("", "late")
    front.clock[0] = ends
    after = await front.get("", "late")

    assert (revoked.status, before.status, after.status) == (401, 200, 401)
    assert "was revoked" in revoked.json["detail"]
    assert "has expired" in after.json["detail"]


async def test_a_token_that_asks_too_often_is_told_when_to_come_back(sqlite: Database) -> None:
    now = [0.0]
    throttle = Throttle(most=2, seconds=60, clock=lambda: now[0])
    async with open_front(sqlite, throttle=throttle) as front:
        first = [(await front.get()).status for _ in range(2)]
        third = await front.get()
        other = await front.get("", "ben")
        now[0] += int(third.headers["retry-after"])
        again = await front.get()

    assert first == [200, 200]
    assert third.status == 429
    assert third.headers["retry-after"] == "30"
    assert (other.status, again.status) == (200, 200)


def test_a_throttle_lets_exactly_so_many_through_however_they_are_spread() -> None:
    now = [0.0]
    throttle = Throttle(most=10, seconds=60, clock=lambda: now[0])
    passed = []
    for _ in range(600):
        now[0] += 0.5
        if throttle.wait("a") == 0:
            passed.append(now[0])

    windows = [len([at for at in passed if start < at <= start + 60]) for start in passed]
    assert passed[:10] == [0.5 * one for one in range(1, 11)]
    assert max(windows[10:]) == 10
    assert 59 <= len(passed) <= 60


async def test_a_body_over_the_limit_is_refused(lite: Front) -> None:
    best = await lite.best()
    body = b'{"outcome": "' + b"x" * LARGEST + b'"}'
    headers = {"authorization": f"Bearer {lite.secrets['ana']}", "content-type": "application/json"}

    answer = await ask(lite.app, f"{PATH}/{best['id']}/complete", body=body, headers=headers)

    assert (answer.status, answer.json["type"]) == (413, "/docs/problems#too-large")


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 60_000, b'{"outcome": NaN}', b""])
async def test_a_body_that_is_no_json_is_refused(lite: Front, body: bytes) -> None:
    best = await lite.best()
    headers = {"authorization": f"Bearer {lite.secrets['ana']}", "content-type": "application/json"}

    answer = await ask(lite.app, f"{PATH}/{best['id']}/complete", body=body, headers=headers)

    assert answer.status in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/api/nothing", "GET", 404), (PATH, "DELETE", 405), (f"{PATH}/x/accept", "GET", 405)],
)
async def test_an_address_or_method_that_is_not_there_is_a_problem_too(
    lite: Front, path: str, method: str, status: int
) -> None:
    answer = await ask(lite.app, path, method=method)

    assert answer.status == answer.json["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_nobody_foresaw_is_a_reference_and_nothing_else(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    async with front.services.database.write() as session:
        await session.execute(text("alter table customers rename to gone"))

    answer = await front.get()

    async with front.services.database.write() as session:
        await session.execute(text("alter table gone rename to customers"))
    assert answer.status == 500
    assert answer.json["reference"] in caplog.text
    assert "customers" not in answer.body
    assert all(secret not in caplog.text for secret in front.secrets.values())


async def test_answers_are_not_cached(lite: Front) -> None:
    answer = await lite.get()

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_class_of_error_is_a_problem_of_its_own_row() -> None:
    classes = {type(error) for error in EXAMPLES} | {PlaygroundRefused, StewardError}

    assert classes == set(KINDS)


def test_what_is_said_of_an_error_is_a_sentence_about_nothing_inside() -> None:
    for said in (kind_of(error).says(error) for error in EXAMPLES):
        assert said[0].isupper() or said[0] == "“"
        assert said.endswith((".", "?"))
        assert "://" not in said


def test_a_kind_has_one_status_and_title() -> None:
    names = {kind.name: (kind.status, kind.title) for kind in kinds()}

    assert all(names[one.name] == (one.status, one.title) for one in KINDS.values())
