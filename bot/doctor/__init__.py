"""Look Steward over: what is set up, reachable and missing, and how to mend it."""

from datetime import datetime

from bot.doctor.catalogue import examine_catalogue
from bot.doctor.check import Check
from bot.doctor.claude import examine_claude
from bot.doctor.data import examine_data
from bot.doctor.machine import examine_machine
from bot.doctor.workspace import examine_slack
from bot.settings import Settings

__all__ = ["Check", "examine"]


async def examine(settings: Settings, *, now: datetime) -> list[Check]:
    """Return all checks in the order in which things are set up; nothing is changed."""
    return [
        *examine_machine(),
        *examine_catalogue(settings),
        *await examine_data(settings, now=now),
        *await examine_slack(settings),
        *await examine_claude(settings, now=now),
    ]
