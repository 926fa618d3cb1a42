"""Asking: what to do next for one account or over a portfolio, one action, its resources."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from bot.advice import Advice, Top
from bot.api.action import NextBestAction, next_best_action
from bot.api.declared import problems, versioned
from bot.api.drafts import FilledResource
from bot.api.listing import NextBestActions
from bot.api.parts import ApiParts, Parts
from bot.api.question import Question
from bot.api.who import Who
from bot.scope import check_may_see
from bot.tools.tool import Asker
from core.recommendations import Recommendation

PATH = "/api/intelligence/next-best-action"
ActionId = Annotated[UUID, Path(alias="actionId", description="The action's id.")]


async def ask(
    parts: Parts, asker: Who, question: Annotated[Question, Query()], request: Request
) -> NextBestActions:
    """Say what to do next: for one account, or first over a portfolio.

    With `customerId` the answer holds the account's best action, and what is under way or waiting
    there. Without it, it holds the best action of each account, in the order of their priority.
    What is shown is kept, so that it can be decided about by its id.
    """
    if question.customer_id is not None:
        advisor, account = parts.services.advisor, str(question.customer_id)
        advice = await advisor.for_account(account, asker, wanted=question.wanted)
        return _of_account(parts, advice, question, asker)
    top = await _top(parts, question, asker)
    return _of_portfolio(parts, top, question, asker, request)


async def read(parts: Parts, asker: Who, action: ActionId, response: Response) -> NextBestAction:
    """Return one action as it stands, with its version."""
    found = await visible(parts, asker, action)
    return shown(parts, found, response)


async def fill(parts: Parts, asker: Who, action: ActionId) -> list[FilledResource]:
    """Fill the action's templates with what is known about its account at this moment."""
    found = await visible(parts, asker, action)
    names = parts.services.drafts.names(found.play, found.resources)
    prepared = await parts.services.drafts.prepare(found.account.id, names, asker)
    return [FilledResource.of(one) for one in prepared]


async def visible(parts: ApiParts, asker: Asker, action: UUID) -> Recommendation:
    """Return the action of an id; raises RecommendationGone, or NotAllowed outside of scope."""
    services = parts.services
    found = await services.recommendations.get(str(action))
    await check_may_see(found, asker.csm, people=services.people, accounts=services.accounts)
    return found


def shown(parts: ApiParts, found: Recommendation, response: Response) -> NextBestAction:
    """Return one action as the answer, its version in the headers too."""
    response.headers["ETag"] = f'"{found.version}"'
    return _answered(parts, found)


def _answered(parts: ApiParts, found: Recommendation) -> NextBestAction:
    known = parts.services.rules.catalogue.resources
    names = parts.services.drafts.names(found.play, found.resources)
    return next_best_action(found, [known[name] for name in names])


def _all(parts: ApiParts, found: Iterable[Recommendation]) -> list[NextBestAction]:
    return [_answered(parts, one) for one in found]


async def _top(parts: ApiParts, question: Question, asker: Asker) -> Top:
    wanted, owner = question.wanted, question.owner
    return await parts.services.advisor.top(
        asker,
        owner=str(owner) if owner is not None else None,
        category=wanted.category,
        urgency=wanted.urgency,
        horizon=wanted.horizon,
        segment=wanted.segment,
        limit=question.limit,
        offset=question.offset,
    )


def _of_account(
    parts: ApiParts, advice: Advice, question: Question, asker: Asker
) -> NextBestActions:
    best = (advice.best,) if advice.best else ()
    return NextBestActions(
        items=_all(parts, best[question.offset :]),
        underway=_all(parts, advice.underway),
        waiting=_all(parts, advice.waiting),
        unknown=list(advice.unknown),
        total=len(best),
        accounts=1,
        portfolio=advice.account.name,
        limit=question.limit,
        offset=question.offset,
        next=None,
        as_of=asker.now,
    )


def _of_portfolio(
    parts: ApiParts, top: Top, question: Question, asker: Asker, request: Request
) -> NextBestActions:
    after = question.offset + question.limit
    following = request.url.include_query_params(limit=question.limit, offset=after)
    return NextBestActions(
        items=_all(parts, top.recommendations),
        underway=_all(parts, () if question.offset else top.underway[: question.limit]),
        waiting=[],
        unknown=list(top.missing),
        total=top.total,
        accounts=top.accounts,
        portfolio=top.owner_name,
        limit=question.limit,
        offset=question.offset,
        next=f"{PATH}?{following.query}" if after < top.total else None,
        as_of=asker.now,
    )


def routes() -> APIRouter:
    """Return the endpoints that only read."""
    router = APIRouter(tags=["Ask"], responses=problems())
    router.add_api_route(PATH, ask, methods=["GET"], summary="What to do next")
    router.add_api_route(
        f"{PATH}/{{actionId}}",
        read,
        methods=["GET"],
        summary="One action",
        responses={200: versioned("The action.")},
    )
    router.add_api_route(
        f"{PATH}/{{actionId}}/resources", fill, methods=["GET"], summary="Its resources, filled"
    )
    return router
