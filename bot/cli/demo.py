"""`steward demo`: fill an empty database with the demo portfolio."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


def demo(
    accounts: int = typer.Option(60, min=1, help="How many accounts; beyond 60 for load tests."),
    seed: int = typer.Option(7, help="Another number makes another portfolio."),
    as_of: str | None = typer.Option(
        None, "--as-of", metavar="YYYY-MM-DD", help="Make it look as on that day."
    ),
) -> None:
    """Fill an empty database with the demo portfolio."""
    asyncio.run(_demo(accounts, seed, as_of))


async def _demo(accounts: int, seed: int, as_of: str | None) -> None:
    from bot.cli.moment import clock
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.effects import measure
    from storage.sources.demo import fill

    async with session(clock=clock(as_of)) as services:
        now = services.clock()
        with progress("Writing accounts", accounts) as told:
            filled = await fill(
                services.database,
                accounts=accounts,
                seed=seed,
                today=now.date(),
                now=now,
                progress=told,
            )
        await measure(services.database, now=now)
        rows = sum(filled.rows.values())
    out().print(
        f"{filled.accounts:,} accounts of {filled.csms} CSMs are in, with {rows:,} rows.\n"
        'Ask: steward ask "what should I do next for Beta Inc" --as ana@steward.example'
    )


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error inside the block; yields what to tell (done, of how many)."""
    from rich.progress import Progress

    from bot.cli.saying import aside

    with Progress(console=aside(), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def told(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield told
