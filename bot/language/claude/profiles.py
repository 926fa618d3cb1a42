"""What each family of models costs and accepts; requests are built from nothing else."""

from dataclasses import dataclass

from bot.language.claude.told import Tokens
from bot.settings import Effort

EFFORTS: tuple[Effort, ...] = ("low", "medium", "high", "xhigh", "max")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float

    def cost(self, tokens: Tokens) -> float:
        """Return the price of a request in US dollars."""
        return (
            tokens.input * self.input
            + tokens.output * self.output
            + tokens.cache_read * self.cache_read
            + tokens.cache_write * self.cache_write
        ) / MILLION


@dataclass(frozen=True, slots=True)
class Profile:
    """A family of models, known by the beginning of its ids.

    `long_prices` hold above `LONG_PROMPT` tokens. `efforts` are those it accepts, none when it
    knows no effort. A shorter prefix than `cacheable` tokens is silently not cached. `thinks` says
    whether it thinks unasked: that takes tokens too, and its answers then begin with blocks that
    must go back unchanged. No tool is ever forced: most of these models refuse that.
    """

    begins: str
    prices: Prices
    long_prices: Prices | None
    efforts: tuple[Effort, ...]
    cacheable: int
    thinks: bool

    def cost(self, tokens: Tokens) -> float:
        """Return the price of one request in US dollars."""
        if self.long_prices and tokens.prompt > LONG_PROMPT:
            return self.long_prices.cost(tokens)
        return self.prices.cost(tokens)


LONG_PROMPT = 100_000

PROFILES = (
    Profile(
        begins="claude-haiku-5-5",
        prices=Prices(0.10, 0.50, 0.01, 0.125),
        long_prices=Prices(0.50, 2.50, 0.05, 0.625),
        efforts=EFFORTS,
        cacheable=512,
        thinks=True,
    ),
    Profile(
        begins="claude-sonnet-5-5",
        prices=Prices(2, 10, 0.10, 2.50),
        long_prices=None,
        efforts=EFFORTS,
        cacheable=1024,
        thinks=True,
    ),
    Profile(
        begins="claude-opus-5-5",
        prices=Prices(4, 20, 0.20, 5),
        long_prices=None,
        efforts=EFFORTS,
        cacheable=1024,
        thinks=True,
    ),
    Profile(
        begins="claude-haiku-4-5",
        prices=Prices(1, 5, 0.10, 1.25),
        long_prices=None,
        efforts=(),
        cacheable=4096,
        thinks=False,
    ),
)

CAREFUL = Profile(
    begins="",
    prices=Prices(10, 50, 1, 12.50),
    long_prices=None,
    efforts=(),
    cacheable=4096,
    thinks=True,
)
"""For a model that is not in the table: nothing that could be refused, and a dear price, so that
the caps on costs err on the safe side."""


def profile_of(model: str) -> Profile:
    """Return the profile of a model by its id."""
    found = [one for one in PROFILES if model.startswith(one.begins)]
    return max(found, key=lambda one: len(one.begins), default=CAREFUL)
