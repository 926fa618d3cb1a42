"""`steward digest`: show what a digest would say, or deliver those that are due."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.services import Services


def digest(
    email: str | None = typer.Option(None, "--as", metavar="EMAIL", help="Whose; else everybody's"),
    dry_run: bool = typer.Option(False, "--dry-run", help="Print it; nothing is sent or stored."),
) -> None:
    """Deliver the digests that are due now, or print them with --dry-run."""
    asyncio.run(_digest(email, dry_run))


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

    async with slack_client(services.settings) as client:
        done = await run_due(Desk.over(services, client), now=services.clock())
    for one in done:
        problem = f": {one.problem}" if one.problem else ""
        out().print(f"{one.local_date} {one.channel or ''} {one.state}{problem}", markup=False)
    out().print(f"{len(done)} digests were due.")
