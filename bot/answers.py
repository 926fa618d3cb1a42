"""What Steward answers: one message, with its text fallback and the recommendations it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.recommendations import Recommendation
from storage.conversations import Shown

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """Block Kit blocks and the same in plain text (notifications, screen readers, terminals)."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A card, and which recommendations it shows, so that later clicks can change it in place.

    `surface` is `card` for a single recommendation, `list` for several under `heading`,
    `portfolio` for a page whose selection `heading` holds, `digest` for one whose delivery's id it
    holds, `note` when nothing on it will change. `known` says of what it shows which accounts those
    are, where that was at hand.
    `asks` is the question when it asks back instead of answering. `about` names recommendations
    that it speaks of without their cards, `accounts` the ids of accounts it lists without any: a
    conversation can point back at them. `share` is the channel that it may be shown to, as `Room`
    packs it; empty where there is none.
    """

    card: Card
    shows: tuple[str, ...] = field(default=())
    surface: Literal["card", "list", "portfolio", "digest", "notices", "note"] = "note"
    heading: str = ""
    known: tuple[Shown, ...] = field(default=())
    asks: str = ""
    about: tuple[str, ...] = field(default=())
    accounts: tuple[str, ...] = field(default=())
    share: str = ""


def shown_of(recommendations: Sequence[Recommendation]) -> tuple[Shown, ...]:
    """Return what is shown of these, each account once; nothing of what was only looked at."""
    first: dict[str, Shown] = {}
    for one in recommendations:
        if one.id:
            first.setdefault(one.account.id, Shown(one.account.id, one.account.name, one.id))
    return tuple(first.values())
