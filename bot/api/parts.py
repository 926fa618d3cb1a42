"""What the endpoints work with, and how they get at it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from bot.throttle import Throttle
from storage.tokens import Tokens

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


def _of(request: Request) -> ApiParts:
    return cast("ApiParts", request.app.state.parts)


Parts = Annotated[ApiParts, Depends(_of)]
"""The type of an endpoint's argument that is given the parts."""
