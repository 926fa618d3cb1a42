"""How long the offline language takes: to get ready, and for a question."""

from pathlib import Path
from time import perf_counter

from bot.language.offline.offline import Offline
from tests.benchmarks.result import Result
from tests.bot.language.book import CONTEXT
from tests.evals.goldens import goldens

READIES = 5


async def language(home: Path) -> list[Result]:
    """Measure reading what was learnt, and each of the questions by which it is judged."""
    del home
    ready = []
    for _ in range(READIES):
        began = perf_counter()
        offline = Offline()
        offline.warm()
        ready.append(perf_counter() - began)
    spent = []
    for golden in goldens():
        began = perf_counter()
        await offline.understand(golden.says, CONTEXT)
        spent.append(perf_counter() - began)
    return [
        Result.of_seconds("offline language, ready", ready, how="reads its weights"),
        Result.of_seconds("offline language, a question", spent, aim="10 ms", how="37 accounts"),
    ]
