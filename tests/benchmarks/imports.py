"""How many rows of an export come in each second, the first time and again."""

import csv
import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from storage.database import Database
from storage.imports import run
from tests.benchmarks.books import book
from tests.benchmarks.result import Result, words

ACCOUNTS = 500
TICKETS = 20_000
BEGINNING = date(2025, 1, 1)


async def import_rate(home: Path) -> list[Result]:
    """Measure an export in RavenStack's columns: new, unchanged, and only looked at."""
    write_export(home)
    async with book(home, 0) as database:
        looked = await _once(database, home, dry_run=True)
        first = await _once(database, home)
        again = await _once(database, home)
    return [
        _rate("import, only looked at", looked),
        _rate("import, all rows new", first),
        _rate("import, nothing changed", again),
    ]


def write_export(home: Path) -> None:
    """Write accounts and their support tickets as CSV files."""
    dice = random.Random(7)
    accounts = [f"A-{number:06x}" for number in range(ACCOUNTS)]
    _write(
        home / "ravenstack_accounts.csv",
        "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,"
        "is_trial,churn_flag",
        (
            (id, f"Company {id}", "EdTech", "US", BEGINNING, "partner", "Pro", 9, "False", "False")
            for id in accounts
        ),
    )
    _write(
        home / "ravenstack_support_tickets.csv",
        "ticket_id,account_id,submitted_at,closed_at,resolution_time_hours,priority,"
        "first_response_time_minutes,satisfaction_score,escalation_flag",
        (_ticket(number, dice.choice(accounts), dice) for number in range(TICKETS)),
    )


def _ticket(number: int, account: str, dice: random.Random) -> tuple[object, ...]:
    opened = BEGINNING + timedelta(days=dice.randrange(400))
    closed = f"{opened + timedelta(days=2)} 03:00:00"
    return (f"T-{number:06x}", account, opened, closed, 51.0, "high", 74, "", "False")


def _write(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(header + "\n")
        csv.writer(file).writerows(rows)


async def _once(database: Database, home: Path, *, dry_run: bool = False) -> float:
    began = perf_counter()
    report = await run(database, [home], now=datetime.now(UTC), dry_run=dry_run)
    assert report.exit_code == 0, report
    return perf_counter() - began


def _rate(what: str, seconds: float) -> Result:
    rows = ACCOUNTS + TICKETS
    return Result(what, f"{rows / seconds:,.0f} rows/s", how=f"{rows:,} rows in {words(seconds)}")
