"""One account's answer, among few accounts and among many."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from bot.services import Services, build
from bot.settings import Settings
from bot.tools.tool import Asker
from storage.database import Database
from storage.tables import Customer, table
from tests.benchmarks.books import portfolio
from tests.benchmarks.facts import ACCOUNTS
from tests.benchmarks.result import Result

FEW = 60
TIMES = 40
WARM_UP = 5
CUSTOMERS = table(Customer)


async def answers(home: Path) -> list[Result]:
    """Measure facts, ranking, words and storing for single accounts, in portfolios of two sizes."""
    results = []
    for accounts in (FEW, ACCOUNTS):
        async with portfolio(home, accounts) as database:
            seconds = await _answered(database)
        what = f"one account's answer among {accounts:,}"
        results.append(Result.of_seconds(what, seconds, aim="under 30 ms", how="database, engine"))
    return results


async def _answered(database: Database) -> list[float]:
    services = build(Settings(database_url=f"sqlite:///{database.url.database}"))
    some = select(CUSTOMERS.c.id, CUSTOMERS.c.csm_id).limit(WARM_UP + TIMES)
    async with database.read() as session:
        accounts = (await session.execute(some)).all()
    seconds = [await _once(services, account, owner) for account, owner in accounts]
    await services.database.close()
    return seconds[WARM_UP:]


async def _once(services: Services, account: str, owner: str) -> float:
    asker = Asker(await services.people.get(owner), datetime.now(UTC), request_key=account)
    began = perf_counter()
    await services.advisor.for_account(account, asker)
    return perf_counter() - began
