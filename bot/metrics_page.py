"""GET /metrics: what this process counted, and what the database knows at this moment."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.language.claude.troubles import SETTINGS, Reason
from storage.model_usage import ModelUsages

if TYPE_CHECKING:
    from bot.services import Services

log = logging.getLogger(__name__)

READ_SECONDS = 4.0
"""A scrape waits no longer for the database; Prometheus itself gives up after ten."""

PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""A request with one of these headers came from elsewhere, whatever its address says."""

_CLAUDE_STATES = ("ready", Reason.NO_KEY, Reason.SWITCHED_OFF, Reason.RESTING, *sorted(SETTINGS))
_HEADERS = {"Cache-Control": "no-store"}


def metrics_page(
    services: "Services", every: "Callable[[], Sequence[Services]]"
) -> Callable[[Request], Awaitable[Response]]:
    """Return the page; without a token in the settings only this machine itself may read it.

    `every` gives the services of all workspaces, whose figures are added up: none is named.
    """

    async def page(request: Request) -> Response:
        if refusal := _refusal(request, services.settings.metrics_token):
            return refusal
        shown = _Shown((*services.metrics.registry.collect(), *await _asked_now(services, every())))
        return Response(
            generate_latest(shown), headers=_HEADERS, media_type=CONTENT_TYPE_PLAIN_0_0_4
        )

    return page


class _Shown:
    """Families of metrics, without the time at which each series began."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        for family in self._families:
            family.samples = [one for one in family.samples if not one.name.endswith("_created")]
            yield family


def _refusal(request: Request, token: SecretStr | None) -> Response | None:
    """Return what to say to somebody who may not read, None to whoever may."""
    if token is None:
        if _is_local(request):
            return None
        says = "Only this machine may read that. Set STEWARD_METRICS_TOKEN to read it from others."
        return PlainTextResponse(says, 403, _HEADERS)
    given = request.headers.get("authorization", "").encode()
    if hmac.compare_digest(given, f"Bearer {token.get_secret_value()}".encode()):
        return None
    says = "Send the token in STEWARD_METRICS_TOKEN as “Authorization: Bearer …”."
    return PlainTextResponse(says, 401, {**_HEADERS, "WWW-Authenticate": "Bearer"})


def _is_local(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in PROXIES):
        return False
    try:
        peer = ip_address(request.client.host)
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
        return peer.ipv4_mapped.is_loopback
    return peer.is_loopback


async def _asked_now(services: "Services", every: "Sequence[Services]") -> list[Metric]:
    """Return what is not counted but asked at this moment."""
    reason = services.claude.available
    cap = "What everybody's questions to Claude may cost a day, as set."
    found: list[Metric] = [
        _states("claude", "How Claude is, seen from this process.", _CLAUDE_STATES, reason),
        _gauge("claude_day_cap_dollars", cap, services.settings.llm_day_usd),
    ]
    try:
        async with asyncio.timeout(READ_SECONDS):
            kept = await _kept(every)
    except (SQLAlchemyError, OSError) as error:
        log.warning("the database did not answer for the metrics: %s", type(error).__name__)
        return [*found, _gauge("database_state", "Whether the database answered: 1 or 0.", 0)]
    return [*found, _gauge("database_state", "Whether the database answered: 1 or 0.", 1), *kept]


async def _kept(every: "Sequence[Services]") -> list[Metric]:
    """Return what the database knows; it is the same in every process over that database."""
    waiting, given_up, oldest, cost = 0, 0, 0.0, 0.0
    for services in every:
        now = services.clock()
        backlog = await services.inbox.backlog()
        waiting, given_up = waiting + backlog.waiting, given_up + backlog.given_up
        if backlog.oldest:
            oldest = max(oldest, (now - backlog.oldest).total_seconds())
        spent = await ModelUsages(services.database).spent("", now.astimezone(UTC).date())
        cost += spent.by_all
    return [
        _gauge(
            "inbox_waiting_items",
            "Questions and shares that are not done yet, of all processes, from the database.",
            waiting,
        ),
        _gauge(
            "inbox_oldest_seconds",
            "How long the oldest of them has waited, from the database.",
            oldest,
        ),
        _gauge(
            "inbox_given_up_items",
            "What was tried for the last time and is not done, from the database.",
            given_up,
        ),
        _gauge(
            "claude_day_cost_dollars",
            "What Claude cost today in UTC, of all processes, from the database.",
            cost,
        ),
    ]


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"steward_{name}", says, value=value)


def _states(name: str, says: str, states: Iterable[str], now: str | None) -> Metric:
    """Return a state as one series for each it may be in, 1 for that which it is in."""
    family = GaugeMetricFamily(f"steward_{name}_state", says, labels=("state",))
    for state in states:
        family.add_metric([str(state)], float(state == (now or "ready")))
    return family
