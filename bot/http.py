"""Steward over HTTP: Slack's requests, the API, whether this process is ready and what it did."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.gate import EVENTS, Gate

Probe = Callable[[], Awaitable[str | None]]
"""Asks whether a thing that Steward needs is there; returns None if so, else what is wrong."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def web_app(
    app: AsyncApp,
    *,
    signing_secret: str | None,
    probes: Mapping[str, Probe],
    lifespan: Lifespan,
    routes: Sequence[BaseRoute] = (),
    api: ASGIApp | None = None,
    metrics: Callable[[Request], Awaitable[Response]] | None = None,
) -> FastAPI:
    """Return the web app; it answers Slack only when there is a signing secret.

    `routes` are pages for people's browsers. `metrics` is the page of that name, which looks itself
    who may read it. What is neither of these nor Slack's nor a probe goes to the API, whose gate is
    its access tokens.
    """
    gate = [Middleware(Gate, signing_secret=signing_secret)] if signing_secret else []
    web = FastAPI(title="Steward", lifespan=lifespan, middleware=gate, openapi_url=None)
    if signing_secret:
        web.add_route(EVENTS, _slack(app), methods=["POST"])
    web.add_route("/healthz", _alive, methods=["GET"])
    web.add_route("/readyz", _readiness(probes), methods=["GET"])
    web.router.routes.extend(routes)
    if metrics is not None:
        web.add_route("/metrics", metrics, methods=["GET"])
    if api is not None:
        web.mount("/", api)
    return web


def _slack(app: AsyncApp) -> Callable[[Request], Awaitable[Response]]:
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return events


async def _alive(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _readiness(probes: Mapping[str, Probe]) -> Callable[[Request], Awaitable[Response]]:
    async def ready(_: Request) -> Response:
        found = {name: await probe() for name, probe in probes.items()}
        status = 503 if any(found.values()) else 200
        return JSONResponse({name: wrong or "ok" for name, wrong in found.items()}, status)

    return ready
