"""The Bolt app: each payload gets its installation's desk, answers after the work is kept."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.desks import Desks, OneDesk
from bot.keeping import take_up
from bot.listeners import register
from bot.listeners.payload import Body

if TYPE_CHECKING:
    from bot.services import Services

NOT_HERE = (
    "Steward is not installed in this workspace, or no longer. Ask whoever runs it for the address "
    "to install it from."
)


class StewardApp(AsyncApp):
    """Bolt's app with its desks; `resume` after the start, `settle` before the end."""

    def __init__(self, desks: Desks, *, signing_secret: str | None) -> None:
        """Build without a call to Slack; without a secret no HTTP request is ever believed."""
        slack = desks.home.client
        super().__init__(
            name="steward",
            signing_secret=signing_secret or secrets.token_hex(32),
            client=AsyncWebClient(
                base_url=slack.base_url, session=slack.session, timeout=slack.timeout
            ),
            authorize=_by(desks),  # type: ignore[arg-type]  # Bolt takes None for "not here", too
            process_before_response=True,
            ssl_check_enabled=False,
            user_facing_authorize_error_message=NOT_HERE,
        )
        self.desks = desks

    @property
    def desk(self) -> Desk:
        """The desk of the deployment, or of its one workspace."""
        return self.desks.home

    def every(self) -> "tuple[Services, ...]":
        """Return the services of every desk that work is done at."""
        return tuple(desk.services for desk in self.desks.open())

    async def resume(self) -> int:
        """Take up the questions that a stopped process left behind; return how many."""
        found = [await left_behind(desk) for desk in self.desks.open()]
        return sum(found)

    async def settle(self) -> None:
        """Return when all work that was begun is done."""
        for desk in self.desks.open():
            await desk.work.settle()


async def left_behind(desk: Desk) -> int:
    """Take up what a stopped process left behind at a desk; return how many things."""
    if desk.services.database.is_sqlite:  # nobody else serves it: no lease has to run out first
        await desk.services.inbox.let_go(but=tuple(desk.leases))
    return await take_up(desk)


def slack_app(
    services: "Services", *, client: AsyncWebClient, signing_secret: str | None
) -> StewardApp:
    """Return the app of one workspace, speaking to Slack with `client`'s address and token."""
    return app_of(OneDesk(Desk.over(services, client)), signing_secret=signing_secret)


def app_of(desks: Desks, *, signing_secret: str | None) -> StewardApp:
    """Return the app over these desks, with every listener there is."""
    app = StewardApp(desks, signing_secret=signing_secret)

    async def hand_over(
        context: AsyncBoltContext, body: Body, next_: Callable[[], Awaitable[None]]
    ) -> None:
        # Bolt asks nobody who has just left: what says so comes to the deployment's own desk.
        desk: Desk = context.setdefault("desk", desks.home)
        desk.services.metrics.came(body)
        context["services"] = desk.services
        context["desks"] = desks
        await next_()

    app.use(hand_over)
    register(app)
    return app


def _by(desks: Desks) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Return Bolt's authorization: an installation's own desk, or nothing."""

    async def authorize(
        context: AsyncBoltContext, team_id: str | None, enterprise_id: str | None
    ) -> AuthorizeResult | None:
        admitted = await desks.enter(team_id, enterprise_id)
        if admitted is None:
            return None
        context["desk"] = admitted.desk
        return admitted.identity

    return authorize
