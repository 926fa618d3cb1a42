"""What is said with a decision: the seed's bodies, and what the card's forms ask besides."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.config import JsonValue

from bot.api.model import Given
from core.happenings import HAPPENINGS
from core.recommendations import DismissReason, OutcomeResult

LONGEST = 500
_AWAITED: list[JsonValue] = [*(one.name for one in HAPPENINGS.values() if one.fits), None]
_NO_NUL = r"^[^\x00]*$"
_SOME_WORD = r"^[^\x00]*[^\x00\s][^\x00]*$"
Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=_SOME_WORD)]
Note = Annotated[str, StringConstraints(max_length=LONGEST, pattern=_NO_NUL)]


class Completion(Given):
    """What came of an action."""

    outcome: Line = Field(
        description="What came of it, in one line.", examples=["Scheduled QBR prep for Feb 8"]
    )
    result: OutcomeResult | None = Field(
        default=None,
        description="How it turned out. Without it nothing is learned until somebody says so on "
        "the card.",
        examples=["positive"],
    )


class Dismissal(Given):
    """Why an action is not right; each reason acts differently on what is proposed next."""

    reason: Line = Field(
        description=f"One of {', '.join(DismissReason)}, or free text: its reason is recognised "
        "where it names one, and it is kept as the note.",
        examples=["Already addressed via other channel"],
    )
    note: Note = Field(
        default="", description="Anything to add.", examples=["Ben called on Monday"]
    )
    doubts: list[str] = Field(
        default_factory=list,
        max_length=50,
        description="With wrong_data: the types of the signals whose facts are wrong; without any "
        "the first of them is doubted. Their facts are not used until they change.",
        examples=[["champion_silent"]],
    )


class Deferral(Given):
    """Until when an action waits."""

    until: date | None = Field(
        default=None,
        description="The day it comes back, after today and within twelve months; with a "
        "happening the latest day, thirty days from today unless it is named.",
        examples=["2026-03-10"],
    )
    happening: str | None = Field(
        default=None,
        description="What brings it back before that day.",
        json_schema_extra={"enum": _AWAITED},
        examples=["meeting"],
    )
    reason: Note = Field(default="", description="Why.", examples=["They are closing their year"])
