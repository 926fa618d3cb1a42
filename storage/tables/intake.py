"""What came in: events from Slack, and imports with what they changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.tables.base import Base, moment


class InboxItem(Base, table=True):
    """What Slack brought and was acknowledged; `done_at` is empty until its work is finished.

    Who works on it holds `lease` until `leased_until`. What shares a `turn` is done in order.
    """

    __tablename__ = "inbox"
    key: str = Field(primary_key=True, max_length=120)
    kind: str = Field(max_length=40)
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    received_at: datetime = moment(index=True)
    attempts: int = 0
    turn: str = Field(default="", max_length=200, index=True)
    lease: str | None = Field(default=None, max_length=36)
    leased_until: datetime | None = moment(nullable=True)
    done_at: datetime | None = moment(nullable=True, index=True)


class Import(Base, table=True):
    """One run of `steward import` (or the demo): what came in, from where, and its report."""

    __tablename__ = "imports"
    id: str = Field(primary_key=True, max_length=36)
    source: str = Field(max_length=40)
    paths: list[str] = Field(sa_column=Column(JSON, nullable=False))
    started_at: datetime = moment(index=True)
    finished_at: datetime | None = moment(nullable=True)
    undone_at: datetime | None = moment(nullable=True)
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
