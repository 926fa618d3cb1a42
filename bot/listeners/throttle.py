"""How fast one person may ask and click; whoever is faster is told so, kindly and alone.

All is acknowledged, so that Slack neither repeats it nor shows an error.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.cards.note import note, note_view
from bot.desk import Desk
from bot.listeners.opening import open_view
from bot.listeners.payload import Body
from bot.listeners.question import is_question
from bot.posting import SLACK_TROUBLE, whisper
from bot.throttle import Throttle

log = logging.getLogger(__name__)

Kind = Literal["questions", "clicks"]

SAYS: dict[Kind, str] = {
    "questions": "You are asking faster than I can answer, so I left your last question out. "
    "Please wait a moment, then ask it again.",
    "clicks": "You are clicking faster than I can follow, so I left your last click out. Nothing "
    "was changed by it. Please wait a moment, then press again.",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Counts each person's questions and clicks in this process, and who was told."""

    taken: dict[Kind, Throttle] = field(default_factory=dict)
    told: Throttle = field(default_factory=lambda: Throttle(most=1))

    async def keep(
        self,
        body: Body,
        context: AsyncBoltContext,
        desk: Desk,
        next_: Callable[[], Awaitable[None]],
    ) -> BoltResponse | None:
        """Let a request go on to its listener, or acknowledge it and say why it stops here."""
        kind, person = kind_of(body), f"{context.team_id}:{context.user_id}"
        if kind is None or self._may(kind, person, desk):
            await next_()
            return None
        if body.get("type") == "view_submission":
            return _in_form(body, SAYS[kind])
        if self.told.wait(f"{kind}:{person}") > 0:
            return BoltResponse(status=200)
        if "command" in body:
            said = {"response_type": "ephemeral", "text": SAYS[kind]}
            return _json(said)
        desk.work.start(_say(desk, body, SAYS[kind]))
        return BoltResponse(status=200)

    def _may(self, kind: Kind, person: str, desk: Desk) -> bool:
        if kind not in self.taken:
            most: int = getattr(desk.services.settings, f"{kind}_a_minute")
            self.taken[kind] = Throttle(most=most)
        return self.taken[kind].wait(person) == 0


def kind_of(body: Body) -> Kind | None:
    """Return what a request of Slack counts as, None for what nobody did on purpose."""
    if body.get("type") in ("block_actions", "view_submission"):
        return "clicks"
    asked = "command" in body or body.get("type") == "message_action"
    return "questions" if asked or is_question(body.get("event") or {}) else None


def _in_form(body: Body, text: str) -> BoltResponse:
    """Answer a form so that it stays open with all that was entered."""
    view = body["view"]
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    said: Body = {"response_action": "errors", "errors": {fields[0]: text}} if fields else {}
    said = said or {"response_action": "update", "view": note_view(view["title"]["text"], text)}
    return _json(said)


def _json(said: Body) -> BoltResponse:
    headers = {"content-type": "application/json;charset=utf-8"}
    return BoltResponse(status=200, body=json.dumps(said), headers={**headers})


async def _say(desk: Desk, body: Body, text: str) -> None:
    """Say a sentence where somebody wrote or clicked, in a form where there is no conversation."""
    place = _place(body)
    try:
        if place is None:
            opened = (body.get("view") or {}).get("type") == "modal"
            await open_view(desk, body["trigger_id"], note_view("Steward", text), above=opened)
        else:
            user, channel, thread = place
            await whisper(desk, note(text), user=user, channel=channel, thread=thread)
    except SLACK_TROUBLE as trouble:
        log.info("Slack did not take a word about the pace: %s", type(trouble).__name__)


def _place(body: Body) -> tuple[str, str, str | None] | None:
    if event := body.get("event"):
        return event["user"], event["channel"], event.get("thread_ts")
    channel = (body.get("channel") or {}).get("id")
    # Steward need not be a member of the channel that a shortcut was used in.
    if not channel or body["type"] == "message_action":
        return None
    return body["user"]["id"], channel, (body.get("message") or {}).get("thread_ts")


def register(app: AsyncApp) -> None:
    """Look at everything that comes before any listener does."""
    app.use(Pace().keep)
