"""A play's rules in words, for those who read the catalogue: when it applies, what rules it out."""

from collections.abc import Mapping

from core.plays.play import Play
from core.signals.signal import Signal

Signals = Mapping[str, Signal]


def applies(play: Play, signals: Signals) -> str:
    """Say when a play applies: "health is 80 or more, and seats … or an opportunity …"."""
    needed = _said(play.needs, signals, " and ")
    either = _said(play.any_of, signals, " or ")
    either = f"either {either}" if needed and len(play.any_of) > 1 else either
    return ", and ".join(filter(None, (needed, either)))


def ruled_out(play: Play, signals: Signals) -> str:
    """Say what a play waits for to be over; empty when nothing rules it out."""
    return _said(play.unless, signals, "; ")


def pressing(play: Play, signals: Signals) -> str:
    """Say what makes a play that applies matter more; empty when nothing does."""
    return _said(play.supports, signals, "; ")


def _said(names: tuple[str, ...], signals: Signals, between: str) -> str:
    return between.join(signals[name].triggered for name in names)
