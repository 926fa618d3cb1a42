"""Ten seconds before a call: what happened, what is promised, who matters, one ask, one value."""

from core.briefs.background import (
    TALKS,
    Background,
    Booked,
    Deal,
    OpenTicket,
    Person,
    PlanNote,
    Touch,
)
from core.briefs.brief import Advised, Brief, brief, touched
from core.briefs.promises import BOOKED
from core.briefs.words import on

__all__ = [
    "BOOKED",
    "TALKS",
    "Advised",
    "Background",
    "Booked",
    "Brief",
    "Deal",
    "OpenTicket",
    "Person",
    "PlanNote",
    "Touch",
    "brief",
    "on",
    "touched",
]
