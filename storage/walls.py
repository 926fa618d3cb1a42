"""The wall around a workspace: a schema of its own on PostgreSQL, a file of its own on SQLite.

Nothing in a table says whose a row is. A workspace's session cannot see another's tables at all, so
no query, whoever wrote it, has to think of it.
"""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import Invalid

_KEY = re.compile(r"[A-Z][A-Z0-9]{1,30}")
"""A Slack team's id. It becomes part of a name in the database, so nothing else is taken."""


def checked(key: str) -> str:
    """Return a workspace's key; raises Invalid for what cannot be one."""
    if _KEY.fullmatch(key) is None:
        raise Invalid(f"{key[:40]!r} is no workspace. “steward workspaces” lists them.")
    return key


def schema_of(key: str) -> str:
    """Return the PostgreSQL schema of a workspace."""
    return f"workspace_{checked(key).lower()}"


def file_of(home: URL, key: str) -> URL:
    """Return the SQLite file of a workspace, beside the home file."""
    path = Path(str(home.database))
    return home.set(database=str(path.with_name(f"{path.stem}.{checked(key)}{path.suffix}")))


def walled(engine: AsyncEngine, schema: str) -> AsyncEngine:
    """Return an engine over the same pool, whose every transaction sees that schema alone.

    SET LOCAL ends with its transaction, whichever way that ends, so a connection that is handed
    back carries no path over. `public` is not on the path: a table that is missing here is an
    error, never another's.
    """
    narrow = engine.execution_options()
    _keep_inside(narrow.sync_engine, schema)
    return narrow


def _keep_inside(engine: Engine, schema: str) -> None:
    @event.listens_for(engine, "begin")
    def began(connection: Any) -> None:
        connection.exec_driver_sql(f'SET LOCAL search_path = "{schema}", pg_temp')

    @event.listens_for(engine, "set_connection_execution_options")
    def optioned(connection: Any, options: dict[str, Any]) -> None:
        del connection
        if options.get("isolation_level") == "AUTOCOMMIT":
            raise RuntimeError("Without a transaction nothing would keep a workspace to itself.")
