"""The tables, under the names that the seeds give; nothing else in Steward names a column."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; databases that forget zones give it back aware all the same."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments, store the rest in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(SQLModel):
    """Shared metadata, so that Alembic and the tests see every table."""

    metadata = MetaData(naming_convention=NAMING)


def table(of: type[Base]) -> Table:
    """Return the table behind a class, for queries over columns."""
    return Base.metadata.tables[str(of.__tablename__)]


class Imported(Base):
    """Where a row came from: source and its id there, and the import that wrote it last."""

    source: str = Field(max_length=40)
    source_id: str = Field(max_length=200)
    import_id: str | None = Field(default=None, max_length=36, index=True)


def _moment(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(
        default=None if nullable else ...,
        sa_type=UtcDateTime,
        nullable=nullable,
        index=index,
    )


def _once() -> UniqueConstraint:
    """Make a source's row unique, so that importing twice finds it again."""
    return UniqueConstraint("source", "source_id")


class Csm(Imported, table=True):
    """A person who uses Steward: csm, manager or admin. `email` is lower case."""

    __tablename__ = "csms"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    name: str = Field(max_length=300)
    email: str | None = Field(default=None, max_length=320, unique=True)
    role: str = Field(default="csm", max_length=20)
    slack_user_id: str | None = Field(default=None, max_length=40, unique=True)
    timezone: str | None = Field(default=None, max_length=64)
    manager_id: str | None = Field(default=None, foreign_key="csms.id", index=True)
    active: bool = True


class Customer(Imported, table=True):
    """An account. `arr` is what its record says; contracts, where known, are summed instead.

    A `prospect` is known, but not a customer yet: in nobody's portfolio.
    """

    __tablename__ = "customers"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    name: str = Field(max_length=500, index=True)
    domain: str | None = Field(default=None, max_length=253, index=True)
    segment: str | None = Field(default=None, max_length=60)
    industry: str | None = Field(default=None, max_length=200)
    country: str | None = Field(default=None, max_length=100)
    employees: int | None = None
    plan_tier: str | None = Field(default=None, max_length=60)
    arr: float | None = None
    currency: str = Field(default="USD", max_length=3)
    csm_id: str | None = Field(default=None, foreign_key="csms.id", index=True)
    parent_id: str | None = Field(default=None, foreign_key="customers.id")
    use_case: str | None = Field(default=None, max_length=300)
    signed_up_on: date | None = None
    churned_on: date | None = None
    churn_reason: str | None = Field(default=None, max_length=300)
    prospect: bool = False


class Contact(Imported, table=True):
    """A person at an account.

    `role`: champion, executive_sponsor, economic_buyer, technical or user.
    """

    __tablename__ = "contacts"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=300)
    email: str | None = Field(default=None, max_length=320, index=True)
    title: str | None = Field(default=None, max_length=300)
    role: str | None = Field(default=None, max_length=40)
    joined_on: date | None = None
    left_on: date | None = None


class Health(Imported, table=True):
    """A health score 0-100 (higher is healthier) on a day."""

    __tablename__ = "health_score_history"
    __table_args__ = (
        _once(),
        Index("ix_health_score_history_account_day", "customer_id", "recorded_on"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    recorded_on: date = Field(index=True)
    score: float
    components: dict[str, float] | None = Field(default=None, sa_column=Column(JSON))


class Usage(Imported, table=True):
    """One product metric of an account on a day; `licensed` is the capacity it counts against."""

    __tablename__ = "usage_metrics"
    __table_args__ = (
        _once(),
        Index("ix_usage_metrics_account_day", "customer_id", "metric", "recorded_on"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    recorded_on: date = Field(index=True)
    metric: str = Field(max_length=100)
    value: float
    licensed: float | None = None


class Meeting(Imported, table=True):
    """A meeting. `kind`: qbr, qbr_prep, check_in, kickoff, training, executive, renewal, other."""

    __tablename__ = "meetings"
    __table_args__ = (
        _once(),
        Index("ix_meetings_account_start", "customer_id", "starts_at"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    title: str = Field(max_length=500)
    kind: str = Field(default="other", max_length=40)
    starts_at: datetime = _moment(index=True)
    ends_at: datetime | None = _moment(nullable=True)
    booked_at: datetime | None = _moment(nullable=True)
    cancelled: bool = False
    objectives_gathered: bool | None = None
    deck_status: str | None = Field(default=None, max_length=40)
    notes: str | None = Field(default=None, sa_column=Column(Text))


class Activity(Imported, table=True):
    """Something that happened.

    `kind`: email, call, note, task, login or value_update; `direction`: in, out or empty.
    """

    __tablename__ = "activities"
    __table_args__ = (
        _once(),
        Index("ix_activities_account_time", "customer_id", "kind", "occurred_at"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    contact_id: str | None = Field(
        default=None, foreign_key="contacts.id", index=True, ondelete="SET NULL"
    )
    csm_id: str | None = Field(default=None, foreign_key="csms.id")
    kind: str = Field(max_length=40)
    direction: str | None = Field(default=None, max_length=10)
    occurred_at: datetime = _moment(index=True)
    subject: str | None = Field(default=None, sa_column=Column(Text))
    body: str | None = Field(default=None, sa_column=Column(Text))


class Ticket(Imported, table=True):
    """A support ticket. `priority`: low, normal, high, urgent. Open until `closed_at`."""

    __tablename__ = "support_tickets"
    __table_args__ = (
        _once(),
        Index("ix_support_tickets_account_opened", "customer_id", "opened_at"),
    )
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", ondelete="CASCADE")
    contact_id: str | None = Field(default=None, foreign_key="contacts.id", ondelete="SET NULL")
    subject: str | None = Field(default=None, sa_column=Column(Text))
    category: str | None = Field(default=None, max_length=100)
    priority: str | None = Field(default=None, max_length=20)
    status: str | None = Field(default=None, max_length=40)
    opened_at: datetime = _moment(index=True)
    closed_at: datetime | None = _moment(nullable=True, index=True)
    escalated: bool = False
    satisfaction: float | None = None
    first_response_minutes: float | None = None


class Contract(Imported, table=True):
    """What an account has bought: from a day on, agreed until `ends_on`, or until cancelled."""

    __tablename__ = "contracts"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    starts_on: date
    ends_on: date | None = None
    cancelled_on: date | None = None
    arr: float | None = None
    currency: str = Field(default="USD", max_length=3)
    seats: int | None = None
    plan_tier: str | None = Field(default=None, max_length=60)
    billing: str | None = Field(default=None, max_length=40)
    auto_renew: bool | None = None
    trial: bool = False


class Renewal(Imported, table=True):
    """A renewal to be won. `stage` in the source's words; closed when `closed_on` is set."""

    __tablename__ = "renewal_pipeline"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    renews_on: date = Field(index=True)
    opened_on: date | None = None
    amount: float | None = None
    stage: str | None = Field(default=None, max_length=100)
    closed_on: date | None = None
    won: bool | None = None


class RiskSignal(Imported, table=True):
    """A risk somebody or something raised. `severity`: low, medium, high, critical."""

    __tablename__ = "risk_signals"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    kind: str = Field(max_length=100)
    severity: str = Field(max_length=20)
    description: str = Field(sa_column=Column(Text, nullable=False))
    raised_at: datetime = _moment(index=True)
    cleared_at: datetime | None = _moment(nullable=True)


class Opportunity(Imported, table=True):
    """A chance to grow, closed when `won` is set.

    `kind`: seats, upgrade, cross_sell, other; new is a deal that wins the customer.
    """

    __tablename__ = "expansion_opportunities"
    __table_args__ = (_once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=500)
    kind: str = Field(default="other", max_length=40)
    product: str | None = Field(default=None, max_length=200)
    stage: str | None = Field(default=None, max_length=100)
    amount: float | None = None
    opened_on: date | None = None
    expected_on: date | None = None
    closed_on: date | None = None
    won: bool | None = None


class AccountPlan(Imported, table=True):
    """A plan (seed 002). `status`: draft, pending_review, approved, active."""

    __tablename__ = "account_plans"
    __table_args__ = (_once(), UniqueConstraint("customer_id", "fiscal_year"))
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    fiscal_year: str = Field(max_length=10)
    status: str = Field(max_length=20)
    sections: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_by: str | None = Field(default=None, foreign_key="csms.id")
    approved_by: str | None = Field(default=None, foreign_key="csms.id")
    created_at: datetime = _moment()
    approved_at: datetime | None = _moment(nullable=True)


class RecommendationRow(Base, table=True):
    """A recommendation as it was shown; `shown` holds all of it, the columns what is asked for."""

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
    as_of: datetime = _moment()
    created_at: datetime = _moment(index=True)
    changed_at: datetime = _moment()
    engine: str = Field(max_length=40)
    import_id: str | None = Field(default=None, max_length=36, index=True)
    shown: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DecisionRow(Base, table=True):
    """A decision; append-only. `request_key` names the click or message, so none counts twice."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("recommendation_id", "version"),)
    id: str = Field(primary_key=True, max_length=36)
    recommendation_id: str = Field(foreign_key="recommendations.id", index=True, ondelete="CASCADE")
    version: int
    kind: str = Field(max_length=20)
    by_id: str = Field(foreign_key="csms.id")
    at: datetime = _moment(index=True)
    reason: str | None = Field(default=None, max_length=40)
    note: str = Field(default="", sa_column=Column(Text, nullable=False))
    until: date | None = None
    request_key: str = Field(max_length=120, unique=True)


class OutcomeRow(Base, table=True):
    """What came of a completed recommendation; `health_before` is the score on that day."""

    __tablename__ = "outcomes"
    recommendation_id: str = Field(
        primary_key=True, foreign_key="recommendations.id", ondelete="CASCADE", max_length=36
    )
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    play: str = Field(max_length=60, index=True)
    by_id: str = Field(foreign_key="csms.id")
    result: str = Field(max_length=20)
    note: str = Field(sa_column=Column(Text, nullable=False))
    recorded_at: datetime = _moment(index=True)
    health_before: float | None = None


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


class ActivityLog(Base, table=True):
    """What Steward and the people did through it: who, what, about what, when; append-only."""

    __tablename__ = "agent_activity_log"
    id: str = Field(primary_key=True, max_length=36)
    at: datetime = _moment(index=True)
    actor: str = Field(max_length=320)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=120)
    customer_id: str | None = Field(
        default=None, foreign_key="customers.id", index=True, ondelete="SET NULL"
    )
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class DigestSubscription(Base, table=True):
    """A daily digest for a person (`D...` or `U...`) or a channel (`C...`) at a local time."""

    __tablename__ = "digest_subscriptions"
    __table_args__ = (UniqueConstraint("channel"),)
    id: str = Field(primary_key=True, max_length=36)
    channel: str = Field(max_length=40)
    kind: str = Field(max_length=10)
    csm_id: str = Field(foreign_key="csms.id", index=True)
    scope: str = Field(default="me", max_length=10)
    timezone: str = Field(max_length=64)
    local_time: str = Field(max_length=5)
    enabled: bool = True
    created_at: datetime = _moment()
    changed_at: datetime = _moment()


class DigestDelivery(Base, table=True):
    """One digest of one day, claimed before it is composed. `state`: claimed, sent, missed."""

    __tablename__ = "digest_deliveries"
    __table_args__ = (UniqueConstraint("subscription_id", "local_date"),)
    id: str = Field(primary_key=True, max_length=36)
    subscription_id: str = Field(
        foreign_key="digest_subscriptions.id", index=True, ondelete="CASCADE"
    )
    local_date: date
    state: str = Field(max_length=20)
    claimed_at: datetime = _moment()
    sent_at: datetime | None = _moment(nullable=True)
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    problem: str | None = Field(default=None, max_length=300)


class InboxItem(Base, table=True):
    """A Slack event that was acknowledged; `done_at` is empty until its work is finished."""

    __tablename__ = "inbox"
    key: str = Field(primary_key=True, max_length=120)
    kind: str = Field(max_length=40)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    received_at: datetime = _moment(index=True)
    attempts: int = 0
    done_at: datetime | None = _moment(nullable=True, index=True)


class Import(Base, table=True):
    """One run of `steward import` (or the demo): what came in, from where, and its report."""

    __tablename__ = "imports"
    id: str = Field(primary_key=True, max_length=36)
    source: str = Field(max_length=40)
    paths: list[str] = Field(sa_column=Column(JSON, nullable=False))
    started_at: datetime = _moment(index=True)
    finished_at: datetime | None = _moment(nullable=True)
    undone_at: datetime | None = _moment(nullable=True)
    report: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class ImportChange(Base, table=True):
    """The state of a row before an import changed it (`before` is empty when it was new)."""

    __tablename__ = "import_changes"
    __table_args__ = (Index("ix_import_changes_row", "table_name", "row_id"),)
    id: int | None = Field(default=None, primary_key=True)
    import_id: str = Field(foreign_key="imports.id", index=True, ondelete="CASCADE")
    table_name: str = Field(max_length=60)
    row_id: str = Field(max_length=36)
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
