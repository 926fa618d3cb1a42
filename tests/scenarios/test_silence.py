"""Whatever happens, the log holds no secret and nothing that a person or a customer wrote."""

import contextlib
import io
import json
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from starlette.types import ASGIApp

from bot.api.app import api_app
from bot.api.parts import ApiParts
from bot.app import StewardApp, slack_app
from bot.http import web_app
from bot.logs import configure
from bot.playground.slack import AsgiDelivery, LocalSlack
from bot.playground.slack.refusals import NotAnswered
from bot.playground.slack.trouble import Dropped, Refused, ServerError
from bot.services import build
from bot.settings import Settings
from storage.imports.run import run
from storage.tokens import Tokens
from tests.bot.asgi import ask
from tests.bot.playground.clock import Clock
from tests.fuzz.payloads import SAMPLES, sent
from tests.scenarios.person import Person
from tests.scenarios.test_edge import headers_of, signed

BIRD = "canary"
"""Stands in every secret, and in everything that a person or customer wrote."""

TOKEN, SECRET = "xoxb-1-canary", "canary-signing-secret"
KEY, ACCESS = "sk-ant-canary", "stw_canary-canary"
ACCOUNT = "Zyxcanary"
ACCOUNTS = f"""Account ID,Account Name,ARR,CSM,CSM Email,Renewal Date
77,{ACCOUNT},120000,Ana Souza,ana@steward.example,2026-06-01
78,{ACCOUNT} Two,no canary number,Ana Souza,ana@steward.example,canary date
"""
CONTACTS = """Contact ID,Account ID,First Name,Last Name,Email,Title
1,77,Quil,Canary,quil@canary.example,Head of Canaries
2,99,Lost,Canary,canary,Nobody
"""
TICKETS = """Ticket ID,Account ID,Subject,Description,Status,Priority,Created At
1,77,The canary is broken,It sings no more said the canary,open,canary,2026-02-27
"""


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, as it would be read on standard error."""
    root, real = logging.getLogger(), sys.stderr
    before, levels = root.handlers[:], _levels()
    root.handlers, sys.stderr = [], io.StringIO()
    configure("DEBUG")
    try:
        yield sys.stderr
    finally:
        sys.stderr, root.handlers = real, before
        logging.captureWarnings(False)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@pytest.fixture
async def ana(demo: str) -> AsyncIterator[Person]:
    clock = Clock()
    settings = Settings(
        database_url=demo,
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        anthropic_api_key=SecretStr(KEY),
        anthropic_base_url="http://127.0.0.1:9",
    )
    services = build(settings, clock=clock)
    async with LocalSlack(token=TOKEN, signing_secret=SECRET).serving() as slack:
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
        app = slack_app(services, client=client, signing_secret=SECRET)
        slack.deliver_to(AsgiDelivery(_web(app)))
        user = slack.add_user("Ana", email="ana@steward.example", tz="Europe/Berlin")
        yield Person(slack, app, clock, user)
        await app.settle()
        await services.claude.close()
        await services.database.close()


async def test_nothing_that_was_written_or_is_secret_is_ever_logged(
    ana: Person, tmp_path: Path, lines: io.StringIO
) -> None:
    await _import(ana, tmp_path)
    await _work(ana)
    await _meet_trouble(ana)
    await _send_nonsense(ana, _web(ana.app))
    await _lose_tables(ana)
    await _be_strange(ana)

    logged = lines.getvalue()
    records = [json.loads(line) for line in logged.splitlines()]
    assert {"error", "warning", "info"} <= {one["level"] for one in records}
    assert any("exception" in one for one in records)
    assert [line for line in logged.splitlines() if BIRD in line.casefold()] == []


async def _import(ana: Person, folder: Path) -> None:
    for name, said in (("accounts", ACCOUNTS), ("contacts", CONTACTS), ("tickets", TICKETS)):
        (folder / f"{name}.csv").write_text(said)
        database = ana.app.desk.services.database
        await run(database, [folder / f"{name}.csv"], now=ana.clock())


async def _work(ana: Person) -> None:
    shown = await ana.ask(f"what should I do next for {ACCOUNT}")
    await ana.ask("what next for Canarybird Ltd, says quil@canary.example")
    shown = await ana.ask("what should I do next for Beta Inc")
    await ana.click(shown, "recommendation.dismiss")
    await ana.submit(reason="not_relevant", note="the canary told me")
    shown = await ana.ask("what should I do next for Alpha Corp")
    await ana.click(shown, "recommendation.accept")


async def _meet_trouble(ana: Person) -> None:
    troubles = (Refused("channel_not_found"), Refused("token_expired"), ServerError(), Dropped())
    for trouble in troubles:
        for method in ("chat.postMessage", "chat.update", "users.info", "conversations.info"):
            ana.slack.fail(method, trouble)
        await ana.slack.say(ana.id, f"what next for {ACCOUNT} or Canary?")
        await ana.app.settle()
    shown = await ana.ask("what should I do next for Gamma Ltd")
    ana.slack.fail("chat.update", Refused("message_not_found"))
    ana.slack.fail("chat.postEphemeral", Refused("user_not_in_channel"))
    ana.slack.fail("views.open", Refused("internal_error"))
    await ana.click(shown, "recommendation.dismiss")
    await ana.click(shown, "recommendation.accept")


async def _send_nonsense(ana: Person, web: ASGIApp) -> None:
    bodies = [b"canary", b'["canary"]', b'{"type": "canary', b"payload=canary"]
    for said in SAMPLES:
        kept = {name: said[name] for name in ("type", "team", "team_id") if name in said}
        spoilt = dict.fromkeys(said, "canary") | kept
        bodies += [sent(said | {"text": "canary"}).body, sent(spoilt).body]
        bodies += [sent({**said, "event": {"type": "message", "text": "canary"}}).body]
    for body in bodies:
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            headers = headers_of(kind) | signed(body, SECRET)
            await ask(web, "/slack/events", body=body, headers=headers)
            await ask(web, "/slack/events", body=body, headers=headers_of(kind))
    services = ana.app.desk.services
    api = api_app(ApiParts(services, Tokens(services.database)))
    for token in (ACCESS, "canary"):
        headers = {"authorization": f"Bearer {token}"}
        await ask(api, "/api/intelligence/next-best-action?customerId=canary", headers=headers)


async def _lose_tables(ana: Person) -> None:
    for table in ("recommendations", "csms", "inbox"):
        await _rename(ana, table, f"{table}_gone")
        with contextlib.suppress(NotAnswered):
            await ana.slack.say(ana.id, f"what next for {ACCOUNT}?")
        await ana.app.settle()
        await _rename(ana, f"{table}_gone", table)


async def _be_strange(ana: Person) -> None:
    """Let errors with the worst of messages happen to a question and outside of any."""

    async def fails(*_: object, **__: object) -> None:
        try:
            raise ValueError(f"{BIRD} sings")
        except ValueError as error:
            raise KeyError(BIRD) from error

    desk = ana.app.desk
    desk.work.start(fails())
    broken = replace(desk.services, assistant=type("Broken", (), {"answer": fails})())
    object.__setattr__(desk, "services", broken)
    await ana.slack.say(ana.id, "canary?")
    await ana.app.settle()


async def _rename(ana: Person, table: str, name: str) -> None:
    async with ana.app.desk.services.database.write() as session:
        await session.execute(text(f"alter table {table} rename to {name}"))


def _levels() -> dict[str, int]:
    named = {
        name: one.level
        for name, one in logging.root.manager.loggerDict.items()
        if isinstance(one, logging.Logger)
    }
    return named | {"": logging.root.level}


def _web(app: StewardApp) -> ASGIApp:
    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        yield

    return web_app(app, signing_secret=SECRET, probes={}, lifespan=lifespan)
