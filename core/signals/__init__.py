"""The signals: what the facts say that matters, one family a file.

To add one, write one `Signal` in the file of its family; the contract test finds it.
"""

import sys
from functools import cache

from core.catalogue import members
from core.signals.signal import Signal


@cache
def catalogue() -> dict[str, Signal]:
    """Return all signals by name."""
    return {signal.name: signal for signal in members(sys.modules[__name__], Signal)}
