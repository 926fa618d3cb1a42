"""What all tables share: names of constraints, moments in UTC, where a row came from."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, Table, UniqueConstraint
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


def moment(*, nullable: bool = False, index: bool = False) -> Any:
    """Declare a column that holds a moment."""
    return Field(
        default=None if nullable else ...,
        sa_type=UtcDateTime,
        nullable=nullable,
        index=index,
    )


def once() -> UniqueConstraint:
    """Make a source's row unique, so that importing twice finds it again."""
    return UniqueConstraint("source", "source_id")
