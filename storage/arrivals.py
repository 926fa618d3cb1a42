"""Keep what comes in, all that comes at the same time in one statement: Slack waits for that."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from core.errors import Unreachable
from storage.database import Database
from storage.tables import InboxItem, table

INBOX = table(InboxItem)

COLUMNS = ("key", "kind", "body", "received_at", "attempts", "turn", "lease", "leased_until")

_VALUES = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(COLUMNS)))
_IN_A_FILE = (
    f"INSERT INTO inbox ({', '.join(COLUMNS)}) SELECT {_VALUES} FROM json_each(?) WHERE true "
    "ON CONFLICT DO NOTHING RETURNING lease"
)
"""A statement outside a transaction is one of its own: committed, in full, when it returns."""

_ON_A_SERVER = text(
    f"INSERT INTO inbox ({', '.join(COLUMNS)}) "
    f"SELECT {', '.join(COLUMNS)} FROM json_to_recordset(CAST(:rows AS json)) AS one("
    "key text, kind text, body json, received_at timestamptz, attempts integer, turn text, "
    "lease text, leased_until timestamptz) ON CONFLICT DO NOTHING RETURNING lease"
)

Row = dict[str, Any]


async def keep(database: Database, rows: Sequence[Row]) -> set[str]:
    """Keep rows of the inbox, and return the leases of those whose key is new."""
    return await (_in_a_file if database.is_sqlite else _on_a_server)(database, rows)


async def _on_a_server(database: Database, rows: Sequence[Row]) -> set[str]:
    """Give all rows as one value: the statement is the same however many there are."""
    given = json.dumps(list(rows), default=_moment)
    async with database.write() as session:
        return set(await session.scalars(_ON_A_SERVER, {"rows": given}))


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")


async def _in_a_file(database: Database, rows: Sequence[Row]) -> set[str]:
    """Hand it to the writing thread once; through a session it is handed over fourteen times."""
    given = json.dumps([[_WRITTEN[name](row[name]) for name in COLUMNS] for row in rows])
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        try:
            return {lease for (lease,) in await driver.execute_fetchall(_IN_A_FILE, (given,))}
        except sqlite3.Error as error:
            raise Unreachable(f"The database {database.name} does not write: {error}") from error


def _writer(name: str) -> Callable[[Any], Any]:
    """Return how a column's values are written in a file."""
    dialect = sqlite.dialect()
    written = INBOX.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return written or (lambda value: value)


_WRITTEN = {name: _writer(name) for name in COLUMNS}
