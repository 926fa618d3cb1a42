"""Processes of their own for the end-to-end tests: start one, wait for it, stop it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
STEWARD = (sys.executable, "-m", "bot")
OURS = ("STEWARD_", "SLACK_", "ANTHROPIC_", "DATABASE_URL", "PORT", "COLUMNS")
PATIENCE = 60.0
"""Seconds; the machine may be busy with other tests."""

PAUSE = 0.05


@asynccontextmanager
async def process(
    *command: str, environment: Mapping[str, str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command inside the block, its output in `log`; ask it to stop at the end."""
    with log.open("wb") as output:
        started = await asyncio.create_subprocess_exec(
            *command, env=clean(environment), cwd=ROOT, stdout=output, stderr=output
        )
        try:
            yield started
        finally:
            if started.returncode is None:
                started.send_signal(signal.SIGTERM)
            await asyncio.wait_for(started.wait(), PATIENCE)


async def run(*command: str, environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Run a command to its end; return its exit code, standard output and standard error."""
    started = await asyncio.create_subprocess_exec(
        *command,
        env=clean(environment),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(started.communicate(), PATIENCE)
    return started.returncode or 0, out.decode(), err.decode()


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without its own settings of Steward, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONUNBUFFERED": "1", "COLUMNS": "100", **environment}


async def until(ask: Callable[[], Coroutine[Any, Any, Any]], what: str, log: Path) -> Any:
    """Ask again and again until the answer is true, and return it; fail with the log if never.

    Another process gives no notice of what it has done: this is the one place that waits by time.
    """
    for _ in range(int(PATIENCE / PAUSE)):
        if found := await _tried(ask):
            return found
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"never came: {what}\n{_tail(log)}")


async def _tried(ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    try:
        return await ask()
    except (aiohttp.ClientError, OSError):
        return None


def _tail(log: Path) -> str:
    return log.read_text("utf-8")[-4000:]
