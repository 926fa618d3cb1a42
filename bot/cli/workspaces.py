"""`steward workspaces`: which Slack workspaces installed Steward."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from storage.workspaces import Workspace


def workspaces() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(help="Which Slack workspaces installed Steward.", no_args_is_help=False)
    group.callback(invoke_without_command=True)(_list_unless)
    group.command("key")(key)
    return group


def _list_unless(context: typer.Context) -> None:
    """List all that installed Steward, also those that removed it less than 30 days ago."""
    if context.invoked_subcommand is None:
        asyncio.run(_list())


def key() -> None:
    """Print a new key for STEWARD_ENCRYPTION_KEY; keep it where passwords are kept."""
    from storage.vault import new_key

    typer.echo(new_key())


async def _list() -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.workspaces import everyone

    async with session(at_home=True) as services:
        found, now = await everyone(services.database), services.clock()
    if not found:
        out().print("None yet. People install Steward at https://YOUR-HOST/slack/install")
        return
    out().print(_table([(one, one.state(now)) for one in found]))


def _table(found: "list[tuple[Workspace, str]]") -> object:
    from rich.table import Table

    table = Table(box=None)
    for heading in ("team", "name", "state", "installed", "by", "token good until"):
        table.add_column(heading, overflow="fold")
    for one, state in found:
        ends = f"{one.expires_at:%Y-%m-%d %H:%M} UTC" if one.expires_at else ""
        table.add_row(
            one.id, one.name, state, f"{one.installed_at:%Y-%m-%d}", one.installed_by, ends
        )
    return table
