"""The Bolt app: the desk handed to every listener, one team, answers after the work is kept."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.keeping import take_up
from bot.listeners import register
from bot.listeners.payload import Body

if TYPE_CHECKING:
    from bot.services import Services


class StewardApp(AsyncApp):
    """Bolt's app with its desk; `resume` after the start, `settle` before the end."""

    def __init__(self, desk: Desk, *, signing_secret: str | None) -> None:
        """Build without a call to Slack; without a secret no HTTP request is ever believed."""
        super().__init__(
            name="steward",
            signing_secret=signing_secret or secrets.token_hex(32),
            client=AsyncWebClient(
                base_url=desk.client.base_url,
                session=desk.client.session,
                timeout=desk.client.timeout,
            ),
            authorize=_one_team(desk.client),
            process_before_response=True,
            ssl_check_enabled=False,
        )
        self.desk = desk

    async def resume(self) -> int:
        """Take up the questions that a stopped process left behind; return how many."""
        return await take_up(self.desk, alone=self.desk.services.database.is_sqlite)

    async def settle(self) -> None:
        """Return when all work that was begun is done."""
        await self.desk.work.settle()


def slack_app(
    services: "Services", *, client: AsyncWebClient, signing_secret: str | None
) -> StewardApp:
    """Return the app over `services`, speaking to Slack with `client`'s address and token."""
    app = StewardApp(Desk.over(services, client), signing_secret=signing_secret)

    async def hand_over(
        context: AsyncBoltContext, body: Body, next_: Callable[[], Awaitable[None]]
    ) -> None:
        services.metrics.came(body)
        context["desk"] = app.desk
        context["services"] = services
        await next_()

    app.use(hand_over)
    register(app)
    return app


def _one_team(client: AsyncWebClient) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Return Bolt's authorization for one team: Slack is asked once who the bot is."""
    known: list[AuthorizeResult] = []

    async def authorize() -> AuthorizeResult:
        if not known:
            answer = await client.auth_test()
            known.append(
                AuthorizeResult.from_auth_test_response(
                    auth_test_response=answer, bot_token=client.token
                )
            )
        return known[0]

    return authorize
