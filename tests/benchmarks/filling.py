"""Puts columns into a database as fast as it takes them."""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from io import BytesIO

import asyncpg
import polars as pl
import polars.selectors as cs

from storage.database import Database
from tests.benchmarks.portfolio import Batch


async def fill(database: Database, batches: Iterable[Batch]) -> None:
    """Write all batches into an empty, migrated database."""
    if database.is_sqlite:
        await database.close()  # the journal is only changed where nobody else looks
        await asyncio.to_thread(_fill_file, str(database.url.database), batches)
    else:
        await _fill_server(database, batches)


def _fill_file(path: str, batches: Iterable[Batch]) -> None:
    """Insert without indexes and without a journal: who is interrupted begins anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        made = "select name, sql from sqlite_master where type = 'index' and sql is not null"
        indexes = connection.execute(made).fetchall()
        for name, _ in indexes:
            connection.execute(f"drop index {name}")
        connection.execute("begin")
        for table, rows in batches:
            marks = ", ".join("?" * rows.width)
            statement = f"insert into {table} ({', '.join(rows.columns)}) values ({marks})"
            connection.executemany(statement, _in_words(rows).iter_rows())
        connection.execute("commit")
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("pragma journal_mode = wal")


def _in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """SQLite keeps days and moments as text, as SQLAlchemy writes them."""
    moment = cs.datetime().dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
    return rows.with_columns(moment, cs.date().cast(pl.String))


async def _fill_server(database: Database, batches: Iterable[Batch]) -> None:
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    try:
        for table, rows in batches:
            copied = BytesIO(rows.write_csv(include_header=False).encode())
            await connection.copy_to_table(table, source=copied, columns=rows.columns, format="csv")
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
