"""Recommendations, what people decided, what came of it, and where it is on show."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Base, moment


class RecommendationRow(Base, table=True):
    """A recommendation as it was shown; `shown` holds all of it, the columns what is asked for.

    `propensity` says how likely it was to be shown, by those versions of `engine` and `rules`.
    `fulfilled_by` names the happening by which it looks done since `fulfilled_on`; `proposed_at`
    and `reminded_at` say when its owner was asked about that, or about it being overdue.
    """

    __tablename__ = "recommendations"
    __table_args__ = (Index("ix_recommendations_account_play", "customer_id", "play"),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    owner_id: str | None = Field(default=None, foreign_key="csms.id", index=True)
    play: str = Field(max_length=60)
    status: str = Field(max_length=20, index=True)
    version: int = 1
    priority: float
    due_on: date
    as_of: datetime = moment()
    created_at: datetime = moment(index=True)
    changed_at: datetime = moment()
    engine: str = Field(max_length=40)
    rules: str | None = Field(default=None, max_length=60)
    propensity: float | None = None
    import_id: str | None = Field(default=None, max_length=36, index=True)
    fulfilled_by: str | None = Field(default=None, max_length=40)
    fulfilled_on: date | None = None
    proposed_at: datetime | None = moment(nullable=True)
    reminded_at: datetime | None = moment(nullable=True)
    shown: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DecisionRow(Base, table=True):
    """A decision; append-only. `request_key` names the click or message, so none counts twice.

    A deferral may wait for a `happening`, at the latest `until` a day; `doubts` are the signals
    that a dismissal called wrong.
    """

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("recommendation_id", "version"),)
    id: str = Field(primary_key=True, max_length=36)
    recommendation_id: str = Field(foreign_key="recommendations.id", index=True, ondelete="CASCADE")
    version: int
    kind: str = Field(max_length=20)
    by_id: str = Field(foreign_key="csms.id")
    at: datetime = moment(index=True)
    reason: str | None = Field(default=None, max_length=40)
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    until: date | None = None
    happening: str | None = Field(default=None, max_length=40)
    doubts: list[str] | None = Field(default=None, sa_column=Column(JSON))
    request_key: str = Field(max_length=120, unique=True)


class OutcomeRow(Base, table=True):
    """What came of a completed recommendation; `health_before` is the score on that day.

    `health_14` and `health_30` are points against the account's own trend 14 and 30 days after,
    `usage_14` and `usage_30` percent; null until they can be measured.
    """

    __tablename__ = "outcomes"
    recommendation_id: str = Field(
        primary_key=True, foreign_key="recommendations.id", ondelete="CASCADE", max_length=36
    )
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    play: str = Field(max_length=60, index=True)
    by_id: str = Field(foreign_key="csms.id")
    result: str = Field(max_length=20)
    note: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: datetime = moment(index=True)
    health_before: float | None = None
    health_14: float | None = None
    health_30: float | None = None
    usage_14: float | None = None
    usage_30: float | None = None
    measured_at: datetime | None = moment(nullable=True)


class FactFlag(Base, table=True):
    """A fact that somebody called wrong: `value` on `seen_on`, in words `says`.

    It is not used for that account until it changes; then the flag is cleared.
    """

    __tablename__ = "fact_flags"
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    fact: str = Field(max_length=60)
    value: Any = Field(sa_column=Column(JSON, nullable=False))
    seen_on: date
    says: str = Field(max_length=300)
    by_id: str = Field(foreign_key="csms.id")
    at: datetime = moment()
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    decision_id: str = Field(foreign_key="decisions.id", index=True, ondelete="CASCADE")
    cleared_at: datetime | None = moment(nullable=True)


class RecommendationMessage(Base, table=True):
    """Where a recommendation is on show, so that every copy changes with it.

    `surface`: card (one recommendation) or list (several, by `position`, under `heading`).
    """

    __tablename__ = "recommendation_messages"
    __table_args__ = (UniqueConstraint("recommendation_id", "channel", "ts"),)
    id: str = Field(primary_key=True, max_length=36)
    recommendation_id: str = Field(foreign_key="recommendations.id", index=True, ondelete="CASCADE")
    channel: str = Field(max_length=40)
    ts: str = Field(max_length=40, index=True)
    surface: str = Field(max_length=20)
    position: int = 0
    heading: str = Field(default="", max_length=300)
