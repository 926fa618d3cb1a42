"""`make bench`: measure what people wait for, and print it as a table."""

import argparse
import asyncio
import os
import platform
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks.acks import acks
from tests.benchmarks.answers import answers
from tests.benchmarks.engine import engine
from tests.benchmarks.facts import facts
from tests.benchmarks.imports import import_rate
from tests.benchmarks.language import language
from tests.benchmarks.latency import event_to_card
from tests.benchmarks.learning import learning
from tests.benchmarks.ranking import ranking
from tests.benchmarks.result import Result
from tests.benchmarks.start import starting

Benchmark = Callable[[Path], Coroutine[Any, Any, list[Result]]]
BENCHMARKS: dict[str, Benchmark] = {
    "start": starting,
    "latency": event_to_card,
    "acks": acks,
    "ranking": ranking,
    "engine": engine,
    "facts": facts,
    "answers": answers,
    "import": import_rate,
    "learning": learning,
    "language": language,
}


def main() -> None:
    """Run the benchmarks that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as home:
        for name in names:
            folder = Path(home) / name
            folder.mkdir()
            results += asyncio.run(BENCHMARKS[name](folder))
    show(results)


def show(results: list[Result]) -> None:
    """Print the table, with the machine that it was measured on."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    table = Table(title=f"Steward on {machine}")
    for heading in ("what", "median", "worst", "aim", "how"):
        table.add_column(heading, justify="right" if heading in ("median", "worst") else "left")
    for one in results:
        table.add_row(one.what, one.median, one.worst, one.aim, one.how)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
