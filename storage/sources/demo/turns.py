"""What is special about some companies of the table: one thing each that calls for its own play."""

from collections.abc import Mapping
from typing import Any

from storage.sources.demo.sketch import Deal, Fading, Message, Milestone, Risk

_QUIET: Mapping[str, Any] = {"qbr": None, "check_in": None, "exact": True}
"""Nothing else is booked, and nothing was done of late that would hide the story."""

_ODD: Mapping[str, Mapping[str, Any]] = {
    "Gringotts Finance": {"health": None},
    "Oscorp Analytics": {"usage_ends": 40},
    "Bluth Homes": {"churned": 45, "renewal_in": -45, "qbr": None, "check_in": None},
    "Monarch Media": {"sponsor": None},
    "Copperfield Books": {"sponsor": None},
    "Hooli": {"champion": None},
}
"""Accounts whose facts are missing, stale or over."""

_ENGAGED: Mapping[str, Mapping[str, Any]] = {
    "Dunder Paper": {
        "fading": Fading("reports", -42.0),
        "usage_change": -3.0,
        "health": 74,
    },
    "Vandelay Imports": {
        "milestone": Milestone(24, "First 1,000 customs declarations without paper"),
        "feedback_days": None,
        "renewal_in": 112,
        "health": 79,
    },
    "Quillworks Publishing": {
        "contact_days": 33,
        "champion_silent": 6,
        "sponsor_silent": 41,
        "value_days": 58,
        "health": 72,
    },
}
"""One lets a feature slip; one reached something, and nobody asked them about it; one is quiet."""

_AT_RISK: Mapping[str, Mapping[str, Any]] = {
    "Sagebrush Energy": {
        "health": 55,
        "health_week": -3,
        "health_month": -21,
        "usage_change": -8.0,
        "contact_days": 6,
        "messages": (
            Message(
                6, "email", "in", "Inspections and the new rules",
                "Two of our sites are back on spreadsheets since the new rules came. We need to "
                "see how this will work before the audit.",
            ),
        ),
    },
    "Massive Dynamic": {
        "health": 49,
        "health_week": -4,
        "health_month": -9,
        "usage_change": -12.0,
        "renewal_in": 150,
        "risks": (
            Risk(5, "competitor", "critical", "Runs a trial of a competitor in two labs"),
            Risk(12, "budget", "high", "The lab budget of next year is under review"),
        ),
    },
}  # fmt: skip
"""One fell fast, and nobody knows why; the other is about to leave."""

_GROWING: Mapping[str, Mapping[str, Any]] = {
    "Umbrella Health": {
        "idle": "Nursing",
        "health": 79,
        "usage_change": 4.0,
        "seat_use": 0.8,
    },
    "Ostrava Steelworks": {
        "health": 90,
        "health_month": 3,
        "usage_change": 7.0,
        "seat_use": 0.98,
        "adoption": 0.8,
    },
    "Wonka Foods": {
        "renewal_in": 125,
        "terms": 2,
        "health": 73,
        "seat_use": 0.44,
        "usage_change": -1.0,
    },
    "Halcyon Insurance": {
        "renewal_in": 130,
        "terms": 3,
        "health": 91,
        "health_month": 4,
        "usage_change": 11.0,
        "seat_use": 0.86,
        "deals": (
            Deal("Claims of two more countries", "cross_sell", "Claims", "discovery", 45_000, 20,
                 110),
        ),
    },
}  # fmt: skip
"""A ward that has never signed in; a full house; paid seats that stand empty; a reason to stay."""

_IN_SEASON: Mapping[str, Mapping[str, Any]] = {
    "Kestrel Robotics": {
        "terms": 1,
        "renewal_in": 356,
        "contact_days": 3,
        "value_days": 30,
        "kickoff": False,
    },
    "Bluebird Clinics": {
        "terms": 1,
        "renewal_in": 338,
        "contact_days": 8,
        "value_days": 40,
    },
    "Lantern Health": {
        "terms": 1,
        "years": 2,
        "renewal_in": 376,
        "health": 83,
    },
    "Marlin Shipping": {
        "milestone": Milestone(5, "1,000th port call planned without a phone call"),
        "health": 82,
        "value_days": 50,
    },
}
"""Nine days in without a kickoff; in the fourth week; a first anniversary; a success to tell."""

TURNS: Mapping[str, Mapping[str, Any]] = {
    **_ODD,
    **{name: {**_QUIET, **turn}
       for group in (_ENGAGED, _AT_RISK, _GROWING, _IN_SEASON) for name, turn in group.items()},
}  # fmt: skip
"""By company, what differs from a calm account."""
