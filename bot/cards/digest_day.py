"""What a digest says besides its recommendations: kept with it, so that it can be drawn again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since when: each account's name and line, and how many more moved."""

    since: str
    lines: tuple[tuple[str, str], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """A team's week: what was done, the numbers that exist, whose accounts nobody looked at."""

    says: str
    done: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day's digest. `whose` is "Your" or a name with its apostrophe.

    `lanes` says where each account's recommendation stood when it was composed, `owed` whose were
    accepted before. `missed` tells of digests that did not come, `looked` of what was looked at.
    """

    whose: str
    on: date
    lanes: Mapping[str, str] = field(default_factory=dict)
    owed: tuple[str, ...] = ()
    by_owner: bool = False
    looked: str = ""
    footer: str = ""
    missed: str = ""
    changed: Changed | None = None
    week: Week | None = None

    def packed(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self) | {"on": self.on.isoformat(), "lanes": dict(self.lanes)}

    @classmethod
    def unpacked(cls, kept: Mapping[str, Any]) -> "Day":
        """Return what `packed` wrote."""
        changed, week = kept["changed"], kept["week"]
        return cls(
            **dict(kept)
            | {
                "on": date.fromisoformat(kept["on"]),
                "owed": tuple(kept["owed"]),
                "changed": changed and Changed(**changed | {"lines": _pairs(changed["lines"])}),
                "week": week and Week(week["says"], *(tuple(week[name]) for name in _LISTS)),
            }
        )


_LISTS = ("done", "numbers", "unseen")


def _pairs(lines: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, says) for name, says in lines)
