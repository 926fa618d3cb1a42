"""The parts of an action as they are answered: score, signals, resources, runner-up, choice."""

from datetime import date
from typing import Literal

from pydantic import Field

from bot.api.model import UUID, Model
from core import recommendations as ours
from core.resources.resource import Resource as Shipped

DIGITS = 6


class Person(Model):
    """Somebody who uses Steward."""

    id: str = Field(
        description="Their id.",
        json_schema_extra=UUID,
        examples=["0b7c7a4e-2f0f-5f0c-9a53-6c2c4f3d9a11"],
    )
    name: str = Field(description="Their name.", examples=["Ana Souza"])


class Piece(Model):
    """One explained piece of a score part."""

    label: str = Field(description="What it is about.", examples=["Health trajectory"])
    points: float = Field(description="What it adds to the part's value.", examples=[16.0])
    says: str = Field(description="Why so many.", examples=["Health 66, -13 in 30 days"])

    @classmethod
    def of(cls, piece: ours.Piece) -> "Piece":
        """Return a piece as it is answered."""
        return cls(label=piece.label, points=round(piece.points, DIGITS), says=piece.says)


class ScorePart(Model):
    """One of the four parts of the priority score, with the pieces that add up to its value."""

    name: Literal["impact", "urgency", "confidence", "account_value"] = Field(
        description="Which part.", examples=["impact"]
    )
    value: float = Field(description="The part itself, 0-100.", examples=[80.566977])
    weight: float = Field(description="How much it counts, 0-1.", examples=[0.35])
    points: float = Field(
        description="value x weight: what it adds to priorityScore.", examples=[28.198442]
    )
    pieces: list[Piece] = Field(description="What the value is made of; their points add up to it.")

    @classmethod
    def of(cls, part: ours.Part) -> "ScorePart":
        """Return a part as it is answered."""
        return cls(
            name=part.name,
            value=round(part.value, DIGITS),
            weight=part.weight,
            points=round(part.points, DIGITS),
            pieces=[Piece.of(one) for one in part.pieces],
        )


class Signal(Model):
    """Something the data says that drives the action."""

    type: str = Field(description="The signal's name.", examples=["champion_silent"])
    value: str = Field(description="What was measured, as text.", examples=["14 days"])
    weight: float = Field(description="How much it counts for this action.", examples=[0.8])
    description: str = Field(
        description="The signal in words.",
        examples=["Champion Sarah hasn't logged in for 14 days."],
    )
    label: str = Field(description="The signal's name in words.", examples=["Champion silent"])
    table: str = Field(description="The table of the rows behind it.", examples=["contacts"])
    on: date | None = Field(
        description="The day of the newest of these rows.", examples=["2026-03-02"]
    )
    source: str = Field(description="Where these rows came from.", examples=["salesforce"])

    @classmethod
    def of(cls, signal: ours.Signal) -> "Signal":
        """Return a signal as it is answered."""
        return cls(
            type=signal.type,
            value=signal.value,
            weight=round(signal.weight, DIGITS),
            description=signal.description,
            label=signal.label,
            table=signal.evidence.table,
            on=signal.evidence.on,
            source=signal.evidence.source,
        )


class Resource(Model):
    """A template, outline or page that helps with the action."""

    name: str = Field(
        description="Its name in the catalogue.", examples=["champion_outreach_email"]
    )
    title: str = Field(description="Its name in words.", examples=["E-mail: reach the champion"])
    kind: Literal["email", "agenda", "call", "outline", "link"] = Field(
        description="What it is.", examples=["email"]
    )
    url: str | None = Field(description="Where a page is; null for everything else.")

    @classmethod
    def of(cls, shipped: Shipped) -> "Resource":
        """Return a resource of the catalogue as it is answered."""
        return cls(
            name=shipped.name, title=shipped.title, kind=shipped.kind, url=shipped.url or None
        )


class Alternative(Model):
    """Another action for the same account."""

    play: str = Field(
        description="The kind of action, by its name.", examples=["executive_alignment"]
    )
    action: str = Field(
        description="The kind of action, in words.", examples=["Executive alignment"]
    )
    priority_score: float = Field(description="Its own priority, 0-100.", examples=[77.911338])
    reason: str = Field(
        description="Why it applies, and what would put it first.",
        examples=["Renewal in 60 days."],
    )

    @classmethod
    def of(cls, other: ours.RunnerUp) -> "Alternative":
        """Return another play as it is answered."""
        return cls(
            play=other.play,
            action=other.title,
            priority_score=round(other.priority, DIGITS),
            reason=other.reason,
        )


class Candidate(Model):
    """An action that could have been proposed, and how likely it was."""

    play: str = Field(
        description="The kind of action, by its name.", examples=["executive_alignment"]
    )
    priority_score: float = Field(description="Its priority, 0-100.", examples=[77.911338])
    propensity: float = Field(description="How likely it was to be proposed, 0-1.", examples=[0.05])


class Choice(Model):
    """How the action was chosen, for whoever evaluates the choices later."""

    propensity: float = Field(
        description="How likely this action was to be proposed, 0-1.", examples=[0.95]
    )
    explored: bool = Field(
        description="Whether another than the best of near-ties was tried on purpose.",
        examples=[False],
    )
    candidates: list[Candidate] = Field(description="What was chosen among.")
    engine: str = Field(description="The version of the engine.", examples=["2"])
    rules: str = Field(
        description="The version of plays, signals and settings.", examples=["shipped/3/0.1/3"]
    )

    @classmethod
    def of(cls, choice: ours.Choice) -> "Choice":
        """Return a choice as it is answered."""
        return cls(
            propensity=round(choice.propensity, DIGITS),
            explored=choice.explored,
            candidates=[
                Candidate(
                    play=one.play,
                    priority_score=round(one.priority, DIGITS),
                    propensity=round(one.propensity, DIGITS),
                )
                for one in choice.candidates
            ],
            engine=choice.engine,
            rules=choice.rules,
        )
