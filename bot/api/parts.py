"""What the endpoints work with, and how they get at it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from bot.throttle import Throttle
from core.errors import TokenRefused
from storage.tokens import Tokens, workspace_of

if TYPE_CHECKING:
    from bot.services import Services

Redraw = Callable[[str, date], None]
"""Begins to redraw every copy of a recommendation in Slack, as of a day."""


def nothing_to_redraw(recommendation: str, today: date) -> None:
    """Do nothing: where there is no Slack there are no copies."""
    del recommendation, today


@dataclass(frozen=True, slots=True)
class ApiParts:
    """Built once with the app."""

    services: "Services"
    tokens: Tokens
    redraw: Redraw = nothing_to_redraw
    throttle: Throttle = field(default_factory=Throttle)


Inside = Callable[[str], Awaitable[ApiParts | None]]
"""Gives the parts over a workspace's own data, None when it is not installed."""


async def nobody_inside(workspace: str) -> None:
    """Say that no workspace is installed, where there is only one."""
    del workspace


async def _of(request: Request) -> ApiParts:
    """Return the parts over the data of the workspace that the access token names."""
    _, _, secret = request.headers.get("authorization", "").partition(" ")
    workspace = workspace_of(secret.strip())
    if not workspace:
        return cast("ApiParts", request.app.state.parts)
    found = await cast("Inside", request.app.state.inside)(workspace)
    if found is None:
        raise TokenRefused("The access token is not known")
    return found


Parts = Annotated[ApiParts, Depends(_of)]
"""The type of an endpoint's argument that is given the parts."""
