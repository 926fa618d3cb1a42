"""`steward plays`: the catalogue of plays as a person reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import typer

if TYPE_CHECKING:
    from core.catalogue import Catalogue
    from core.plays.play import Play

HEADINGS = ("Play", "Applies when", "Due", "Rests", "Expected", "Helps", "Done with")


def plays(
    markdown: bool = typer.Option(False, "--markdown", help="Print tables in Markdown."),
    names: bool = typer.Option(False, "--names", help="List the names that a team's file may use."),
    check: Path | None = typer.Option(
        None, "--check", metavar="FILE", help="Say what is wrong with a team's own catalogue."
    ),
) -> None:
    """List all plays: when each applies and is due, how long it rests, and what helps with it."""
    from bot.catalogue_file import rules_of
    from bot.cli import catalogue as file
    from bot.settings import load

    if check is not None:
        file.check(check)
        return
    catalogue = rules_of(load().catalogue).catalogue
    if names:
        typer.echo("\n".join(file.names(catalogue)))
    elif markdown:
        typer.echo("\n".join(_markdown(catalogue)))
    else:
        _show(catalogue)


def _markdown(catalogue: "Catalogue") -> Iterator[str]:
    for category, members in _by_category(catalogue):
        yield f"## {category}\n"
        yield _line(HEADINGS)
        yield _line(("---",) * len(HEADINGS))
        for play in members:
            yield _line(tuple(cell.replace("\n", "<br>") for cell in _cells(play, catalogue)))
        yield ""


def _show(catalogue: "Catalogue") -> None:
    from rich.markup import escape
    from rich.table import Table

    from bot.cli.saying import out

    console = out()
    for category, members in _by_category(catalogue):
        table = Table(title=category, title_justify="left", show_lines=True)
        for heading, ratio in zip(HEADINGS, (3, 8, 5, 2, 2, 4, 3), strict=True):
            table.add_column(heading, ratio=ratio, overflow="fold")
        for play in members:
            table.add_row(*(escape(cell) for cell in _cells(play, catalogue)))
        console.print(table)


def _by_category(catalogue: "Catalogue") -> "Iterator[tuple[str, list[Play]]]":
    from core.recommendations import Category

    for category in get_args(Category):
        yield (
            category.capitalize(),
            [play for play in catalogue.plays.values() if play.category == category],
        )


def _cells(play: "Play", catalogue: "Catalogue") -> tuple[str, ...]:
    from core.happenings import HAPPENINGS
    from core.plays.words import applies, ruled_out
    from core.wording import count, percent

    waits = ruled_out(play, catalogue.signals)
    return (
        f"{play.title}\n({play.name})",
        applies(play, catalogue.signals) + (f"\nNot while {waits}" if waits else ""),
        play.due.says,
        count(play.cooldown_days, "day"),
        percent(play.prior),
        "\n".join(catalogue.resources[name].title for name in play.resources),
        "\n".join(HAPPENINGS[name].label for name in play.fulfilled_by),
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
