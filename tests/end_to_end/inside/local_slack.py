"""local-slack as a workspace: what people do in it, and what Steward puts there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.end_to_end.processes import until

Json = dict[str, Any]

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test-token", "xapp-test-token", "test-signing-secret"
BINARY = "tests/end_to_end/node_modules/local-slack-linux-x64/bin/local-slack"
ADDRESS = "http://127.0.0.1:3000"
STEWARD_ADDRESS = "http://127.0.0.1:4000"
ANA = "U01ANA"
CHANNEL = "C01TEAM"

CONFIGURATION = """\
workspace: {{ name: Test Workspace, domain: test-workspace, teamId: T01TEST }}
app:
  appId: A01APP
  botUserId: U0BOT
  botName: steward
  botToken: {token}
  appToken: {app_token}
  signingSecret: {secret}
  mode: {mode}
  requestUrl: {steward}/slack/events
users:
  - {{ id: {ana}, name: ana, real_name: Ana Souza, email: ana@steward.example }}
  - {{ id: U02BEN, name: ben, real_name: Ben Carter, email: ben@steward.example }}
  - {{ id: U03EVE, name: eve, real_name: Eve Other, email: eve@example.com }}
channels:
  - {{ id: {channel}, name: customer-success, members: [{ana}, U02BEN, U0BOT] }}
"""


def configuration(mode: str) -> str:
    """Return local-slack's configuration for `http` or `socket`."""
    return CONFIGURATION.format(
        token=BOT_TOKEN,
        app_token=APP_TOKEN,
        secret=SECRET,
        mode="events" if mode == "http" else "socket",
        steward=STEWARD_ADDRESS,
        ana=ANA,
        channel=CHANNEL,
    )


@dataclass(frozen=True, slots=True)
class Workspace:
    """A running local-slack; every wait fails with Steward's log."""

    session: aiohttp.ClientSession
    log: Path

    async def direct(self, user: str = ANA) -> str:
        """Return the direct message between a person and Steward."""
        opened = await self._post("/api/conversations.open", {"users": user})
        return str(opened["channel"]["id"])

    async def say(self, channel: str, text: str, user: str = ANA) -> None:
        """Write a message."""
        await self._control("message", {"channel": channel, "user": user, "text": text})

    async def command(self, channel: str, text: str, user: str = ANA) -> None:
        """Type Steward's slash command with a question after it."""
        typed = {"channel": channel, "user": user, "command": "/steward", "text": text}
        await self._control("command", typed)

    async def click(self, message: Json, action_id: str, user: str = ANA) -> None:
        """Press a button of a message."""
        action = next(a for a in buttons(message) if a["action_id"] == action_id)
        await self._control(
            "interact",
            {
                "channel": message["channel"],
                "messageTs": message["ts"],
                "user": user,
                "action": action,
            },
        )

    async def submit(self, values: Json, user: str = ANA) -> None:
        """Submit the modal that is open for a person; `values` by block and action."""
        page = f"{ADDRESS.replace('http', 'ws')}/ui"
        async with self.session.ws_connect(page) as socket:
            await socket.send_json({"t": "view_submit", "user": user, "values": values})
            await self.called("interactive", "view_submission")

    async def open_home(self, user: str = ANA) -> None:
        """Open Steward's Home tab."""
        await self._control("open-home", {"user": user})

    async def messages(self, channel: str) -> list[Json]:
        """Return the messages of a channel, oldest first."""
        async with self.session.get(f"{ADDRESS}/_control/messages/{channel}") as answer:
            found = await answer.json()
        listed = found["messages"] if isinstance(found, dict) else found
        return [{**one, "channel": channel} for one in listed]

    async def answer(self, channel: str, containing: str) -> Json:
        """Wait for a message of Steward's that says something; return it."""

        async def found() -> Json | None:
            for one in reversed(await self.messages(channel)):
                if one.get("user") == "U0BOT" and containing in str(one):
                    return one
            return None

        answer: Json = await until(found, f"a message with {containing!r}", self.log)
        return answer

    async def called(self, kind: str, containing: str) -> Json:
        """Wait for an entry of local-slack's log, such as a call of the Web API; return it."""

        async def found() -> Json | None:
            async with self.session.get(f"{ADDRESS}/_control/log") as answer:
                entries = (await answer.json())["log"]
            fitting = (one for one in reversed(entries) if one["kind"] == kind)
            return next((one for one in fitting if containing in str(one)), None)

        entry: Json = await until(found, f"{kind} {containing!r}", self.log)
        return entry

    async def _control(self, what: str, body: Json) -> None:
        await self._post(f"/_control/{what}", body)

    async def _post(self, path: str, body: Json) -> Json:
        headers = {"authorization": f"Bearer {BOT_TOKEN}"}
        async with self.session.post(f"{ADDRESS}{path}", json=body, headers=headers) as answer:
            assert answer.status < 300, f"{path}: {await answer.text()}"
            reply: Json = await answer.json()
            return reply


def buttons(message: Json) -> list[Json]:
    """Return what can be pressed in a message, each with its block."""
    return [
        {"block_id": block["block_id"], **element}
        for block in message["blocks"]
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]
