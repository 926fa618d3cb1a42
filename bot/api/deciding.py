"""Deciding about an action: the same transaction as a click on its card in Slack."""

from datetime import date, timedelta

from fastapi import APIRouter

from bot.api.action import NextBestAction
from bot.api.bodies import Completion, Deferral, Dismissal
from bot.api.call import Call, Calling
from bot.api.declared import problems, versioned
from bot.api.reading import PATH
from bot.language.reasons import reason_of
from core.errors import Invalid
from core.recommendations import LATEST_DAYS, DecisionKind, DismissReason


async def accept(call: Calling) -> NextBestAction:
    """Take the action on: it is under way until it is completed or dismissed."""
    return await call.decide(DecisionKind.ACCEPT)


async def complete(call: Calling, said: Completion) -> NextBestAction:
    """Complete the action with what came of it; how it turned out teaches later answers."""
    return await call.decide(DecisionKind.COMPLETE, note=said.outcome, result=said.result)


async def dismiss(call: Calling, said: Dismissal) -> NextBestAction:
    """Dismiss the action. The reason decides how long it rests: not now 14 days, not relevant 90,
    already done or wrong data 30; one that is not recognised counts as not now.
    """
    known = said.reason in set(DismissReason)
    note = said.note if known else "\n".join(filter(None, (said.reason, said.note)))
    reason = DismissReason(said.reason) if known else reason_of(said.reason)
    doubts = _doubts(call, said.doubts, reason)
    return await call.decide(DecisionKind.DISMISS, reason=reason, note=note, doubts=doubts)


async def defer(call: Calling, said: Deferral) -> NextBestAction:
    """Put the action off until a day, or until something happens at the account."""
    until = said.until
    if said.happening is not None:
        await _check_awaited(call, said.happening)
        until = until or _latest(call)
    return await call.decide(
        DecisionKind.DEFER, until=until, happening=said.happening, note=said.reason
    )


async def undo(call: Calling) -> NextBestAction:
    """Take the last decision back, within ten minutes."""
    return await call.decide(DecisionKind.UNDO)


def _doubts(call: Call, named: list[str], reason: DismissReason | None) -> tuple[str, ...]:
    """Return the doubted signals; raises Invalid for others than the action's own."""
    if unknown := set(named) - {one.type for one in call.found.signals}:
        raise Invalid(f"The action has no signal {min(unknown)[:60]}.", field="doubts")
    return tuple(dict.fromkeys(named)) if reason is DismissReason.WRONG_DATA else ()


def _latest(call: Call) -> date:
    return call.asker.today + timedelta(days=LATEST_DAYS)


async def _check_awaited(call: Call, happening: str) -> None:
    """Raise Invalid for what nothing would tell of at this account."""
    known = await call.parts.services.recommendations.occasions(
        call.found.account.id, as_of=call.asker.now
    )
    names = [one.name for one in known.happenings]
    if happening not in names:
        choice = f"one of {', '.join(names)}" if names else "a day"
        raise Invalid(
            f"Nothing would tell of that at this account. Wait for {choice}.", field="happening"
        )


def routes() -> APIRouter:
    """Return the endpoints that change something."""
    router = APIRouter(tags=["Decide"], responses=problems(deciding=True))
    for endpoint, summary in (
        (accept, "Accept"),
        (complete, "Complete"),
        (dismiss, "Dismiss"),
        (defer, "Defer"),
        (undo, "Undo"),
    ):
        router.add_api_route(
            f"{PATH}/{{actionId}}/{endpoint.__name__}",
            endpoint,
            methods=["POST"],
            summary=summary,
            responses={200: versioned("The action as it stands now.")},
        )
    return router
