"""Clicks as part of a conversation: "accept" means the card that a click showed, "undo" its own."""

from bot.desk import Desk
from bot.tools.tool import Asker
from core.recommendations import Recommendation
from storage.conversations import Called, Conversations, Place, Shown, Turn


async def remember(
    desk: Desk, asker: Asker, about: Recommendation, place: Place, *, tool: str, **more: str
) -> None:
    """Keep a click as the question or command that it stands for; `more` are its arguments."""
    account = about.account
    turn = Turn(
        key=asker.request_key,
        at=asker.now,
        asked="",
        said=about.headline,
        calls=(Called(tool, {"account": account.name, **more}),),
        shown=(Shown(account.id, account.name, about.id),),
    )
    await Conversations(desk.services.database).keep(turn, place=place, csm=asker.csm.id)
