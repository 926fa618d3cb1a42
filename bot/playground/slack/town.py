"""Several workspaces at one address: the app is installed by OAuth, the token says to which."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from bot.playground.slack import events
from bot.playground.slack.identity import APP, BOT_USER, Clock, Ids, random_id, wall_clock
from bot.playground.slack.local import LocalSlack
from bot.playground.slack.loopback import loopback
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.wire import Json

HOURS = timedelta(hours=12)
"""How long a token is good where tokens are renewed."""


@dataclass(slots=True)
class _Token:
    """A bot token of a workspace: until when it is good, and why it no longer is."""

    slack: LocalSlack
    expires_at: datetime | None = None
    refused: str = ""


class Town:
    """Slack with many workspaces, and one app that may be installed to each.

    With `rotating`, tokens end after twelve hours by the clock, and what renews one works once.
    """

    def __init__(
        self,
        *,
        signing_secret: str = "local-signing-secret",
        client_id: str = "1.1",
        client_secret: str = "local-client-secret",
        rotating: bool = False,
        clock: Clock = wall_clock,
        ids: Ids = random_id,
    ) -> None:
        self.signing_secret, self.client_id = signing_secret, client_id
        self.client_secret, self.rotating = client_secret, rotating
        self.granted: list[str] = []
        self._clock, self._ids, self._address = clock, ids, ""
        self._workspaces: dict[str, tuple[LocalSlack, Starlette]] = {}
        self._codes: dict[str, tuple[LocalSlack, str]] = {}
        self._tokens: dict[str, _Token] = {}
        self._refreshing: dict[str, LocalSlack] = {}

    @property
    def api_url(self) -> str:
        """The address to give to `AsyncWebClient(base_url=...)`."""
        return f"{self._address}/api/"

    def add(self, team: str, name: str) -> LocalSlack:
        """Add a workspace that the app is not yet installed to."""
        at = f"{self._address}/{team}"
        slack = LocalSlack(signing_secret=self.signing_secret, token="", address=at)
        slack.backend.workspace.team, slack.backend.workspace.name = team, name
        self._workspaces[team] = (slack, Starlette(routes=[*slack.routes]))
        return slack

    def consent(self, slack: LocalSlack, user: str) -> str:
        """Let a person consent to the app in a workspace; return the code that Slack sends."""
        code = f"code-{self._ids()}"
        self._codes[code] = (slack, user)
        return code

    def revoke(self, slack: LocalSlack, code: str = "token_revoked") -> None:
        """Let no token of a workspace be good any more, without telling the app."""
        for token in self._tokens.values():
            if token.slack is slack:
                token.refused = code
        for refresh in [one for one, owner in self._refreshing.items() if owner is slack]:
            del self._refreshing[refresh]

    async def uninstall(self, slack: LocalSlack) -> None:
        """Remove the app from a workspace, and tell it as Slack does."""
        self.revoke(slack, "account_inactive")
        gone: Json = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
        for event in (gone, {"type": "app_uninstalled"}):
            await slack.mail.event(events.envelope(slack.backend, event))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Town]:
        """Answer the Web API of all workspaces on an ephemeral loopback port inside the block."""
        async with loopback(self) as server:
            self._address = server.address
            yield self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: by its token, or by the workspace that its path begins with."""
        path = str(scope["path"])
        if path == "/api/oauth.v2.access":
            answer = await self._access(Request(scope, receive))
            await JSONResponse(answer)(scope, receive, send)
        elif path.startswith("/api/"):
            await self._call(scope, receive, send)
        else:
            team, _, rest = path.lstrip("/").partition("/")
            await self._workspaces[team][1]({**scope, "path": f"/{rest}"}, receive, send)

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = Headers(scope=scope).get("authorization", "").removeprefix("Bearer ").strip()
        if not given and scope["path"] == "/api/api.test":
            await JSONResponse({"ok": True})(scope, receive, send)
            return
        token = self._tokens.get(given)
        if refused := self._refusal(token):
            await JSONResponse({"ok": False, "error": refused})(scope, receive, send)
            return
        assert token is not None
        token.slack.backend.token = given
        await self._workspaces[token.slack.backend.workspace.team][1](scope, receive, send)

    def _refusal(self, token: _Token | None) -> str:
        if token is None:
            return "invalid_auth"
        if token.expires_at is not None and token.expires_at <= self._clock():
            return "token_expired"
        return token.refused

    async def _access(self, request: Request) -> Json:
        given = dict(parse_qsl((await request.body()).decode()))
        try:
            self._check_app(request)
            if given.get("grant_type") == "refresh_token":
                return self._granted(*self._renewing(given.get("refresh_token", "")))
            return self._granted(*self._consented(given.get("code", "")))
        except SlackRefusal as refusal:
            return {"ok": False, "error": refusal.code}

    def _check_app(self, request: Request) -> None:
        said = request.headers.get("authorization", "").removeprefix("Basic ")
        if base64.b64decode(said).decode() != f"{self.client_id}:{self.client_secret}":
            raise SlackRefusal("bad_client_secret")

    def _consented(self, code: str) -> tuple[LocalSlack, str]:
        if code not in self._codes:
            raise SlackRefusal("invalid_code")
        return self._codes.pop(code)

    def _renewing(self, refresh: str) -> tuple[LocalSlack, str]:
        if refresh not in self._refreshing:
            raise SlackRefusal("invalid_refresh_token")
        return self._refreshing.pop(refresh), ""

    def _granted(self, slack: LocalSlack, user: str) -> Json:
        workspace = slack.backend.workspace
        token = f"{'xoxe.' if self.rotating else ''}xoxb-{workspace.team}-{self._ids()}"
        ends = self._clock() + HOURS if self.rotating else None
        self._tokens[token] = _Token(slack, ends)
        self.granted.append(token)
        answer: Json = {
            "ok": True,
            "access_token": token,
            "token_type": "bot",
            "scope": "chat:write,im:history,users:read",
            "bot_user_id": workspace.bot_user,
            "app_id": APP,
            "team": {"id": workspace.team, "name": workspace.name},
            "enterprise": None,
            "authed_user": {"id": user},
            "is_enterprise_install": False,
        }
        if not self.rotating:
            return answer
        refresh = f"xoxe-1-{workspace.team}-{self._ids()}"
        self._refreshing[refresh] = slack
        self.granted.append(refresh)
        return {**answer, "refresh_token": refresh, "expires_in": int(HOURS.total_seconds())}
