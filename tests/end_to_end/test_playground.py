"""The playground as its users start it: one command, one address, nothing lost at a restart."""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.end_to_end.processes import STEWARD, process, run, until

Json = dict[str, Any]


@asynccontextmanager
async def playground(home: Path) -> AsyncIterator["Page"]:
    """Run `steward playground` inside the block, on any free port."""
    log = home / "playground.log"
    environment = {
        "DATABASE_URL": f"sqlite:///{home / 'steward.db'}",
        "STEWARD_PLAYGROUND_STATE": str(home / "state.json"),
        "PORT": "0",
    }
    async with (
        process(*STEWARD, "playground", environment=environment, log=log) as running,
        aiohttp.ClientSession() as session,
    ):

        async def address() -> str | None:
            found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
            return found[0] if found and running.returncode is None else None

        page = Page(session, await until(address, "the address", log), log)
        await until(page.state, "the page's state", log)
        yield page
    assert running.returncode == 0, "it did not stop in order"


class Page:
    """What the page in the browser does, without a browser."""

    def __init__(self, session: aiohttp.ClientSession, address: str, log: Path) -> None:
        self._session, self.address, self.log = session, address, log

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(f"{self.address}{path}") as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, body: Json) -> int:
        headers = {"origin": self.address}
        async with self._session.post(
            f"{self.address}{path}", json=body, headers=headers
        ) as answer:
            return answer.status

    async def state(self) -> Json | None:
        async with self._session.get(f"{self.address}/ui/state") as answer:
            found: Json = await answer.json()
            return found if answer.status == 200 else None

    async def shows(self, text: str) -> Json:
        async def found() -> Json | None:
            state = await self.state()
            return state if text in str(state) else None

        state: Json = await until(found, f"{text!r} on the page", self.log)
        return state


async def test_one_command_answers_and_a_restart_keeps_the_conversation(tmp_path: Path) -> None:
    async with playground(tmp_path) as page:
        status, html = await page.get("/")
        state = await page.state()
        assert state is not None
        said = {"user": state["user"], "text": "what should I do next for Beta Inc"}
        sent = await page.post("/ui/say", said)
        await page.shows("Call Sarah Lin at Beta Inc")
        ready, checks = await page.get("/readyz")

    async with playground(tmp_path) as page:
        kept = await page.shows("Call Sarah Lin at Beta Inc")

    assert status == 200
    assert "<title>" in html
    assert sent < 300
    assert (ready, checks) == (200, '{"database":"ok","slack":"ok"}')
    assert "recommendation.accept" in str(kept)


async def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, _, said = await run(*STEWARD, "playground", environment={"PORT": port})

    assert code == 1
    assert said.startswith(f"Port {port} is in use")
    assert "PORT=" in said
