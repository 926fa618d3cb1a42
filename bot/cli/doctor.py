"""`steward doctor`: what is set up, reachable and missing, and how to mend it."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.doctor import Check

MARKS = {"ok": "[green]ok  [/green]", "warn": "[yellow]warn[/yellow]", "fail": "[red]fail[/red]"}


def doctor(
    as_json: bool = typer.Option(False, "--json", help="Print the checks as JSON."),
) -> None:
    """Say what is set up, reachable and missing, and how to mend it; exit 1 when a check fails."""
    checks = asyncio.run(_examine())
    if as_json:
        import json
        from dataclasses import asdict

        typer.echo(json.dumps([asdict(one) for one in checks], ensure_ascii=False, indent=2))
    else:
        _show(checks)
    raise typer.Exit(any(one.state == "fail" for one in checks))


async def _examine() -> "list[Check]":
    from datetime import UTC, datetime

    from bot.cli.inside import chosen
    from bot.doctor import examine
    from bot.logs import configure
    from bot.settings import load

    configure("ERROR")
    settings = load()
    named = settings.model_copy(update={"workspace": chosen() or settings.workspace})
    return await examine(named, now=datetime.now(UTC))


def _show(checks: "list[Check]") -> None:
    from rich.markup import escape
    from rich.table import Table

    from bot.cli.saying import out

    table = Table.grid(padding=(0, 2))
    for one in checks:
        mend = f"\n[dim]{escape(one.mend)}[/dim]" if one.mend else ""
        table.add_row(MARKS[one.state], one.name, escape(one.says) + mend)
    out().print(table)
