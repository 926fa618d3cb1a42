"""What happened and was measured at accounts."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field

from storage.tables.base import Imported, moment, once


class Health(Imported, table=True):
    """A health score 0-100 (higher is healthier) on a day."""

    __tablename__ = "health_score_history"
    __table_args__ = (
        once(),
        # With all that the facts read, so that they come from the index alone.
        Index(
            "ix_health_score_history_account_day", "customer_id", "recorded_on", "source", "score"
        ),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    recorded_on: date
    score: float
    components: dict[str, float] | None = Field(default=None, sa_column=Column(JSON))


class Usage(Imported, table=True):
    """One product metric of an account on a day; `licensed` is the capacity it counts against."""

    __tablename__ = "usage_metrics"
    __table_args__ = (
        once(),
        # With all that the facts read, by the newest of a metric and by the last weeks of them all.
        Index(
            "ix_usage_metrics_account_metric",
            *("customer_id", "metric", "recorded_on", "licensed", "value", "source"),
        ),
        Index(
            "ix_usage_metrics_account_day",
            *("customer_id", "recorded_on", "metric", "source", "value"),
        ),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    recorded_on: date
    metric: str = Field(max_length=100)
    value: float
    licensed: float | None = None


class Meeting(Imported, table=True):
    """A meeting. `kind`: qbr, qbr_prep, check_in, kickoff, training, executive, renewal, other."""

    __tablename__ = "meetings"
    __table_args__ = (
        once(),
        Index("ix_meetings_account_start", "customer_id", "starts_at"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    title: str = Field(max_length=500)
    kind: str = Field(default="other", max_length=40)
    starts_at: datetime = moment(index=True)
    ends_at: datetime | None = moment(nullable=True)
    booked_at: datetime | None = moment(nullable=True)
    cancelled: bool = False
    objectives_gathered: bool | None = None
    deck_status: str | None = Field(default=None, max_length=40)
    notes: str | None = Field(default=None, sa_column=Column(Text))


class Activity(Imported, table=True):
    """Something that happened.

    `kind`: email, call, note, task, login, value_update, milestone (what was reached is its
    subject) or feedback (the customer was asked for it); `direction`: in, out or empty.
    """

    __tablename__ = "activities"
    __table_args__ = (
        once(),
        # With all that the facts read: of one account, of a kind in the whole book, of a person.
        Index("ix_activities_account_time", "customer_id", "kind", "occurred_at", "source"),
        Index("ix_activities_kind_time", "kind", "occurred_at", "customer_id", "source"),
        Index("ix_activities_contact_time", "contact_id", "kind", "occurred_at"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    contact_id: str | None = Field(default=None, foreign_key="contacts.id", ondelete="SET NULL")
    csm_id: str | None = Field(default=None, foreign_key="csms.id")
    kind: str = Field(max_length=40)
    direction: str | None = Field(default=None, max_length=10)
    occurred_at: datetime = moment()
    subject: str | None = Field(default=None, sa_column=Column(Text))
    body: str | None = Field(default=None, sa_column=Column(Text))


class Ticket(Imported, table=True):
    """A support ticket. `priority`: low, normal, high, urgent. Open until `closed_at`."""

    __tablename__ = "support_tickets"
    __table_args__ = (
        once(),
        Index(
            "ix_support_tickets_account_opened",
            *("customer_id", "opened_at", "closed_at", "priority", "source"),
        ),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    contact_id: str | None = Field(default=None, foreign_key="contacts.id", ondelete="SET NULL")
    subject: str | None = Field(default=None, sa_column=Column(Text))
    category: str | None = Field(default=None, max_length=100)
    priority: str | None = Field(default=None, max_length=20)
    status: str | None = Field(default=None, max_length=40)
    opened_at: datetime = moment(index=True)
    closed_at: datetime | None = moment(nullable=True, index=True)
    escalated: bool = False
    satisfaction: float | None = None
    first_response_minutes: float | None = None


class RiskSignal(Imported, table=True):
    """A risk somebody or something raised. `severity`: low, medium, high, critical."""

    __tablename__ = "risk_signals"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    kind: str = Field(max_length=100)
    severity: str = Field(max_length=20)
    description: str = Field(sa_column=Column(Text, nullable=False))
    raised_at: datetime = moment(index=True)
    cleared_at: datetime | None = moment(nullable=True)
