"""How often somebody may ask: so many times at once, and as many again in a minute."""

from collections.abc import Callable
from time import monotonic

MOST = 120
SECONDS = 60.0

MOST_KEYS = 10_000
"""How many are kept apart at once; whoever came longest ago is forgotten first."""


class Throttle:
    """Lets `most` requests of one key through in `seconds`, spread or in one burst.

    Counted in this process, and forgotten with it: two processes let twice as many through. It is
    a limit that keeps one from crowding out the others, not a promise.
    """

    def __init__(
        self,
        *,
        most: int = MOST,
        seconds: float = SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take the limit and what tells the time."""
        self.most = most
        self._each, self._span, self._clock = seconds / most, seconds, clock
        self._free_at: dict[str, float] = {}

    def wait(self, key: str) -> float:
        """Count a request and return 0, or do not and return the seconds until the next may come.

        Each request books its share of the span; whoever has booked a whole span ahead waits.
        """
        now = self._clock()
        booked = max(self._free_at.get(key, now), now) + self._each
        if (over := booked - now - self._span) > 1e-9:
            return over
        self._free_at.pop(key, None)
        self._free_at[key] = booked
        if len(self._free_at) > MOST_KEYS:
            del self._free_at[next(iter(self._free_at))]
        return 0.0
