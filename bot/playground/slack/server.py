"""The stand-in's HTTP side: `/api/{family.method}` and the response URLs under `/hooks`."""

from __future__ import annotations

import logging

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.slack import hooks
from bot.playground.slack.arguments import arguments, bearer
from bot.playground.slack.backend import Backend, Call
from bot.playground.slack.methods import METHODS
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.trouble import (
    Dropped,
    Hangs,
    RateLimited,
    Refused,
    ServerError,
    Slow,
    Trouble,
)
from bot.playground.slack.wire import Json

log = logging.getLogger(__name__)


class MethodName(Convertor[str]):
    """A Web API method's name: words with dots between, so other paths under /api stay free."""

    regex = r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+"

    def convert(self, value: str) -> str:
        """Return the name as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Return the name as it is."""
        return value


def routes(backend: Backend) -> list[Route]:
    """Return the routes of the Web API and of the response URLs over one backend."""
    register_url_convertor("slack_method", MethodName())

    async def api(request: Request) -> Response:
        return await _answer(backend, request)

    async def hook(request: Request) -> Response:
        return await _respond(backend, request)

    return [
        Route("/api/{method:slack_method}", api, methods=["GET", "POST"]),
        Route("/hooks/{name}", hook, methods=["POST"]),
    ]


async def _answer(backend: Backend, request: Request) -> Response:
    method = request.path_params["method"]
    trouble = backend.troubles.next(method)
    if isinstance(trouble, RateLimited | ServerError):
        return _failure(trouble)
    if isinstance(trouble, Slow):
        trouble.met.set()
        await trouble.released.wait()
    if isinstance(trouble, Hangs) and not trouble.took:
        return await _silence(request)
    reply = await _reply(backend, method, request, trouble)
    if isinstance(trouble, Dropped) and backend.hang_up and request.client:
        backend.hang_up((request.client.host, request.client.port))
    return await _silence(request) if isinstance(trouble, Hangs) else JSONResponse(reply)


async def _silence(request: Request) -> Response:
    """Say nothing until the caller has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


def _failure(trouble: RateLimited | ServerError) -> Response:
    if isinstance(trouble, ServerError):
        return Response("upstream connect error", trouble.status, media_type="text/plain")
    headers = {"Retry-After": str(trouble.retry_after)}
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)


async def _reply(backend: Backend, method: str, request: Request, trouble: Trouble | None) -> Json:
    given: Json = {}
    try:
        given = await arguments(request)
        _check_token(backend, bearer(request, given))
        if isinstance(trouble, Refused):
            raise SlackRefusal(trouble.code)
        reply: Json = {"ok": True, **_run(backend, method, given)}
    except SlackRefusal as refusal:
        reply = _refused(refusal)
        log.info("Slack refused %s: %s", method, refusal)
    backend.calls.append(Call(method, given, reply))
    return reply


def _run(backend: Backend, method: str, given: Json) -> Json:
    run = METHODS.get(method)
    if run is None:
        log.warning("the playground's Slack does not know the method %s", method)
        raise SlackRefusal("unknown_method")
    return run(backend, given)


def _check_token(backend: Backend, token: str) -> None:
    if not token:
        raise SlackRefusal("not_authed")
    if token != backend.token:
        raise SlackRefusal("invalid_auth")


def _refused(refusal: SlackRefusal) -> Json:
    reply: Json = {"ok": False, "error": refusal.code}
    if refusal.messages:
        reply["errors"] = list(refusal.messages)
        reply["response_metadata"] = {"messages": list(refusal.messages)}
    return reply


async def _respond(backend: Backend, request: Request) -> Response:
    try:
        hooks.respond(backend, request.path_params["name"], await arguments(request))
    except SlackRefusal as refusal:
        status = 400 if refusal.messages or refusal.code == "no_text" else 404
        return JSONResponse(_refused(refusal), status)
    return Response("ok")
