"""`steward import`: bring exports in, list what was imported, take an import back."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from storage.database import Database


def import_command(
    paths: list[Path] | None = typer.Argument(
        None, metavar="PATH...", help="Files, or folders with .csv, .tsv and .txt files."
    ),
    source: str | None = typer.Option(
        None, help="Which system they are from, when it is not seen."
    ),
    mapping: Path | None = typer.Option(None, help="A TOML file that says what the columns are."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Report everything, change nothing."),
    strict: bool = typer.Option(False, "--strict", help="All or nothing: one bad line stops it."),
    undo: str | None = typer.Option(None, metavar="ID", help="Take one import back whole."),
    list_: bool = typer.Option(False, "--list", help="List the imports."),
    as_json: bool = typer.Option(False, "--json", help="Print the report as JSON."),
) -> None:
    """Bring exports in: good rows are kept, every other line is named with its reason."""
    if not (paths or undo or list_):
        raise typer.BadParameter("Name a file or a folder, or use --list or --undo ID.")
    code = asyncio.run(_run(paths or [], source, mapping, dry_run, strict, undo, list_, as_json))
    raise typer.Exit(code)


async def _run(
    paths: list[Path],
    source: str | None,
    mapping: Path | None,
    dry_run: bool,
    strict: bool,
    undo: str | None,
    list_: bool,
    as_json: bool,
) -> int:
    from bot.cli.saying import out
    from bot.cli.session import session

    async with session() as services:
        return await imported(
            services.database, paths, source=source, mapping=mapping, dry_run=dry_run,
            strict=strict, undo=undo, list_=list_, as_json=as_json, console=out(),
            now=services.clock(),
        )  # fmt: skip


async def imported(
    database: "Database",
    paths: list[Path],
    *,
    source: str | None,
    mapping: Path | None,
    dry_run: bool,
    strict: bool,
    undo: str | None,
    list_: bool,
    as_json: bool,
    console: "Console",
    now: "datetime",
) -> int:
    """Do what the command line asks and print it; return the exit code.

    0 when all is in, 2 when a line was rejected or a file unreadable, 1 when nothing was read.
    """
    from bot.cli import import_lists

    if list_:
        return await import_lists.listed(database, console, as_json=as_json)
    if undo:
        return await import_lists.undone(database, undo, console, as_json=as_json, now=now)
    from bot.cli.import_report import as_text, render
    from storage.imports import run

    with _progress(shown=not as_json) as told:
        report = await run(
            database, paths, now=now, source=source, mapping=mapping, dry_run=dry_run,
            strict=strict, progress=told,
        )  # fmt: skip
    if as_json:
        console.out(as_text(report), highlight=False)
    else:
        render(report, console)
    return report.exit_code


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show on standard error what is being read and written, unless the output is for a program."""
    from rich.progress import Progress

    from bot.cli.saying import aside

    with Progress(console=aside(), transient=True, disable=not shown) as bar:
        task = bar.add_task("importing", total=None)

        def told(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of)

        yield told
