"""Which way to Slack is taken, whether this process is ready, and what the doctor says of Slack."""

import json
from typing import Any

import aiohttp
import pytest
import uvicorn
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.app import slack_app
from bot.doctor.workspace import examine_slack
from bot.playground.slack import LocalSlack
from bot.playground.slack.loopback import loopback
from bot.probes import KEPT_SECONDS, slack_probe
from bot.running import Ending, Server
from bot.scopes import SCOPES
from bot.services import build
from bot.serving import check_token, http_app, listen, mode, slack_client
from bot.settings import Settings
from core.errors import Misconfigured
from storage.database import Database
from tests.bot.asgi import ask
from tests.databases import url_of

BOT, APP, SECRET = SecretStr("xoxb-1"), SecretStr("xapp-1"), SecretStr("hush")


def settings(**given: Any) -> Settings:
    none = dict.fromkeys(("slack_bot_token", "slack_app_token", "slack_signing_secret"))
    return Settings(**{**none, **given})


def test_a_signing_secret_means_http_and_only_an_app_token_socket_mode() -> None:
    assert mode(settings(slack_bot_token=BOT, slack_signing_secret=SECRET)) == "http"
    assert mode(settings(slack_bot_token=BOT, slack_app_token=APP)) == "socket"
    both = settings(slack_bot_token=BOT, slack_app_token=APP, slack_signing_secret=SECRET)
    assert mode(both) == "http"


@pytest.mark.parametrize(
    "given",
    [{}, {"slack_bot_token": BOT}, {"slack_app_token": APP}, {"slack_signing_secret": SECRET}],
    ids=["nothing", "bot token", "app token", "signing secret"],
)
def test_settings_without_a_way_to_slack_name_what_is_missing(given: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured, match=r"SLACK_SIGNING_SECRET.*SLACK_APP_TOKEN"):
        mode(settings(**given))


MANY = {
    "slack_client_id": "1.2",
    "slack_client_secret": SECRET,
    "slack_signing_secret": SECRET,
    "STEWARD_ENCRYPTION_KEY": "key",
}


def test_an_app_of_its_own_means_many_workspaces() -> None:
    assert mode(settings(**MANY)) == "workspaces"


@pytest.mark.parametrize(("left_out"), [name for name in MANY if name != "slack_client_id"])
def test_what_many_workspaces_lack_is_named(left_out: str) -> None:
    lacking = {name: said for name, said in MANY.items() if name != left_out}

    with pytest.raises(Misconfigured, match=left_out.upper()):
        mode(settings(**lacking))


def test_one_workspaces_token_and_many_are_not_mixed() -> None:
    with pytest.raises(Misconfigured, match="unset one of them"):
        mode(settings(**MANY, slack_bot_token=BOT))


async def test_a_process_that_is_told_to_stop_says_so_and_answers_a_while() -> None:
    ending = Ending(seconds=3600)
    server = Server(uvicorn.Config(Starlette()), ending)

    assert await ending.probe() is None
    server.handle_exit(15, None)
    assert (await ending.probe(), server.should_exit) == ("is stopping", False)

    server.handle_exit(15, None)
    assert server.should_exit


async def test_a_token_that_slack_refuses_stops_the_start() -> None:
    async with LocalSlack(token="xoxb-other").serving() as slack:
        refused = settings(slack_bot_token=BOT, slack_api_url=slack.api_url)
        async with slack_client(refused) as client:
            with pytest.raises(Misconfigured, match="invalid_auth"):
                await check_token(client)


def test_a_port_that_somebody_else_has_is_named() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Misconfigured, match=rf"port {port} .* set PORT to another"):
            listen("127.0.0.1", port)


async def test_a_slack_that_is_away_does_not_stop_the_start() -> None:
    away = settings(slack_bot_token=BOT, slack_api_url="http://127.0.0.1:9/api/")

    async with slack_client(away) as client:
        await check_token(client)


async def test_readiness_asks_the_database_and_slack(sqlite: Database) -> None:
    services = build(settings(database_url=url_of(sqlite)))
    async with LocalSlack().serving() as slack, aiohttp.ClientSession() as pool:
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url, session=pool)
        web = http_app(slack_app(services, client=client, signing_secret="hush"), "hush")

        alive = await ask(web, "/healthz", method="GET")
        ready = await ask(web, "/readyz", method="GET")

    await services.database.close()
    assert (alive.status, json.loads(alive.body)) == (200, {"status": "ok"})
    assert (ready.status, json.loads(ready.body)) == (200, {"database": "ok", "slack": "ok"})


async def test_a_process_without_slack_lives_and_is_not_ready(sqlite: Database) -> None:
    services = build(settings(database_url=url_of(sqlite)))
    client = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:9/api/")
    web = http_app(slack_app(services, client=client, signing_secret="hush"), "hush")

    alive = await ask(web, "/healthz", method="GET")
    ready = await ask(web, "/readyz", method="GET")

    await services.database.close()
    assert alive.status == 200
    assert ready.status == 503
    assert json.loads(ready.body)["slack"] == "does not answer"


async def test_slack_is_asked_once_a_minute_however_often_readiness_is() -> None:
    now = [0.0]
    async with LocalSlack().serving() as slack:
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
        probe = slack_probe(client, lambda: now[0])

        for now[0] in (0.0, 1.0, KEPT_SECONDS - 1, KEPT_SECONDS + 1):
            assert await probe() is None

        asked = [call.method for call in slack.backend.calls]
    assert asked == ["auth.test"] * 2


async def test_the_doctor_says_that_no_tokens_are_set() -> None:
    checks = await examine_slack(settings())

    assert [(one.state, one.says) for one in checks] == [("warn", "no tokens are set")]


async def test_the_doctor_says_that_slack_refuses_the_token() -> None:
    async with LocalSlack(token="xoxb-other").serving() as slack:
        given = settings(
            slack_bot_token=BOT, slack_signing_secret=SECRET, slack_api_url=slack.api_url
        )

        checks = await examine_slack(given)

    assert [one.state for one in checks] == ["fail"]
    assert "invalid_auth" in checks[0].says


@pytest.mark.parametrize("left_out", ["", "im:write"])
async def test_the_doctor_names_the_scopes_that_are_missing(left_out: str) -> None:
    granted = ",".join(one for one in SCOPES if one != left_out)

    async def api(_: Request) -> JSONResponse:
        body = {"ok": True, "user": "steward", "team": "Example"}
        return JSONResponse(body, headers={"x-oauth-scopes": granted})

    async with loopback(Starlette(routes=[Route("/api/auth.test", api, methods=["POST"])])) as at:
        given = settings(
            slack_bot_token=BOT, slack_signing_secret=SECRET, slack_api_url=f"{at.address}/api"
        )
        checks = {one.name: one for one in await examine_slack(given)}

    assert checks["Slack"].says == "steward in Example"
    assert checks["Scopes"].state == ("fail" if left_out else "ok")
    assert left_out in checks["Scopes"].says
