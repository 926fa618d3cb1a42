"""One decision, from a click or a form: who may, on what they saw, once, and every copy redrawn."""

from dataclasses import dataclass
from datetime import date

from bot.cards.selection import Selection
from bot.desk import Desk
from bot.listeners.home import show_home
from bot.listeners.payload import Click
from bot.listeners.remembering import remember
from bot.listeners.who import check_may_decide, identify
from bot.outgoing import deliver_due
from bot.tools.tool import Asker
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    already_decided,
)
from storage.conversations import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, with whatever the form asked for besides."""

    kind: DecisionKind
    reason: DismissReason | None = None
    note: str = ""
    until: date | None = None
    result: OutcomeResult | None = None
    happening: str | None = None
    doubts: tuple[str, ...] = ()

    def by(self, asker: Asker) -> Decision:
        """Return it as the decision of a person at a moment."""
        return Decision(
            kind=self.kind,
            by=CsmId(asker.csm.id),
            by_name=asker.csm.name,
            at=asker.now,
            reason=self.reason,
            note=self.note,
            until=self.until,
            result=self.result,
            happening=self.happening,
            doubts=self.doubts,
        )


async def decide(desk: Desk, click: Click, choice: Choice) -> None:
    """Store a decision and redraw what shows the recommendation; raises what forbids it."""
    asker, shown = await seen(desk, click)
    await desk.services.recommendations.decide(
        click.recommendation,
        choice.by(asker),
        request_key=click.key,
        today=asker.today,
        place=(click.channel, click.ts),
    )
    desk.work.start(deliver_due(desk))
    if click.channel.startswith("D"):
        place = Place(click.channel, click.thread or click.ts)
        await remember(desk, asker, shown, place, tool="decide", decision=choice.kind.value)
    if not click.channel:
        desk.work.start(show_home(desk, click.user, Selection.unpacked(click.selection)))


async def _is_own(desk: Desk, click: Click) -> bool:
    """Tell whether this very click changed it: its process may have ended right after."""
    return await desk.services.recommendations.is_decided(click.key)


async def seen(desk: Desk, click: Click) -> tuple[Asker, Recommendation]:
    """Return who clicked and what they clicked on, if they may and it is as they saw it.

    Raises AlreadyDecided for a card that is out of date: nobody takes back or changes a decision
    that they have not seen.
    """
    asker = await identify(desk, click.user, request_key=click.key, channel=click.channel or None)
    recommendation = await desk.services.recommendations.get(click.recommendation)
    await check_may_decide(desk, asker.csm, recommendation)
    if click.version != recommendation.version and not await _is_own(desk, click):
        raise already_decided(recommendation)
    return asker, recommendation
