"""Tell the audit log of a press, form or question in Slack that was refused."""

import logging

from sqlalchemy.exc import DBAPIError

from bot.denials import Attempt, Denials
from bot.desk import Desk
from bot.listeners.payload import Body, Click
from core.errors import NotAllowed
from storage.audit import AuditLog

log = logging.getLogger(__name__)


async def note_click(desk: Desk, error: Exception, body: Body) -> None:
    """Note what was refused of a click, or of a form that was sent."""
    if not isinstance(error, NotAllowed):
        return
    if body.get("type") == "view_submission":
        await note(desk, error, body["user"]["id"], key=f"form:{body['view']['id']}")
        return
    click = Click.of(body)
    place = (click.channel, click.ts) if click.channel else None
    await note(desk, error, click.user, key=click.key, place=place)


async def note(
    desk: Desk, error: Exception, user: str, *, key: str, place: tuple[str, str] | None = None
) -> None:
    """Note a refusal of a Slack user; what hinders that hinders nothing else."""
    if not isinstance(error, NotAllowed):
        return
    try:
        csm = await desk.services.people.linked(user)
        by, name = (csm.id, csm.name) if csm else (user, "")
        attempt = Attempt(by, desk.now, name, key, place)
        await Denials(AuditLog(desk.services.database)).note(error, attempt)
    except DBAPIError as trouble:
        log.warning("a refusal could not be noted: %s", type(trouble).__name__)
