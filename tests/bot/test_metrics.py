"""What is counted, who may read it, and what every metric has to be."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

import httpx2
import pytest
from anthropic import DefaultAsyncHttpxClient
from fastapi import FastAPI
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

import bot
from bot.app import StewardApp, slack_app
from bot.assistant import Reply
from bot.desk import Desk
from bot.done import Ended
from bot.jobs.inbox import INBOX
from bot.jobs.job import Job
from bot.jobs.scheduler import jobs, run
from bot.language.claude.troubles import Reason
from bot.language.language import LanguageName
from bot.listeners import register
from bot.metrics import FEATURES
from bot.services import Services, build
from bot.serving import http_app
from bot.settings import Settings
from bot.tools.catalogue import tools
from bot.tools.tool import Asker
from core.errors import AlreadyDecided
from core.recommendations import CsmId, Decision, DecisionKind
from storage.database import Database
from storage.people import People
from tests.bot.asgi import ask
from tests.bot.language.claude.model import calls, error, says
from tests.bot.scrape import scrape
from tests.core.builders import beta
from tests.databases import url_of
from tests.storage.book import NOW, begin

README = Path(bot.__file__).parent.parent / "README.md"
TOKEN = "a-token-of-some-length"

CLOSED: dict[str, frozenset[str]] = {
    "tool": frozenset({*(one.name for one in tools()), "clarify", "none"}),
    "language": frozenset({*get_args(LanguageName), "none"}),
    "ended": frozenset({*get_args(Ended), "failed", "done", "sent", "missed", "skipped"}),
    "reason": frozenset(Reason),
    "state": frozenset({*Reason, "ready"}),
    "feature": FEATURES | {"other"},
    "name": frozenset(one.name for one in jobs()),
    "kind": frozenset(DecisionKind)
    | {"input", "output", "cache_read", "cache_write", "button", "form", "shortcut"},
}
"""The labels there are, each with all its values."""

UNITS = re.compile(r"_(seconds|dollars|items|state)$")


@dataclass(frozen=True, slots=True)
class Steward:
    """Steward as it is served, with a model that replies as a test says."""

    services: Services
    app: StewardApp
    web: FastAPI

    async def ask(self, question: str) -> Reply:
        csm = await self.services.people.get("ana")
        return await self.services.assistant.answer(question, Asker(csm, NOW, question))


@asynccontextmanager
async def opened(url: str, *replies: Any, **given: Any) -> AsyncIterator[Steward]:
    """Open Steward over a database; only with replies there is a key, and Claude gives them."""
    left = [httpx2.Response(200, json=one) if isinstance(one, dict) else one for one in replies]
    transport = httpx2.MockTransport(lambda _: left.pop(0))
    services = build(
        Settings(database_url=url, anthropic_api_key="sk-test" if replies else None, **given),
        clock=lambda: NOW,
        http_client=DefaultAsyncHttpxClient(transport=transport),
    )
    client = AsyncWebClient(token="xoxb-none", base_url="http://127.0.0.1:9/")
    app = slack_app(services, client=client, signing_secret="hush")
    yield Steward(services, app, http_app(app, "hush"))
    await services.claude.close()
    await services.database.close()


async def test_what_claude_costs_takes_and_cannot_do_is_counted(sqlite: Database) -> None:
    await begin(sqlite)
    look = calls(("next_best_action", {"account": "Beta Inc"}))
    refused = error(401, "authentication_error")
    async with opened(url_of(sqlite), look, says("Open the card below."), refused) as steward:
        assert (await scrape(steward.web)).value("steward_claude_state", state="ready") == 1
        for question in ("hmm, Beta Inc, what next?", "and Alpha Corp, what next?", "Beta Inc?"):
            await steward.ask(question)

        found = await scrape(steward.web)

    assert found.value("steward_claude_requests_total") == 3
    assert found.counted("steward_claude_tokens_total") == {
        ("input",): 800,
        ("output",): 120,
        ("cache_read",): 3000,
    }
    cost = found.value("steward_claude_cost_dollars_total")
    assert cost
    assert found.value("steward_claude_day_cost_dollars") == pytest.approx(cost)
    assert found.value("steward_claude_day_cap_dollars") == 20
    assert found.value("steward_claude_seconds_count") == 2
    assert found.counted("steward_claude_troubles_total") == {("key_refused",): 1}
    assert found.counted("steward_claude_unaided_total") == {("key_refused",): 2}
    assert found.counted("steward_claude_state") == {("key_refused",): 1}
    assert found.value("steward_question_seconds_count", language="claude") == 1
    assert found.value("steward_question_seconds_count", language="offline") == 2


async def test_each_app_counts_for_itself(sqlite: Database) -> None:
    await begin(sqlite)
    async with opened(url_of(sqlite)) as one, opened(url_of(sqlite)) as other:
        await one.ask("help")

        asked = ("answered", "offline", "help")
        assert (await scrape(one.web)).counted("steward_questions_total") == {asked: 1}
        assert (await scrape(other.web)).counted("steward_questions_total") == {}


async def test_a_decision_counts_once_however_often_its_click_comes(sqlite: Database) -> None:
    await begin(sqlite)
    accept = Decision(DecisionKind.ACCEPT, CsmId("ana"), "Ana Souza", NOW)
    async with opened(url_of(sqlite)) as steward:
        kept = steward.services.recommendations
        (shown,) = await kept.offer([beta()], now=NOW)
        for _ in range(2):
            await kept.decide(shown.id, accept, request_key="click", today=NOW.date())
        with pytest.raises(AlreadyDecided):
            await kept.decide(shown.id, accept, request_key="late", today=NOW.date())

        found = await scrape(steward.web)

    assert found.counted("steward_decisions_total") == {("accept",): 1}


async def test_without_its_database_it_still_tells_what_it_counted(sqlite: Database) -> None:
    await begin(sqlite)
    ana = await People(sqlite).get("ana")
    async with opened(f"{url_of(sqlite)}.empty") as steward:
        with pytest.raises(SQLAlchemyError):
            await steward.services.assistant.answer("help", Asker(ana, NOW, "k"))

        found = await scrape(steward.web)

    assert found.counted("steward_questions_total") == {("failed", "none", "none"): 1}
    assert found.value("steward_database_state") == 0
    assert found.value("steward_inbox_waiting_items") is None


async def test_a_job_tells_when_it_was_last_done_and_that_it_failed(sqlite: Database) -> None:
    works = [True, False]

    async def work(_: Desk) -> None:
        if not works.pop(0):
            raise OSError("no disk")

    async with opened(url_of(sqlite)) as steward:
        for _ in range(2):
            await run(steward.app.desk, Job(name="doubts", seconds=60, run=work))
        found = await scrape(steward.web)

    assert found.counted("steward_job_runs_total") == {
        ("done", "doubts"): 1,
        ("failed", "doubts"): 1,
    }
    last = found.value("steward_job_last_success_timestamp_seconds", name="doubts")
    assert last == NOW.timestamp()
    assert found.value("steward_job_last_run_seconds", name="doubts") is not None


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("10.0.0.7", {}, 403),
        ("testclient", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
        ("10.0.0.7", {"authorization": "Bearer "}, 403),
    ],
)
async def test_without_a_token_only_this_machine_reads_them_and_not_through_a_proxy(
    sqlite: Database, peer: str, headers: dict[str, str], status: int
) -> None:
    async with opened(url_of(sqlite)) as steward:
        told = await ask(steward.web, "/metrics", method="GET", headers=headers, peer=peer)

    assert told.status == status
    assert ("steward_" in told.body) == (status == 200)
    assert ("STEWARD_METRICS_TOKEN" in told.body) == (status == 403)
    assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 401),
        (TOKEN, 401),
        ("Bearer ä", 401),
        ("", 401),
    ],
)
async def test_with_a_token_whoever_sends_it_reads_them_and_nobody_else(
    sqlite: Database, authorization: str, status: int
) -> None:
    async with opened(url_of(sqlite), STEWARD_METRICS_TOKEN=TOKEN) as steward:
        sent = {"authorization": authorization}
        far = await ask(steward.web, "/metrics", method="GET", headers=sent, peer="10.0.0.7")
        near = await ask(steward.web, "/metrics", method="GET", headers=sent)

    assert (far.status, near.status) == (status, status)
    assert ("steward_" in far.body) == (status == 200)
    assert TOKEN not in far.body


async def test_every_metric_has_help_a_unit_closed_labels_and_a_line_in_the_readme(
    sqlite: Database,
) -> None:
    await begin(sqlite)
    async with opened(url_of(sqlite)) as steward:
        await steward.ask("help")
        await run(steward.app.desk, INBOX)
        steward.services.metrics.came({"type": "shortcut?"})
        steward.services.metrics.came(
            {"type": "block_actions", "actions": [{"action_id": "U123.x"}]}
        )
        found = await scrape(steward.web)

    assert found.counted("steward_clicks_total") == {("other", "button"): 1}
    readme = README.read_text("utf-8")
    assert len(found.own) > 15
    for family in found.own:
        assert len(family.documentation) > 15, family.name
        assert family.type == "counter" or UNITS.search(family.name), family.name
        total = "_total" if family.type == "counter" else ""
        assert f"`{family.name}{total}`" in readme, f"{family.name}{total}"
        for sample in family.samples:
            for label, value in sample.labels.items():
                assert label == "le" or value in CLOSED[label], (sample.name, label, value)


def test_clicks_are_counted_by_features_that_exist_and_every_feature_is_known() -> None:
    names: list[str] = []

    class Listening:
        def __getattr__(self, kind: str) -> Callable[[Any], Callable[[object], object]]:
            def heard(name: Any, **_: object) -> Callable[[object], object]:
                if kind in ("action", "view", "shortcut"):
                    names.append(getattr(name, "pattern", name).lstrip("^"))
                return lambda listener: listener

            return heard

    register(cast("AsyncApp", Listening()))

    assert {re.split(r"\\?\.", name)[0] for name in names} == FEATURES
