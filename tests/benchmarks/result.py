"""What a benchmark found."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.wording import count


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table, in words."""

    what: str
    median: str
    worst: str = ""
    aim: str = ""
    how: str = ""

    @classmethod
    def of_seconds(
        cls, what: str, seconds: Sequence[float], *, aim: str = "", how: str = ""
    ) -> "Result":
        """Return the line for measured times."""
        return cls(
            what,
            words(median(seconds)),
            words(max(seconds)),
            aim,
            f"{how}, {count(len(seconds), 'time')}",
        )


def words(seconds: float) -> str:
    """Return `12.3 ms` or `1.25 s`."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
