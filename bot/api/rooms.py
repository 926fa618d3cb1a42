"""The API over every desk: the access token says whose data is asked for."""

from datetime import date

from bot.api.app import Api, api_app
from bot.api.parts import ApiParts
from bot.desk import Desk
from bot.desks import Desks
from bot.outgoing import deliver_due
from storage.tokens import Tokens


def api_of(desks: Desks) -> Api:
    """Return the API, whose decisions redraw the cards in Slack."""
    rooms: dict[str, tuple[Desk, ApiParts]] = {}

    async def inside(workspace: str) -> ApiParts | None:
        admitted = await desks.enter(workspace, None)
        if admitted is None:
            return None
        if workspace not in rooms or rooms[workspace][0] is not admitted.desk:
            rooms[workspace] = (admitted.desk, _parts(admitted.desk))
        return rooms[workspace][1]

    return api_app(_parts(desks.home), inside)


def _parts(desk: Desk) -> ApiParts:
    def redraw(recommendation: str, today: date) -> None:
        del recommendation, today  # the decision has left a letter that says both
        desk.work.start(deliver_due(desk))

    return ApiParts(desk.services, Tokens(desk.services.database), redraw)
