"""PostgreSQL databases for tests: to empty one takes 10 ms, to create and drop one 400."""

import asyncio
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg

from storage.database import Database
from storage.schema import migrate

Found = TypeVar("Found")

EMPTY = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
do $$ declare found record; begin
  for found in select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')
  loop execute format('drop schema %I cascade', found.name); end loop;
  for found in select oid::regclass as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'
  loop execute format('delete from %s', found.name); end loop;
  perform setval(seqrelid, seqstart, false) from pg_sequence;
end $$
"""
"""Remove every row; what forbids that (keys, an append-only log) rests in the role `replica`."""

SCHEMA = """
select md5(string_agg(entry, ',' order by entry)) from (
  select 'class ' || oid || ' ' || xmin as entry from pg_class where oid >= 16384
  union all select 'column ' || attrelid || ' ' || attnum || ' ' || xmin from pg_attribute
    where attrelid >= 16384
  union all select 'constraint ' || oid || ' ' || xmin from pg_constraint where oid >= 16384
  union all select 'trigger ' || oid || ' ' || xmin from pg_trigger
  union all select 'function ' || oid || ' ' || xmin from pg_proc where oid >= 16384
  union all select 'revision ' || xmin from alembic_version
) as entries
"""
"""One word for the schema with all its history: it differs once anything was ever altered."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A database that stays, a connection that empties it, and the schema it had at first."""

    connection: asyncpg.Connection
    schema: str


SPARE = 4
"""How many empty databases are kept; a test has one or two."""


class Postgres:
    """The tests' databases on one server; each is taken empty and migrated, and given back."""

    def __init__(self, address: str) -> None:
        self._address = address
        # Fixtures take databases while the loop of their test runs; this has a loop of its own.
        self._thread = ThreadPoolExecutor(1, "postgres")
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._kept: dict[str, _Kept] = {}
        self._free: list[str] = []

    def check(self) -> None:
        """Raise OSError or PostgresError where no server answers."""
        self._run(self._on_server("select 1"))

    def take(self) -> str:
        """Return the URL of an empty, migrated database that nobody else uses."""
        return self._url(self._free.pop() if self._free else self._run(self._create()))

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database that nobody has open; it is given back like it."""
        return self._url(self._run(self._copy(_name(url))))

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; one too many, or of another schema, is dropped."""
        name = _name(url)
        if len(self._free) < SPARE and self._run(self._empty(name)):
            self._free.append(name)
        else:
            self._run(self._drop(name))

    def close(self) -> None:
        """Drop every database."""
        for name in list(self._kept):
            self._run(self._drop(name))
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _run(self, work: Coroutine[Any, Any, Found]) -> Found:
        return self._thread.submit(self._runner.run, work).result()

    def _url(self, name: str) -> str:
        return f"{self._address.rpartition('/')[0]}/{name}"

    async def _create(self) -> str:
        name = await self._new()
        database = Database(self._url(name))
        await migrate(database)
        await database.close()
        await self._keep(name)
        return name

    async def _copy(self, original: str) -> str:
        await self._kept[original].connection.close()  # the server copies only what is not in use
        name = await self._new(f'template "{original}"')
        await self._keep(name)
        return name

    async def _new(self, way: str = "") -> str:
        name = f"steward_{uuid.uuid4().hex[:12]}"
        await self._on_server(f'create database "{name}" {way}')
        # What a test writes need not outlive the server.
        await self._on_server(f'alter database "{name}" set synchronous_commit = off')
        return name

    async def _keep(self, name: str) -> None:
        connection = await asyncpg.connect(self._url(name))
        self._kept[name] = _Kept(connection, await connection.fetchval(SCHEMA))

    async def _empty(self, name: str) -> bool:
        kept = self._kept[name]
        try:
            await kept.connection.execute("set session_replication_role = replica")
            await kept.connection.execute("set lock_timeout = '5s'")
            await kept.connection.execute(EMPTY)
            return bool(await kept.connection.fetchval(SCHEMA) == kept.schema)
        except asyncpg.PostgresError:  # not allowed to, or something of it is gone
            return False

    async def _drop(self, name: str) -> None:
        await self._kept.pop(name).connection.close()
        await self._on_server(f'drop database if exists "{name}" with (force)')

    async def _on_server(self, statement: str) -> None:
        connection = await asyncpg.connect(self._address, timeout=3)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _name(url: str) -> str:
    return url.rpartition("/")[2]
