"""What Claude may know of a question's surroundings: who reads, when, and what was said before."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation and Steward's own short answer to it."""

    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The reader, their day and portfolio, and the conversation so far, oldest first.

    `user_hash` stands for the reader where their name has no business; see `user_hash`.
    """

    reader_name: str
    today: date
    user_hash: str
    portfolio: tuple[str, ...] = field(default=())
    earlier: tuple[Turn, ...] = field(default=())


def user_hash(csm_id: str) -> str:
    """Return what stands for a person in requests and in the ledger of costs."""
    return sha256(f"steward:{csm_id}".encode()).hexdigest()[:32]
