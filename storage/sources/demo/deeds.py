"""What was done, or not done, about a recommendation of the past."""

from dataclasses import dataclass
from typing import Literal

from core.recommendations import DismissReason

End = Literal["completed", "dismissed", "dropped"]
"""How it ended; `dropped` was accepted first, and dismissed when nothing came of it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A recommendation that ended `days` ago: with a `result`, or dismissed for a `reason`."""

    play: str
    days: int
    end: End
    result: str = ""
    reason: DismissReason | None = None
