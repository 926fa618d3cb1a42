"""local-slack and Steward as processes, once for all flows of a run."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.end_to_end.inside.local_slack import (
    ADDRESS,
    APP_TOKEN,
    BINARY,
    BOT_TOKEN,
    SECRET,
    STEWARD_ADDRESS,
    Workspace,
    configuration,
)
from tests.end_to_end.processes import ROOT, STEWARD, process, run, until

MODE = os.environ.get("STEWARD_END_TO_END", "http")
WAY = {"SLACK_SIGNING_SECRET": SECRET} if MODE == "http" else {"SLACK_APP_TOKEN": APP_TOKEN}


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run local-slack and Steward on the demo portfolio; gives Steward's log."""
    home = tmp_path_factory.mktemp("serving")
    with asyncio.Runner() as runner:
        running = _running(home)
        log = runner.run(running.__aenter__())
        try:
            yield log
        finally:
            runner.run(running.__aexit__(None, None, None))


@pytest.fixture
async def slack(serving: Path) -> AsyncIterator[Workspace]:
    """The workspace, to act in."""
    async with aiohttp.ClientSession() as session:
        yield Workspace(session, serving)


@asynccontextmanager
async def _running(home: Path) -> AsyncIterator[Path]:
    log, settings = home / "steward.log", home / "slack.yaml"
    settings.write_text(configuration(MODE), "utf-8")
    environment = {
        "DATABASE_URL": f"sqlite:///{home / 'steward.db'}",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_API_URL": f"{ADDRESS}/api/",
        "PORT": STEWARD_ADDRESS.rpartition(":")[2],
        "STEWARD_HOST": "127.0.0.1",
        **WAY,
    }
    code, _, said = await run(*STEWARD, "demo", environment=environment)
    assert code == 0, said
    command = (str(ROOT / BINARY), "--config", str(settings), "--port", "3000")
    slack_log = home / "slack.log"
    async with process(*command, "--base-host", "127.0.0.1", environment={}, log=slack_log):
        await until(lambda: _answers(f"{ADDRESS}/_control/log"), "local-slack", slack_log)
        async with process(*STEWARD, "serve", environment=environment, log=log):
            await until(lambda: _answers(f"{STEWARD_ADDRESS}/readyz"), "Steward, ready", log)
            yield log


async def _answers(url: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status == 200
