"""The doctor says how Claude is: key, models, costs, and how the last questions went."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2
from anthropic import DefaultAsyncHttpxClient

from bot.doctor.check import Check
from bot.doctor.claude import examine_claude
from bot.settings import Settings
from storage.database import Database
from storage.model_usage import ModelUsages, Used
from tests.databases import url_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Answers = Mapping[str, tuple[int, Any]]


def model(id: str, lifecycle: str = "active", **more: object) -> tuple[int, Any]:
    known = {"id": id, "type": "model", "display_name": id, "created_at": "2026-10-07T00:00:00Z"}
    return 200, {**known, "lifecycle": lifecycle, **more}


ACTIVE = {
    name: model(name) for name in ("claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5")
}


async def examined(
    answers: Answers, database: Database | None = None, **settings: Any
) -> list[Check]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        status, body = answers[request.url.path.rpartition("/")[2]]
        return httpx2.Response(status, json=body)

    url = url_of(database) if database else "sqlite:////nowhere/no.db"
    return await examine_claude(
        Settings(**{"anthropic_api_key": "sk-hush", "database_url": url, **settings}),
        now=NOW,
        http_client=DefaultAsyncHttpxClient(transport=httpx2.MockTransport(answer)),
    )


async def test_without_a_key_all_is_well() -> None:
    (check,) = await examined({}, anthropic_api_key="")

    assert check.state == "ok"
    assert "ANTHROPIC_API_KEY" in check.mend


async def test_models_that_live_are_named_with_what_they_are_for(sqlite: Database) -> None:
    checks = await examined(ACTIVE, sqlite, STEWARD_LLM_MODEL_PLAN="claude-sonnet-5-5")

    assert [(one.name, one.says) for one in checks[:3]] == [
        ("Claude", "the key is taken"),
        ("Model for chat", "claude-haiku-5-5"),
        ("Model for analysis and plan", "claude-sonnet-5-5"),
    ]
    assert checks[3].says == "$0.00 today of $20.00, at most $1.00 a person"
    assert {one.state for one in checks} == {"ok"}


async def test_a_model_that_ends_or_is_unknown_is_warned_of(sqlite: Database) -> None:
    old = model("claude-haiku-5-5", "deprecated", retires_at="2026-12-01T00:00:00Z")
    gone = model("claude-opus-5-5", "retired")
    missing = 404, {"type": "error", "error": {"type": "not_found_error", "message": "no"}}
    answers = {**ACTIVE, "claude-haiku-5-5": old, "claude-opus-5-5": gone, "ours": missing}

    checks = await examined(answers, sqlite, STEWARD_LLM_MODEL_ANALYSIS="ours")

    said = {one.name: (one.state, one.says) for one in checks}
    state, says = said["Model for chat"]
    assert (state, says) == ("warn", "claude-haiku-5-5 is deprecated and ends on Tue 1 Dec 2026")
    assert said["Model for plan"] == ("fail", "claude-opus-5-5 is retired")
    assert [one.state for one in checks if one.name == "Model for analysis"] == ["warn", "warn"]


async def test_a_gateway_may_say_little_of_a_model(sqlite: Database) -> None:
    says = {name: (200, {"id": name, "object": "model"}) for name in ACTIVE}

    checks = await examined(says, sqlite)

    assert {one.state for one in checks} == {"ok"}


async def test_a_key_that_is_refused_fails_once_and_is_not_shown(sqlite: Database) -> None:
    refused = 401, {"type": "error", "error": {"type": "authentication_error", "message": "no"}}

    checks = await examined(dict.fromkeys(ACTIVE, refused), sqlite)

    assert [one.state for one in checks if one.name == "Claude"] == ["fail"]
    assert "sk-hush" not in str(checks)


async def test_costs_and_how_the_last_questions_went_are_shown(sqlite: Database) -> None:
    usages = ModelUsages(sqlite)
    for trouble in (None, "busy", "busy"):
        used = Used("ana", "claude-haiku-5-5", 2, 500, 100, 1500, 0, 7.0, 1200, trouble)
        await usages.add(used, at=NOW)

    checks = await examined(ACTIVE, sqlite)

    costs, lately = checks[-2:]
    assert (costs.state, costs.says[:22]) == ("warn", "$21.00 today of $20.00")
    assert (lately.state, lately.says) == (
        "warn",
        "last 3 questions: median 1.2 s, 75% of what was sent came from the cache; failed: busy 2",
    )
