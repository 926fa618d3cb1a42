"""Many workspaces: installed from a page, served apart, renewed in time, removed and back."""

import asyncio
import logging
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from starlette.applications import Starlette

from bot.app import NOT_HERE
from bot.app_client import AppClient
from bot.desk import Desk
from bot.install import flow, install_routes
from bot.install_pages import WHY
from bot.playground.slack import LocalSlack
from bot.running import running
from bot.throttle import Throttle
from core.errors import Unreachable
from storage.database import Database
from storage.install_states import GOOD
from storage.schema import newest, revision
from storage.workspaces import EARLY, KEPT
from tests.bot.asgi import ask
from tests.scenarios.campus import A, B, Campus, introduce, open_campus
from tests.scenarios.office import words


async def test_a_workspace_installs_it_from_the_page_and_is_answered(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        page = await campus.install(campus.a)
        await introduce(await campus.one.desk(A), "Ana")

        said = await _says(campus, campus.a, "help")

        assert (page.status, "Steward is in <b>Acme</b>" in page.body) == (200, True)
        assert "What you can ask me" in words(said)
        assert [call["user"] for call in campus.a.calls("users.info")] == [campus.a.people[0]]
        assert campus.a.calls("auth.test") == [{}]  # once, by the installation itself
        inside = campus.one.services.database.for_workspace(A)
        assert await revision(inside) == newest()
        admitted = await campus.one.many.app.desks.enter(A, None)
        assert all(secret not in repr(admitted) for secret in campus.town.granted)


async def test_what_comes_back_wrong_installs_nothing(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        begun, other = await campus.begin(), await campus.begin()
        code = campus.town.consent(campus.a, campus.a.people[0])

        cancelled = await campus.back(begun, error="access_denied")
        invented = await campus.back(begun, error="<script>alert(1)</script>")
        elsewhere = await campus.back(begun, state=other.state, code=code)
        assert (await campus.back(begun, code="wrong")).body.count(WHY["invalid_code"]) == 1
        used = await campus.back(begun, code=code)
        campus.clock.forward(GOOD.total_seconds() + 1)
        late = await campus.back(other, code=code)

        assert (cancelled.status, WHY["access_denied"] in cancelled.body) == (200, True)
        assert "<script>" not in invented.body
        assert (elsewhere.status, WHY["invalid_browser"] in elsewhere.body) == (400, True)
        assert (used.status, WHY["invalid_state"] in used.body) == (401, True)
        assert (late.status, WHY["invalid_state"] in late.body) == (401, True)
        assert await campus.one.many.upkeep.desks.workspaces.everyone() == ()
        assert begun.page.headers["content-security-policy"].startswith("default-src 'none'")
        assert begun.page.headers["cache-control"] == "no-store"


async def test_many_installations_in_a_minute_are_asked_to_wait(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        upkeep = campus.one.many.upkeep
        made = flow(upkeep.desks, upkeep.slack, client_id="1.1", client_secret="s")
        throttle = Throttle(most=1, clock=lambda: 0.0)
        web = Starlette(routes=install_routes(made, throttle))

        first, second = [await ask(web, "/slack/install", method="GET") for _ in range(2)]

        assert first.status == 200
        assert (second.status, second.headers["retry-after"]) == (429, "10")


async def test_a_team_that_did_not_install_it_is_told_so(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        await campus.install(campus.a)

        await campus.b.command(campus.b.people[0], "/steward help")

        assert campus.b.ephemerals(campus.b.people[0])[-1]["text"] == NOT_HERE


async def test_a_removed_workspace_is_no_longer_served_and_comes_back_to_its_data(
    database: Database,
) -> None:
    async with open_campus(database, replicas=2) as campus:
        await campus.install(campus.a)
        await campus.install(campus.b)
        await introduce(await campus.one.desk(A), "Ana")
        await campus.replicas[1].desk(A)

        await campus.town.uninstall(campus.a)
        await campus.replicas[1].many.upkeep.desks.look()

        for replica in campus.replicas:
            assert await replica.many.app.desks.enter(A, None) is None
        assert _served(campus, 0) == [B]
        assert _served(campus, 1) == [B]
        assert await campus.one.many.upkeep.desks.workspaces.grant(A) is None

        await campus.install(campus.a)
        assert [
            one.name for one in await (await campus.one.desk(A)).services.people.everyone()
        ] == ["Ana"]

        await campus.town.uninstall(campus.a)
        campus.clock.forward((KEPT + timedelta(minutes=1)).total_seconds())
        await campus.one.many.upkeep.forget()
        assert await revision(campus.one.services.database.for_workspace(A)) is None
        assert await campus.one.many.app.desks.enter(B, None)


async def test_an_old_word_of_removal_does_not_touch_a_new_installation(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        await campus.install(campus.a)
        desks = campus.one.many.app.desks

        await desks.left(A, since=campus.clock() - timedelta(minutes=1))

        assert await desks.enter(A, None)


async def test_a_token_that_was_revoked_without_a_word_is_noticed(sqlite: Database) -> None:
    async with open_campus(sqlite) as campus:
        await campus.install(campus.a)
        await campus.install(campus.b)
        campus.town.revoke(campus.a)

        await campus.one.many.upkeep.ask()

        assert _served(campus, 0) == [B]


async def test_a_token_of_the_installation_before_says_nothing_of_the_one_after(
    sqlite: Database,
) -> None:
    async with open_campus(sqlite, replicas=2) as campus:
        await campus.install(campus.a)
        await campus.replicas[1].desk(A)
        campus.town.revoke(campus.a)
        await campus.install(campus.a)

        await campus.replicas[1].many.upkeep.ask()

        assert await campus.one.many.upkeep.desks.workspaces.grant(A) is not None


async def test_tokens_are_renewed_in_time_by_one_of_two_replicas(database: Database) -> None:
    async with open_campus(database, replicas=2, rotating=True) as campus:
        await campus.install(campus.a)
        desks = [await replica.desk(A) for replica in campus.replicas]
        campus.clock.forward((timedelta(hours=12) - EARLY).total_seconds() + 60)

        await asyncio.gather(*(replica.many.upkeep.renew() for replica in campus.replicas))
        await asyncio.gather(*(replica.many.upkeep.desks.look() for replica in campus.replicas))

        assert len(campus.town.granted) == 4  # two tokens, and twice what renews one
        assert {desk.client.token for desk in desks} == {campus.town.granted[2]}
        assert {desk.poster.token for desk in desks} == {campus.town.granted[2]}
        campus.clock.forward(EARLY.total_seconds())  # the first one has ended
        for desk in desks:
            assert (await desk.client.auth_test())["team_id"] == A


async def test_a_renewal_under_way_is_kept_when_the_process_stops(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_campus(sqlite, rotating=True) as campus:
        await campus.install(campus.a)
        campus.clock.forward((timedelta(hours=12) - EARLY).total_seconds() + 60)
        asked, released, really = asyncio.Event(), asyncio.Event(), AppClient.oauth_v2_access

        async def slow(client: AppClient, **given: str) -> AsyncSlackResponse:
            answer = await really(client, **given)
            asked.set()
            await released.wait()
            return answer

        monkeypatch.setattr(AppClient, "oauth_v2_access", slow)
        many = campus.one.many
        async with running(many.app, many.upkeep):
            await asked.wait()
            asyncio.get_running_loop().call_soon(released.set)

        grant = await many.upkeep.desks.workspaces.grant(A)
        assert grant is not None
        assert grant.token == campus.town.granted[2]


async def test_a_renewal_that_slack_refuses_is_tried_again_and_said(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_campus(sqlite, rotating=True) as campus:
        await campus.install(campus.a)
        desk = await campus.one.desk(A)
        campus.town.revoke(campus.a)
        campus.clock.forward(timedelta(hours=13).total_seconds())

        with caplog.at_level(logging.ERROR):
            await campus.one.many.upkeep.renew()

        assert "invalid_refresh_token" in caplog.text
        (found,) = await campus.one.many.upkeep.desks.workspaces.everyone()
        assert found.state(campus.clock()) == "expired"
        with pytest.raises(SlackApiError, match="token_expired"):
            await desk.client.auth_test()


async def test_desks_open_at_the_start_and_close_at_the_end(sqlite: Database) -> None:
    async with open_campus(sqlite, replicas=2) as campus:
        await campus.install(campus.a)
        web = campus.replicas[1].web

        async with web.router.lifespan_context(web):
            assert _served(campus, 1) == [A]
            ready = await ask(web, "/readyz", method="GET")

        assert ready.json == {"database": "ok", "slack": "ok"}


async def test_the_end_is_the_same_while_the_database_is_away(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_campus(sqlite) as campus:
        await campus.install(campus.a)
        monkeypatch.setattr("bot.running.GRACE_SECONDS", 0)
        at_work, kept = asyncio.Event(), asyncio.Event()

        async def away(_: Desk) -> None:
            raise Unreachable("the database")

        monkeypatch.setattr("bot.running.give_back", away)
        async with running(campus.one.many.app, campus.one.many.upkeep):
            (await campus.one.desk(A)).work.start(at_work.wait())
            campus.one.many.app.desk.work.start(_set(kept))

        assert kept.is_set()
        at_work.set()


async def _set(event: asyncio.Event) -> None:
    event.set()


def _served(campus: Campus, replica: int) -> list[str]:
    open = campus.replicas[replica].many.app.desks.open()
    return [desk.services.database.workspace for desk in open]


async def _says(campus: Campus, slack: LocalSlack, text: str) -> dict[str, object]:
    await slack.say(slack.people[0], text)
    await campus.settle()
    return slack.answers(slack.people[0])[-1]
