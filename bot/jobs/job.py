"""What a job is: something that is done again and again while Steward runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.desk import Desk


@dataclass(frozen=True, slots=True)
class Job:
    """A name, how often it runs in seconds, and what it does; it must bear being run twice."""

    name: str
    seconds: int
    run: Callable[[Desk], Awaitable[object]]
