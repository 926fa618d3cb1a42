"""`steward learning`: what was forgotten of what Steward learned, and taking that back."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.services import Services
    from storage.learning_resets import Forgetting

BY = "command line"
"""Who forgets and restores here: whoever may run commands on this database."""

ALL = "all"


def learning() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(
        help="Have Steward forget what it learned of plays, and restore it.", no_args_is_help=True
    )
    for command in (forget, restore, list_, measure):
        group.command(command.__name__.rstrip("_"))(command)
    return group


def forget(
    play: str = typer.Argument(metavar="PLAY", help="The play's name, or all."),
    segment: str | None = typer.Option(None, help="Only of accounts of that segment."),
    owner: str | None = typer.Option(None, metavar="EMAIL", help="Only of that CSM."),
    before: str | None = typer.Option(
        None, metavar="YYYY-MM-DD", help="Only what came before that day; else all until today."
    ),
) -> None:
    """Let past outcomes no longer count; nothing is deleted."""
    asyncio.run(_forget(play, segment, owner, before))


def restore(
    id: str = typer.Argument(metavar="ID", help="As `steward learning list` shows."),
) -> None:
    """Let forgotten outcomes count again."""
    asyncio.run(_restore(id))


def list_() -> None:
    """List what is forgotten."""
    asyncio.run(_list())


def measure() -> None:
    """Measure what changed after completions, also long ago; Steward does it for the newest."""
    asyncio.run(_measure())


async def _measure() -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from core.wording import count
    from storage.effects import measure as measured

    async with session() as services:
        done = await measured(services.database, now=services.clock())
    out().print(f"Measured the effect of {count(done, 'completion')}.")


async def _forget(play: str, segment: str | None, owner: str | None, before: str | None) -> None:
    from datetime import UTC, datetime, time

    from bot.cli.moment import clock
    from bot.cli.saying import out
    from bot.cli.session import session
    from core.learning import Reset
    from core.wording import count
    from storage.learning_resets import Resets

    async with session() as services:
        now = services.clock()
        since = datetime.combine(clock(before)().date(), time(), UTC) if before else now
        reset = Reset(
            since=since,
            play=_known(play, services),
            segment=segment,
            owner=(await services.people.by_email(owner)).id if owner else None,
        )
        counted = await services.recommendations.outcomes(as_of=now)
        made = await Resets(services.database).add(reset, by=BY, at=now)
    gone = counted.filter(reset.covers).height
    verb = "counts" if gone == 1 else "count"
    again = f"steward learning restore {made.id[:8]}"
    out().print(f"{count(gone, 'outcome')} no longer {verb}. Take it back with: {again}")


async def _restore(id: str) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.learning_resets import Resets

    async with session() as services:
        done = await Resets(services.database).undo(id, by=BY, at=services.clock())
    out().print(f"What was forgotten on {done.at:%d %b %Y} counts again.", markup=False)


async def _list() -> None:
    from rich.table import Table

    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.learning_resets import Resets

    async with session() as services:
        found = await Resets(services.database).standing(as_of=services.clock())
        names = {one.id: one.email for one in await services.people.everyone()}
    if not found:
        out().print("Nothing is forgotten: all outcomes count.")
        return
    table = Table(box=None)
    for heading in ("id", "play", "segment", "CSM", "before (UTC)", "by", "made"):
        table.add_column(heading, overflow="fold")
    for one in found:
        table.add_row(*_cells(one, names))
    out().print(table)
    out().print("Let one count again with: steward learning restore ID")


def _cells(one: "Forgetting", names: dict[str, str]) -> list[str]:
    reset = one.reset
    owner = names.get(reset.owner, reset.owner) if reset.owner else ALL
    since, made = f"{reset.since:%Y-%m-%d %H:%M}", f"{one.at:%Y-%m-%d}"
    return [one.id[:8], reset.play or ALL, reset.segment or ALL, owner, since, one.by, made]


def _known(play: str, services: "Services") -> str | None:
    """Return the play's name, None for all; raises Invalid with those that exist."""
    from core.errors import Invalid

    names = services.rules.catalogue.plays
    if play == ALL:
        return None
    if play not in names:
        raise Invalid(f"{play!r} is no play. Name one of {', '.join(sorted(names))}, or all.")
    return play
