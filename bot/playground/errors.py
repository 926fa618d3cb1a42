"""Why the playground does not start."""

from __future__ import annotations

from core.errors import StewardError


class PlaygroundRefused(StewardError):
    """The playground will not start; the message says why and what to do."""
