"""Steward's processes: started, killed at any moment, started again."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.end_to_end.processes import ROOT, clean


class Herd:
    """Processes by the port that each serves on."""

    def __init__(self, zygote: asyncio.subprocess.Process) -> None:
        self._zygote = zygote
        self._asking = asyncio.Lock()
        self.pids: dict[int, int] = {}

    async def start(self, port: int) -> None:
        """Start a process and return when it answers."""
        assert self._zygote.stdin is not None
        assert self._zygote.stdout is not None
        async with self._asking:
            self._zygote.stdin.write(f"{port}\n".encode())
            self.pids[port] = int(await self._zygote.stdout.readline())
        for _ in range(3000):
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
                first = await reader.readline()
                writer.close()
                if b"200" in first:
                    return
            await asyncio.sleep(0.02)
        raise AssertionError(f"nothing serves on port {port}")

    def kill(self, port: int) -> None:
        """End a process as the kernel does: it gets to do nothing any more."""
        pid = self.pids.pop(port)
        os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:  # until the kernel has taken its port and its locks away
                os.kill(pid, 0)

    def stop(self, port: int) -> None:
        """Ask a process to end in order."""
        os.kill(self.pids.pop(port), signal.SIGTERM)


@asynccontextmanager
async def herd(environment: Mapping[str, str], log: Path) -> AsyncIterator[Herd]:
    """Give processes with this environment inside the block; their words go to `log`."""
    with log.open("ab") as output:
        zygote = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.chaos.zygote"),
            env=clean(environment),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    assert zygote.stdout is not None
    assert await zygote.stdout.readline() == b"ready\n", f"it did not start: see {log}"
    made = Herd(zygote)
    try:
        yield made
    finally:
        for port in tuple(made.pids):
            with suppress(ProcessLookupError):
                made.kill(port)
        zygote.kill()
        await zygote.wait()


def free_port() -> int:
    """Return a port that nobody uses at present."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
