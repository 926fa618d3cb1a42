"""`steward token`: access tokens for what asks over HTTP instead of Slack."""

import asyncio

import typer

BY = "command line"
"""Who makes and revokes tokens here: whoever may run commands on this database."""


def tokens() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(help="Access tokens for the API under /api.", no_args_is_help=True)
    for command in (create, list_, revoke):
        group.command(command.__name__.rstrip("_"))(command)
    return group


def create(
    email: str = typer.Argument(metavar="EMAIL", help="Whose accounts and decisions it is for."),
    name: str = typer.Option(..., help="What uses it, such as CRM widget."),
    days: int | None = typer.Option(
        None, min=1, max=3650, help="How long it is good; without it until it is revoked."
    ),
) -> None:
    """Make a token and print its secret, which is shown this once."""
    asyncio.run(_create(email, name, days))


def list_() -> None:
    """List all tokens: whose they are, how they stand, when they were used last."""
    asyncio.run(_list())


def revoke(
    id: str = typer.Argument(metavar="ID", help="As `steward token list` shows it."),
) -> None:
    """Let a token no longer be used, from this moment on."""
    asyncio.run(_revoke(id))


async def _create(email: str, name: str, days: int | None) -> None:
    import secrets
    from datetime import timedelta

    from bot.cli.saying import aside, out
    from bot.cli.session import session
    from storage.tokens import Tokens, new_secret

    async with session() as services:
        secret = new_secret(secrets.token_urlsafe(32), services.database.workspace)
        owner, now = await services.people.by_email(email), services.clock()
        ends = now + timedelta(days=days) if days else None
        made = await Tokens(services.database).create(
            secret, csm_id=owner.id, name=name, by=BY, now=now, expires_at=ends
        )
    until = f"until {ends:%Y-%m-%d %H:%M} UTC" if ends else "until it is revoked"
    aside().print(f"{made.name}: acts as {owner.name} ({owner.role}), {until}.", markup=False)
    aside().print("The secret is shown this once; keep it where passwords are kept.")
    out().print(secret, markup=False, soft_wrap=True)


async def _list() -> None:
    from rich.table import Table

    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.tokens import Tokens

    async with session() as services:
        found, now = await Tokens(services.database).everything(), services.clock()
    table = Table(box=None)
    for heading in ("id", "name", "acts as", "begins", "state", "ends", "last used"):
        table.add_column(heading, overflow="fold")
    for one in found:
        days = [f"{at:%Y-%m-%d}" if at else "" for at in (one.expires_at, one.last_used_at)]
        table.add_row(one.id, one.name, one.email, one.prefix, one.state(now), *days)
    out().print(table)


async def _revoke(id: str) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.tokens import Tokens

    async with session() as services:
        ended = await Tokens(services.database).revoke(id, by=BY, now=services.clock())
    out().print(f"{ended.name} of {ended.email} can no longer be used.", markup=False)
