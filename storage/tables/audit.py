"""The audit log: who did what, before and after, from which message; nothing in it changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Base, moment


class ActivityLog(Base, table=True):
    """What was done, or asked for in vain, through Steward; the database refuses to change it.

    `actor` is a person's id, or a name for what is none (`steward`, `command line`). `channel` and
    `ts` name the message it came from. `customer_id` is no reference: the row outlives the account.
    The rows of one actor are a chain: `number` counts them, `prev_hash` repeats the one before.
    Rows from before there was a chain have no `number`.
    """

    __tablename__ = "agent_activity_log"
    __table_args__ = (UniqueConstraint("actor", "number"),)
    id: str = Field(primary_key=True, max_length=36)
    at: datetime = moment(index=True)
    actor: str = Field(max_length=320)
    actor_name: str | None = Field(default=None, max_length=300)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=120)
    customer_id: str | None = Field(default=None, index=True)
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    request_key: str | None = Field(default=None, max_length=120)
    result: str = Field(default="done", max_length=10, sa_column_kwargs={"server_default": "done"})
    number: int | None = None
    prev_hash: str | None = Field(default=None, max_length=64)
    hash: str | None = Field(default=None, max_length=64)


class AuditHead(Base, table=True):
    """Where an actor's chain ends, so that rows missing at its end are noticed too."""

    __tablename__ = "audit_heads"
    actor: str = Field(primary_key=True, max_length=320)
    number: int
    hash: str = Field(max_length=64)
