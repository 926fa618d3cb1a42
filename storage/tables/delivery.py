"""What must go out to Slack, and when each job ran last."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.tables.base import Base, moment


class OutboxLetter(Base, table=True):
    """Something that must reach Slack, unique by what it is about.

    `state`: ready, sending, unknown (nobody knows whether Slack has it), sent or dead. Who sends it
    holds `lease` until `leased_until`; `started_at` is when it was first tried. `body` is emptied
    once it is sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_not_before", "state", "not_before"),)
    key: str = Field(primary_key=True, max_length=160)
    kind: str = Field(max_length=20)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    state: str = Field(default="ready", max_length=10)
    attempts: int = 0
    created_at: datetime = moment()
    not_before: datetime = moment()
    not_after: datetime | None = moment(nullable=True)
    started_at: datetime | None = moment(nullable=True)
    lease: str | None = Field(default=None, max_length=36)
    leased_until: datetime | None = moment(nullable=True)
    settled_at: datetime | None = moment(nullable=True, index=True)
    channel: str | None = Field(default=None, max_length=40)
    ts: str | None = Field(default=None, max_length=40)
    problem: str | None = Field(default=None, max_length=300)


class JobRun(Base, table=True):
    """When a job that need not run in every process began last."""

    __tablename__ = "job_runs"
    name: str = Field(primary_key=True, max_length=60)
    began_at: datetime = moment()
