"""Who gets a digest, what became of each, and who is away."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Base, moment


class DigestSubscription(Base, table=True):
    """A daily digest for a person (`D...` or `U...`) or a channel (`C...`) at a local time.

    `weekdays` are ISO digits, `holidays` a country's code, `auto` for the time zone's country or
    `none`. `holds` names the parts it is made of, all of them when null. It comes from the local
    date `begins_on`; when that is null, from `changed_at`.
    """

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
    created_at: datetime = moment()
    changed_at: datetime = moment()
    weekdays: str = Field(
        default="12345", max_length=7, sa_column_kwargs={"server_default": "12345"}
    )
    holidays: str = Field(
        default="auto", max_length=10, sa_column_kwargs={"server_default": "auto"}
    )
    holds: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    begins_on: date | None = None


class DigestDelivery(Base, table=True):
    """One digest of one day, claimed before it is composed.

    `state`: claimed, queued (its letter is in the outbox), sent, missed or skipped (its reader was
    away); `problem` says why. `content` is what it said, to draw it again. One that was missed is
    told of once, at `reported_at`.
    """

    __tablename__ = "digest_deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "local_date"),
        # The few that somebody has yet to do something about, among years of them.
        Index(
            "ix_digest_deliveries_open",
            "state",
            sqlite_where=text("state IN ('claimed', 'queued')"),
            postgresql_where=text("state IN ('claimed', 'queued')"),
        ),
        Index(
            "ix_digest_deliveries_untold",
            "subscription_id",
            sqlite_where=text("state = 'missed' AND reported_at IS NULL"),
            postgresql_where=text("state = 'missed' AND reported_at IS NULL"),
        ),
    )
    id: str = Field(primary_key=True, max_length=36)
    subscription_id: str = Field(
        foreign_key="digest_subscriptions.id", index=True, ondelete="CASCADE"
    )
    local_date: date
    state: str = Field(max_length=20)
    claimed_at: datetime = moment()
    sent_at: datetime | None = moment(nullable=True)
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    problem: str | None = Field(default=None, max_length=300)
    content: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    reported_at: datetime | None = moment(nullable=True)


class AbsenceRow(Base, table=True):
    """Somebody is away from a local date until the one on which they are back."""

    __tablename__ = "absences"
    csm_id: str = Field(primary_key=True, foreign_key="csms.id", ondelete="CASCADE", max_length=36)
    starts_on: date
    back_on: date
    noted_at: datetime = moment()
