"""`steward evaluate`: what other ways of choosing actions would have brought."""

import asyncio
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from core.evaluation import Evaluation, Value
    from storage.choices import LoggedChoices

NOTHING = (
    "There is nothing to evaluate yet: no recommendation whose choice was kept has an outcome.\n"
    "Complete a few in Slack and say how they turned out, then ask again."
)


def evaluate() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(help="Measure what was recommended against other ways.")
    group.command("actions")(actions)
    group.callback()(_evaluate)
    return group


def _evaluate() -> None:
    """Measure what was recommended against other ways."""


def actions(
    days: int | None = typer.Option(None, min=1, help="Only what was shown in the last N days."),
    as_json: bool = typer.Option(False, "--json", help="Print the numbers as JSON."),
) -> None:
    """Say what other ways of choosing would have brought, by the outcomes of those tried."""
    asyncio.run(_actions(days, as_json))


async def _actions(days: int | None, as_json: bool) -> None:
    from datetime import timedelta

    from bot.cli.session import session
    from core.evaluation import evaluate as judge
    from core.targets import TARGETS
    from storage.choices import logged_choices

    async with session() as services:
        since = services.clock() - timedelta(days=days) if days else None
        logged = await logged_choices(services.database, since=since)
    found = [judge(logged.known, target) for target in TARGETS]
    if as_json:
        _print_json(logged, found)
    else:
        _show(logged, found)


def _show(logged: "LoggedChoices", found: "list[Evaluation]") -> None:
    from bot.cli.saying import out
    from core.wording import count

    known = logged.known
    if known.is_empty():
        out().print(NOTHING)
    else:
        share = known["reward"].to_numpy().mean()
        says = f"{count(known.height, 'choice')} with an outcome; {share:.0%} were successes."
        out().print(says)
        out().print(_table(found))
        for one in found:
            out().print(f"{one.target.name} ({one.target.says}): {one.verdict}", markup=False)
    out().print(
        f"Left out: {logged.open} still open, {logged.silent} that ended without an outcome, "
        f"{logged.unlogged} of which it was not kept how they were chosen."
    )


def _table(found: "list[Evaluation]") -> "Table":
    from rich.table import Table

    table = Table(box=None)
    headings = ("instead", "comparable", "as it was", "doubly robust", "SNIPW", "replay", "ESS")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for one in found:
        replay = "" if one.replay is None else f"{one.replay:.0%} of {one.replayed}"
        table.add_row(
            one.target.name,
            f"{one.covered} of {one.choices}",
            f"{one.logged.mean:.0%}" if one.covered else "",
            _says(one.robust),
            _says(one.weighted),
            replay,
            f"{one.effective:.0f}",
        )
    table.caption = "Shares of successes with 95 % intervals. ESS: effective sample size."
    table.caption_justify = "left"
    return table


def _says(value: "Value") -> str:
    from math import isfinite

    if not isfinite(value.error):
        return ""
    low, high = (min(max(end, 0.0), 1.0) for end in value.interval(0.95))
    return f"{value.mean:.0%} [{low * 100:.0f}-{high * 100:.0f}]"


def _print_json(logged: "LoggedChoices", found: "list[Evaluation]") -> None:
    import json

    told = {
        "choices": logged.known.height,
        "open": logged.open,
        "without_outcome": logged.silent,
        "unlogged": logged.unlogged,
        "targets": [_plain(one) for one in found],
    }
    typer.echo(json.dumps(told, indent=2))


def _plain(one: "Evaluation") -> dict[str, Any]:
    return {
        "name": one.target.name,
        "says": one.target.says,
        "comparable": one.covered,
        "effective_sample_size": round(one.effective, 1),
        "as_it_was": _interval(one.logged),
        "doubly_robust": _interval(one.robust),
        "snipw": _interval(one.weighted),
        "gain": _interval(one.gain),
        "replay": one.replay,
        "replayed": one.replayed,
        "needed": one.needed,
        "verdict": one.verdict,
    }


def _interval(value: "Value") -> dict[str, Any] | None:
    from math import isfinite

    if not isfinite(value.error):
        return None
    ends = {f"interval_{level * 100:.0f}": value.interval(level) for level in (0.8, 0.95)}
    return {"mean": value.mean, "error": value.error, **ends}
