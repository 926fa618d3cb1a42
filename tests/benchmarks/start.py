"""How long a person waits for the command line and for the server."""

import re
from pathlib import Path
from time import perf_counter

import aiohttp

from tests.benchmarks.result import Result
from tests.end_to_end.processes import STEWARD, process, run, until

TIMES = 5


async def starting(home: Path) -> list[Result]:
    """Measure `--help`, one question, and the playground until its page answers."""
    environment = {
        "DATABASE_URL": f"sqlite:///{home / 'steward.db'}",
        "STEWARD_PLAYGROUND_STATE": str(home / "state.json"),
        "PORT": "0",
    }
    first = await _playground(home, environment)
    again = [await _playground(home, environment) for _ in range(TIMES)]
    asked = ("ask", "what should I do next for Beta Inc", "--as", "ana@steward.example")
    helped = [await _command(("--help",), environment) for _ in range(TIMES)]
    answered = [await _command(asked, environment) for _ in range(TIMES)]
    return [
        Result.of_seconds("steward --help", helped, aim="under 500 ms", how="a process"),
        Result.of_seconds("steward ask", answered, how="a process, 60 accounts"),
        Result.of_seconds("playground, first start", [first], how="migrates and fills the demo"),
        Result.of_seconds("playground, next starts", again, aim="under 3 s", how="to the page"),
    ]


async def _command(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    began = perf_counter()
    code, _, said = await run(*STEWARD, *arguments, environment=environment)
    assert code == 0, said
    return perf_counter() - began


async def _playground(home: Path, environment: dict[str, str]) -> float:
    log = home / "playground.log"
    began = perf_counter()

    async def answers() -> bool:
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if found is None:
            return False
        async with aiohttp.ClientSession() as session, session.get(found[0]) as answer:
            return answer.status == 200

    async with process(*STEWARD, "playground", environment=environment, log=log):
        await until(answers, "the page", log)
        return perf_counter() - began
