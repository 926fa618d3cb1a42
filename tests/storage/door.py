"""A door before a server: shut, it is as if the server were restarting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url


class Door:
    """Listens on a port of its own and hands everything to a server and back."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._listening: asyncio.Server | None = None
        self._inside: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def open(self) -> None:
        """Let everybody in, always on the same port."""
        self._listening = await asyncio.start_server(self._enter, "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Break every connection, and refuse new ones."""
        if self._listening is not None:
            self._listening.close()
        for writer in list(self._inside):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._there)
        await asyncio.gather(self._carry(reader, back), self._carry(there, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._inside.add(writer)
        with suppress(OSError):
            while said := await reader.read(65_536):
                writer.write(said)
                await writer.drain()
        self._inside.discard(writer)
        writer.close()


@asynccontextmanager
async def door(url: str) -> AsyncIterator[tuple[Door, str]]:
    """Give an open door before a database's server, and the URL that leads through it."""
    there = make_url(url)
    made = Door(there.host or "127.0.0.1", there.port or 5432)
    await made.open()
    through = there.set(host="127.0.0.1", port=made.port)
    yield made, through.render_as_string(hide_password=False)
    await made.shut()
