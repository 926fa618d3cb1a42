"""The page's own routes under `/ui`: what to draw, a stream of changes, and what a person does."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.slack import LocalSlack, NotAnswered, NotOnScreen, SlackRefusal
from bot.playground.slack.wire import Json
from bot.playground.snapshot import snapshot

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0
GATHER_SECONDS = 0.02

SILENT = "Steward did not answer. Look at the terminal where the playground runs, then try again."
GONE = "That is no longer on the screen. The page shows what is there now."

Act = Callable[[LocalSlack, Json], Awaitable[Json]]


def routes(slack: LocalSlack) -> list[Route]:
    """Return the page's routes over one workspace."""

    async def state(request: Request) -> Response:
        return JSONResponse(snapshot(slack, _user(slack, request.query_params.get("user", ""))))

    async def stream(request: Request) -> Response:
        user = _user(slack, request.query_params.get("user", ""))
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_changes(slack, user), headers=headers, media_type=EVENT_STREAM)

    acts = [
        Route(f"/ui/{name}", _route(slack, act), methods=["POST"]) for name, act in ACTS.items()
    ]
    return [Route("/ui/state", state), Route("/ui/stream", stream), *acts]


EVENT_STREAM = "text/event-stream"


async def _changes(slack: LocalSlack, user: str) -> AsyncIterator[str]:
    """Yield the whole screen at once and again after every change; a comment keeps it open."""
    seen = -1
    while not slack.backend.changes.ended:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await slack.backend.changes.after(seen)
        except TimeoutError:
            yield ": still here\n\n"
            continue
        await asyncio.sleep(GATHER_SECONDS)  # changes come in bursts; draw them once
        shown = snapshot(slack, user)
        seen = shown["revision"]
        yield f"data: {json.dumps(shown)}\n\n"


def _route(slack: LocalSlack, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def run(request: Request) -> Response:
        given = await request.json()
        given["user"] = _user(slack, given.get("user", ""))
        try:
            return JSONResponse({"ok": True, **await act(slack, given)})
        except NotAnswered as error:
            log.warning("no answer to what %s did: %s", given["user"], error)
            return JSONResponse({"ok": False, "trouble": SILENT})
        except NotOnScreen as error:
            log.info("not on screen: %s", error)
            return JSONResponse({"ok": False, "trouble": GONE})
        except SlackRefusal as error:
            log.warning("Slack refused what the app answered: %s", error)
            return JSONResponse({"ok": False, "trouble": SILENT})

    return run


def _user(slack: LocalSlack, wanted: str) -> str:
    return wanted if wanted in slack.people else slack.people[0]


async def _say(slack: LocalSlack, given: Json) -> Json:
    app = slack.backend.workspace.users[slack.bot_user].real_name
    text = _linked(slack, str(given["text"]).replace(f"@{app}", f"<@{slack.bot_user}>"))
    said = await slack.say(given["user"], text, given.get("channel"), given.get("thread_ts") or "")
    return {"ts": said["ts"]}


def _linked(slack: LocalSlack, text: str) -> str:
    """Turn the names of channels into links, as Slack does with what is typed after a #."""
    for channel in slack.backend.workspace.channels.values():
        if channel.name and not channel.is_im:
            text = re.sub(rf"(?<!\S)#{re.escape(channel.name)}(?![\w-])", f"<#{channel.id}>", text)
    return text


async def _click(slack: LocalSlack, given: Json) -> Json:
    await slack.click(
        given["user"],
        given["on"],
        given["action_id"],
        given.get("value"),
        block_id=given.get("block_id", ""),
        entered=given.get("entered"),
    )
    return {}


async def _enter(slack: LocalSlack, given: Json) -> Json:
    names = (given["block_id"], given["action_id"])
    slack.enter(given["user"], given["on"], *names, given.get("value"))
    return {}


async def _submit(slack: LocalSlack, given: Json) -> Json:
    errors = await slack.submit(given["user"], given["view"], entered=given["entered"])
    return {"errors": errors}


async def _close(slack: LocalSlack, given: Json) -> Json:
    await slack.close(given["user"], given["view"])
    return {}


async def _open(slack: LocalSlack, given: Json) -> Json:
    await slack.open_home(given["user"], given["tab"])
    return {}


async def _command(slack: LocalSlack, given: Json) -> Json:
    await slack.command(given["user"], str(given["text"]), given.get("channel"))
    return {}


async def _shortcut(slack: LocalSlack, given: Json) -> Json:
    await slack.shortcut(given["user"], given["on"], str(given["id"]))
    return {}


async def _stop(slack: LocalSlack, given: Json) -> Json:
    await slack.stop(given["user"], str(given["channel"]), str(given["thread_ts"]))
    return {}


async def _look(slack: LocalSlack, given: Json) -> Json:
    await slack.look(given["user"], str(given["channel"]))
    return {}


ACTS: dict[str, Act] = {
    "say": _say,
    "click": _click,
    "enter": _enter,
    "submit": _submit,
    "close": _close,
    "open": _open,
    "command": _command,
    "shortcut": _shortcut,
    "stop": _stop,
    "look": _look,
}
