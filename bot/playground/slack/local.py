"""LocalSlack: a whole Slack workspace in this process, for the playground and for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from bot.playground.slack.backend import Backend
from bot.playground.slack.delivery import Delivery, NoDelivery
from bot.playground.slack.identity import (
    BOT_USER,
    Clock,
    Ids,
    Timestamps,
    random_id,
    settled_id,
    wall_clock,
)
from bot.playground.slack.keeping import Keeper, load
from bot.playground.slack.loopback import loopback
from bot.playground.slack.mail import Mail
from bot.playground.slack.reach import Reach
from bot.playground.slack.server import routes
from bot.playground.slack.state import Channel, User
from bot.playground.slack.triggers import Hooks, Triggers
from bot.playground.slack.trouble import Trouble


class LocalSlack(Reach):
    """A workspace with one app in it.

    The app calls `api_url` with `token`; Slack calls the app through `deliver_to`. With `kept_at`
    the workspace is read from that file at the start and saved there after each change.
    `shortcuts` are those that the app has on messages: each one's name by its callback id.
    """

    def __init__(
        self,
        *,
        signing_secret: str = "local-signing-secret",
        token: str = "xoxb-playground",
        delivery: Delivery | None = None,
        address: str = "",
        kept_at: Path | None = None,
        app_name: str = "Steward",
        shortcuts: Mapping[str, str] | None = None,
        clock: Clock = wall_clock,
        ids: Ids = random_id,
    ) -> None:
        backend = _backend(token, kept_at, clock, ids)
        super().__init__(backend, Mail(delivery or NoDelivery(), signing_secret, clock), address)
        self.people: list[str] = []
        self.shortcuts = dict(shortcuts or {})
        self.signing_secret = signing_secret
        self.token = token
        self.add_user(app_name, email="", user_id=BOT_USER, is_bot=True)

    @property
    def api_url(self) -> str:
        """The address to give to `AsyncWebClient(base_url=...)`."""
        return f"{self.hooks_at}/api/"

    @property
    def bot_user(self) -> str:
        """The id of the app's own user."""
        return self.backend.workspace.bot_user

    @property
    def routes(self) -> list[Route]:
        """The routes of the Web API and the response URLs."""
        return routes(self.backend)

    def add_user(
        self,
        real_name: str,
        *,
        email: str,
        tz: str = "UTC",
        user_id: str = "",
        is_bot: bool = False,
        is_restricted: bool = False,
    ) -> str:
        """Add a person, or refresh the one with that e-mail; return the id, which is lasting.

        `people` names those who were added in this run, in that order, without bots.
        """
        name = (email.partition("@")[0] or real_name).casefold().replace(" ", ".")
        key = user_id or settled_id("U", email.casefold() or real_name)
        self.backend.workspace.users[key] = User(
            key, name, real_name, email, tz, is_bot=is_bot, is_restricted=is_restricted
        )
        if not is_bot and key not in self.people:
            self.people.append(key)
        self.backend.changed()
        return key

    def add_channel(
        self, name: str, members: list[str], *, with_app: bool = True, is_archived: bool = False
    ) -> str:
        """Add a channel with these people, or refresh the one of that name; return its id."""
        key = settled_id("C", name)
        everyone = [*members, self.bot_user] if with_app else list(members)
        channel = Channel(key, name, everyone, is_archived=is_archived)
        self.backend.workspace.channels[key] = channel
        self.backend.changed()
        return key

    def deliver_to(self, delivery: Delivery) -> None:
        """Send events and clicks there from here on."""
        self.mail.delivery = delivery

    def fail(self, method: str, trouble: Trouble, times: int = 1) -> None:
        """Let the next calls of a Web API method meet trouble."""
        self.backend.troubles.plan(method, trouble, times)

    def recover(self) -> None:
        """Let every call be answered as it should be from here on."""
        self.backend.troubles.over()

    async def until(self, wanted: Callable[[], object], seconds: float = 5.0) -> None:
        """Return when `wanted` is true, asking after every change; raise TimeoutError if late."""
        await self.backend.changes.until(wanted, seconds)

    def save(self) -> None:
        """Write the workspace to its file at once."""
        self.backend.keeper.flush()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[LocalSlack]:
        """Answer the Web API on an ephemeral loopback port inside the block."""
        async with loopback(Starlette(routes=[*self.routes])) as server:
            self.hooks_at = server.address
            self.backend.hang_up = server.hang_up
            try:
                yield self
            finally:
                self.save()


def _backend(token: str, kept_at: Path | None, clock: Clock, ids: Ids) -> Backend:
    workspace = load(kept_at)
    return Backend(
        workspace=workspace,
        clock=clock,
        ids=ids,
        timestamps=Timestamps(clock, workspace.last_ts()),
        triggers=Triggers(clock, ids),
        hooks=Hooks(clock, ids),
        keeper=Keeper(workspace, kept_at),
        token=token,
    )
