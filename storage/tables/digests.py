"""Who gets a digest, and what became of each."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Base, moment


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
    created_at: datetime = moment()
    changed_at: datetime = moment()


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
    claimed_at: datetime = moment()
    sent_at: datetime | None = moment(nullable=True)
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    problem: str | None = Field(default=None, max_length=300)
