"""The plays: what a CSM can do and when it applies, one category a file.

To add one, write one `Play` in the file of its category; the contract test finds it.
"""

import sys
from functools import cache

from core.catalogue import members
from core.plays.play import Play


@cache
def catalogue() -> dict[str, Play]:
    """Return all plays by name."""
    return {play.name: play for play in members(sys.modules[__name__], Play)}
