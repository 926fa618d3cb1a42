"""`steward digest`: show what a digest would say, or deliver those that are due."""

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.services import Services


class What(StrEnum):
    """What to do about digests."""

    SEND = "send"
    LOG = "log"


def digest(
    what: What = typer.Argument(What.SEND, help="send what is due, or log: what became of them"),
    email: str | None = typer.Option(None, "--as", metavar="EMAIL", help="Whose; else everybody's"),
    dry_run: bool = typer.Option(False, "--dry-run", help="Print it; nothing is sent or stored."),
) -> None:
    """Deliver the digests that are due now, print them with --dry-run, or list the last ones."""
    asyncio.run(_log(email) if what is What.LOG else _digest(email, dry_run))


_NONE_YET = "None has come yet."


async def _log(email: str | None) -> None:
    from bot.cards.digest_words import log_said
    from bot.cli.saying import out
    from bot.cli.session import session
    from bot.digests.settings import when

    async with session() as services:
        whose = (await services.people.by_email(email)).id if email else None
        names = {csm.id: csm.name for csm in await services.people.everyone()}
        every = [one for one in await services.digests.every() if whose in (None, one.csm_id)]
        for one in every:
            owner = names.get(one.csm_id, "Somebody who left")
            place = f"channel {one.channel}" if one.kind == "channel" else "direct message"
            state = when(one) if one.enabled else "off"
            out().print(f"{owner}, {place}: {state}", markup=False)
            today = services.clock().astimezone(one.zone).date()
            for line in log_said(await services.digests.log(one.id), today) or [_NONE_YET]:
                out().print(f"  {line}", markup=False)
        if not every:
            out().print("Nobody has a digest yet. In Slack, “digest on” starts one.", markup=False)


async def _digest(email: str | None, dry_run: bool) -> None:
    from bot.cli.session import session
    from core.errors import Invalid

    if email and not dry_run:
        raise Invalid("--as only looks: add --dry-run. Without it, what is due goes to everybody.")
    async with session() as services:
        if dry_run:
            await _preview(services, email)
        else:
            await _deliver(services)


async def _preview(services: "Services", email: str | None) -> None:
    from bot.cli.saying import out
    from bot.cli.terminal import show
    from bot.digests.composing import preview

    if email:
        readers = [await services.people.by_email(email)]
    else:
        readers = list(await services.people.everyone())
    for csm in readers:
        out().print(f"{csm.name} <{csm.email}>", markup=False)
        show((await preview(services, csm, services.clock())).card)


async def _deliver(services: "Services") -> None:
    from bot.cli.saying import out
    from bot.desk import Desk
    from bot.digests.round import run_due
    from bot.serving import slack_client
    from bot.serving_workspaces import workspace_client

    settings, workspace = services.settings, services.database.workspace
    reached = workspace_client(settings, workspace) if workspace else slack_client(settings)
    async with reached as client:
        done = await run_due(Desk.over(services, client), now=services.clock())
    for one in done:
        problem = f": {one.problem}" if one.problem else ""
        out().print(f"{one.local_date} {one.channel or ''} {one.state}{problem}", markup=False)
    out().print(f"{len(done)} digests were due.")
