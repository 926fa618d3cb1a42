"""What a tool tells Claude, and what Claude finally says."""

from dataclasses import dataclass, field

from bot.tools.tool import ToolCall


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a call: `text` is the card's complete fallback, the source of every figure.

    `customer_text` holds what customers wrote, word for word, wherever it stands in `text`, and
    `of_customers` says that names which they gave may stand there besides; after either, nothing
    that changes something is offered or run for the rest of the question. `is_error` says that the
    call must be mended, `final` that the question ends here, as it was asked back.
    """

    text: str
    customer_text: tuple[str, ...] = field(default=())
    of_customers: bool = False
    is_error: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """What went to the model and came back, in tokens."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Add up two requests."""
        return Tokens(
            self.input + other.input,
            self.output + other.output,
            self.cache_read + other.cache_read,
            self.cache_write + other.cache_write,
        )

    @property
    def prompt(self) -> int:
        """All tokens that were sent, whatever they cost."""
        return self.input + self.cache_read + self.cache_write


@dataclass(frozen=True, slots=True)
class Usage:
    """What a question took: requests to the model, tokens, US dollars, milliseconds."""

    model: str
    calls: int = 0
    tokens: Tokens = field(default=Tokens())
    cost_usd: float = 0.0
    latency_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """Two or three checked sentences for above the card, and the calls that were run for it.

    `prose` is plain text, not yet escaped for Slack; None when it could not be had or checked: the
    cards then stand alone. `trouble` says why, when something went wrong after the calls were run.
    """

    prose: str | None
    calls: tuple[ToolCall, ...]
    usage: Usage
    trouble: str | None = None
