"""How a language did on the questions: by tool, which pairs it mixes up, how fast, what it cost."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from rich.table import Table

from tests.evals.goldens import Golden, Heard, Listener, is_offered, is_right, is_wrong_write


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was heard, and how long that took."""

    golden: Golden
    heard: Heard
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether it was heard at once."""
        return is_right(self.golden, self.heard)

    @property
    def is_near(self) -> bool:
        """Whether it was heard at once or is a click away."""
        return self.is_right or is_offered(self.golden, self.heard)


async def ask(listener: Listener, questions: Sequence[Golden]) -> list[Asked]:
    """Ask all questions, one after the other."""
    asked = []
    for golden in questions:
        began = perf_counter()
        heard = await listener(golden.says)
        asked.append(Asked(golden, heard, perf_counter() - began))
    return asked


def at_once(asked: Sequence[Asked]) -> float:
    """Return the share that was heard at once."""
    return sum(one.is_right for one in asked) / len(asked)


def within_one_click(asked: Sequence[Asked]) -> float:
    """Return the share that was heard at once or is a click away."""
    return sum(one.is_near for one in asked) / len(asked)


def wrong_writes(asked: Sequence[Asked]) -> list[str]:
    """Return the questions after which something is changed that should not be."""
    return [one.golden.says for one in asked if is_wrong_write(one.golden, one.heard)]


def by_tool(asked: Sequence[Asked]) -> Table:
    """Return a table with a line for each tool, the worst first, and one for all."""
    groups: defaultdict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.golden.tools[0]].append(one)
    table = Table("tool", "questions", "at once", "within one click")
    for name, group in sorted(groups.items(), key=lambda item: at_once(item[1])):
        table.add_row(name, str(len(group)), *_shares(group))
    table.add_section()
    table.add_row("all", str(len(asked)), *_shares(asked))
    return table


def mixed_up(asked: Sequence[Asked], most: int = 10) -> list[str]:
    """Return the pairs of tools that are mixed up most often, in words."""
    pairs = Counter((one.golden.tools[0], one.heard.tool) for one in asked if not one.is_right)
    return [
        f"{count} x {meant} heard as {heard}" for (meant, heard), count in pairs.most_common(most)
    ]


def pace(asked: Sequence[Asked]) -> str:
    """Return how long a question took and what all of them cost."""
    times = sorted(one.seconds * 1000 for one in asked)
    cost = sum(one.heard.cost_usd for one in asked)
    late = times[int(len(times) * 0.95)]
    return f"median {median(times):.2f} ms, 95 % within {late:.2f} ms, cost ${cost:.4f}"


def _shares(asked: Sequence[Asked]) -> tuple[str, str]:
    return f"{at_once(asked):.1%}", f"{within_one_click(asked):.1%}"
