"""The team's own catalogue on the command line: its check, and every name that it may use."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from core.catalogue import Catalogue


def check(path: Path) -> None:
    """Say what a file makes of the catalogue, or what is wrong with it; exit 1 when it is wrong."""
    from bot.catalogue_file import examine, made

    rules, problems = examine(_content(path))
    for one in problems:
        typer.echo(f"{path}: {one}")
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{path}: can be used. {made(rules)}.")


def names(catalogue: "Catalogue") -> Iterator[str]:
    """Yield the names that a file may use, in Markdown: signals, facts, happenings, resources."""
    from core.facts import FACTS
    from core.happenings import HAPPENINGS

    yield from _table(
        "Signals (needs, any_of, unless, supports)",
        ("signal", "says", "limits"),
        [(one.name, one.label, _limits(one.limits)) for one in catalogue.signals.values()],
    )
    yield from _table(
        "Facts (conditions of due, and braces in texts)",
        ("fact", "means"),
        [(fact.name, fact.meaning) for fact in FACTS],
    )
    yield from _table("Said in words (braces in texts)", ("name",), [(one,) for one in _words()])
    yield from _table(
        "Happenings (fulfilled_by)",
        ("happening", "means"),
        [(one.name, one.label) for one in HAPPENINGS.values()],
    )
    yield from _table(
        "Resources",
        ("resource", "is"),
        [(one.name, one.title) for one in catalogue.resources.values()],
    )


def _content(path: Path) -> bytes:
    from core.errors import Misconfigured

    try:
        return path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read ({error.strerror})") from error


def _words() -> list[str]:
    """Return what texts may name besides the facts themselves."""
    from core.drafts import places
    from core.facts import SCHEMA

    return sorted(places() - set(SCHEMA))


def _limits(limits: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in limits.items())


def _table(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n"
    for cells in (headings, ("---",) * len(headings), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""
