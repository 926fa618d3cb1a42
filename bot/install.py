"""Installing Steward to a workspace from a page: there and back through Slack's consent."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slack_bolt.adapter.starlette.async_handler import (
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.app_client import AppClient
from bot.install_pages import HEADERS, WHY, begin, done, failed
from bot.posting import SLACK_TROUBLE
from bot.scopes import SCOPES
from bot.throttle import Throttle
from bot.workspaces import WorkspaceDesks
from core.errors import Invalid
from storage.install_states import GOOD, InstallStates
from storage.workspaces import Grant, Workspace

if TYPE_CHECKING:
    from bot.services import Clock

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"

MOST_A_MINUTE = 60
"""So many requests to both pages are answered: each keeps something in the database."""

log = logging.getLogger(__name__)

Handle = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Flow(AsyncOAuthFlow):
    """Bolt's flow with pages of our own."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """Return the page that leads to Slack."""
        del request
        return begin(url)


def flow(desks: WorkspaceDesks, slack: AppClient, *, client_id: str, client_secret: str) -> Flow:
    """Return the flow; what it keeps is kept in the home database, for every replica."""
    home = desks.home.services
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=SCOPES,
        user_scopes=[],
        installation_store=_Installations(desks),
        state_store=_States(InstallStates(home.database), home.clock),
        state_expiration_seconds=int(GOOD.total_seconds()),
        callback_options=AsyncCallbackOptions(success=_succeeded, failure=_failed),
    )
    # Bolt's own words hold the code and Slack's answer; what matters is said in `_failed`.
    return Flow(client=slack, settings=settings, logger=logging.Logger("oauth", logging.CRITICAL))


def install_routes(flow: Flow, throttle: Throttle | None = None) -> list[Route]:
    """Return the page that begins an installation, and the one that Slack sends people back to."""
    throttle = throttle or Throttle(most=MOST_A_MINUTE)
    return [
        Route(INSTALL, _page(flow.handle_installation, throttle), methods=["GET"]),
        Route(REDIRECT, _page(flow.handle_callback, throttle), methods=["GET"]),
    ]


def _page(handle: Handle, throttle: Throttle) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if throttle.wait("install"):
            return Response(failed(WHY["busy"]), 429, HEADERS | {"Retry-After": "10"})
        try:
            answered = to_starlette_response(await handle(to_async_bolt_request(request, b"")))
        except SLACK_TROUBLE as trouble:
            log.warning("Slack could not be asked for an installation: %s", type(trouble).__name__)
            answered = Response(failed(WHY["slack"]), 503)
        answered.headers.update(HEADERS)
        return answered

    return answer


class _States(AsyncOAuthStateStore):
    """Bolt's door to the states."""

    def __init__(self, states: InstallStates, clock: "Clock") -> None:
        self._states, self._clock = states, clock

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        del args, kwargs
        state = secrets.token_urlsafe(32)
        await self._states.issue(state, now=self._clock())
        return state

    async def async_consume(self, state: str) -> bool:
        return await self._states.consume(state, now=self._clock())


class _Installations(AsyncInstallationStore):
    """Bolt's door to the installations."""

    def __init__(self, desks: WorkspaceDesks) -> None:
        self._desks = desks

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_save(self, installation: Installation) -> None:
        if installation.is_enterprise_install or not installation.team_id:
            raise BoltError("organization")
        if not installation.bot_token:
            raise BoltError("no_bot")
        ends = installation.bot_token_expires_at
        grant = Grant(
            installation.bot_token,
            installation.bot_refresh_token,
            datetime.fromtimestamp(ends, UTC) if ends else None,
        )
        try:
            await self._desks.admit(_workspace(installation, self._desks.home.now, grant), grant)
        except Invalid as error:
            raise BoltError("no_bot") from error


def _workspace(made: Installation, now: datetime, grant: Grant) -> Workspace:
    return Workspace(
        id=made.team_id or "",
        name=made.team_name or made.team_id or "",
        app_id=made.app_id or "",
        bot_id=made.bot_id or "",
        bot_user_id=made.bot_user_id or "",
        scopes=tuple(made.bot_scopes or ()),
        installed_at=now,
        installed_by=made.user_id or "",
        enterprise_id=made.enterprise_id,
        expires_at=grant.expires_at,
    )


async def _succeeded(given: AsyncSuccessArgs) -> BoltResponse:
    made = given.installation
    return _said(200, done(made.team_name or "", made.team_id or "", made.app_id or ""), given)


async def _failed(given: AsyncFailureArgs) -> BoltResponse:
    # The reason may come from the address that somebody opened: only known ones are repeated.
    reason = str(given.error) if given.error is not None else given.reason
    known = reason if reason in WHY else "other"
    log.warning("an installation was not made: %s", known)
    return _said(given.suggested_status_code, failed(WHY[known]), given)


def _said(status: int, page: str, given: AsyncSuccessArgs | AsyncFailureArgs) -> BoltResponse:
    over = given.settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=status, body=page, headers={"Set-Cookie": [over]})
