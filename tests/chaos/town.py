"""A workspace full of people who ask and click, and a Slack that stumbles now and then."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.playground.slack import LocalSlack, events
from bot.playground.slack.delivery import Answer
from bot.playground.slack.methods.chat import store
from bot.playground.slack.methods.conversations import direct
from bot.playground.slack.refusals import NotAnswered, NotOnScreen
from bot.playground.slack.trouble import Dropped, RateLimited, ServerError
from storage.sources.demo.people import CSMS, MANAGER

Json = dict[str, Any]

ASKED = (
    "what should I do next for {account}?",
    "what should I do next for {account}?",
    "what changed at {account}?",
    "my top actions",
    "help",
)
RETRIES = (0.05, 0.3, 1.0, 2.0)
"""Seconds after which an event comes again that was not acknowledged; Slack waits minutes."""

CLICKS = ("recommendation.accept", "recommendation.undo")


@dataclass(slots=True)
class Town:
    """Who lives there, what they did, and what of it was acknowledged."""

    slack: LocalSlack
    dice: random.Random
    book: Mapping[str, Sequence[str]]
    asked: set[str] = field(default_factory=set)
    unheard: int = 0
    pressed: int = 0
    unpressed: int = 0
    people: dict[str, str] = field(default_factory=dict)
    channels: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Let the demo's people move in; `book` names the accounts that each may ask about."""
        for one in (*CSMS, MANAGER):
            user = self.slack.add_user(one.name, email=one.email, tz=one.timezone)
            direct(self.slack.backend, user)
            self.people[user] = one.email

    async def ask(self) -> None:
        """Have somebody ask; their event comes again until it is acknowledged, or never is."""
        user = self.dice.choice(list(self.people))
        channel = direct(self.slack.backend, user)
        account = self.dice.choice(self.book[self.people[user]])
        said = self.dice.choice(ASKED).format(account=account)
        message = events.typed_message(self.slack.backend, user, said, "")
        store(self.slack.backend, channel, message)
        event = events.message_event(self.slack.backend, channel, message)
        envelope = events.envelope(self.slack.backend, event)
        copies = 2 if self.dice.random() < 0.1 else 1
        heard = await asyncio.gather(*(self._bring(envelope) for _ in range(copies)))
        if any(heard):
            self.asked.add(str(envelope["event_id"]))
        else:
            self.unheard += 1

    async def press(self) -> None:
        """Have somebody accept or take back what they see, at times twice at once."""
        user, verb = self.dice.choice(list(self.people)), self.dice.choice(CLICKS)
        seen = [one for one in self.slack.answers(user)[-6:] if verb in verbs(one)]
        if not seen:
            return
        message, times = self.dice.choice(seen), self.dice.choice((1, 1, 2))
        took = await asyncio.gather(*(self._click(user, message, verb) for _ in range(times)))
        self.pressed += sum(took)
        self.unpressed += len(took) - sum(took)

    def open_channel(self) -> str:
        """Open one more channel with everybody and the app in it."""
        self.channels.append(self.slack.add_channel(f"team-{len(self.channels)}", [*self.people]))
        return self.channels[-1]

    def stumble(self) -> None:
        """Have Slack meet a trouble with the next message, or with the next change of one."""
        trouble = self.dice.choice((Dropped(), Dropped(), RateLimited(1), ServerError()))
        method = self.dice.choice(("chat.postMessage", "chat.postMessage", "chat.update"))
        self.slack.fail(method, trouble)

    def answers(self) -> dict[str, int]:
        """Return how often each letter was delivered, by its key."""
        counted: dict[str, int] = {}
        for channel in self.slack.backend.workspace.messages.values():
            for message in channel.values():
                key = message.get("metadata", {}).get("event_payload", {}).get("delivery_id")
                if key:
                    counted[key] = counted.get(key, 0) + 1
        return counted

    async def _bring(self, envelope: Json) -> bool:
        for number, pause in enumerate((0.0, *RETRIES)):
            await asyncio.sleep(pause)
            retry = {"X-Slack-Retry-Num": str(number)} if number else {}
            try:
                await self.slack.mail.event(envelope, retry)
            except NotAnswered:
                continue
            return True
        return False

    async def _click(self, user: str, message: Json, verb: str) -> bool:
        try:
            await self.slack.click(user, message, verb)
        except (NotAnswered, NotOnScreen):
            return False
        return True


class AnyReplica:
    """Brings a request to one of the processes, whichever it meets, as a balancer does."""

    def __init__(self, session: aiohttp.ClientSession, ports: tuple[int, ...], dice: random.Random):
        self._session, self._ports, self._dice = session, ports, dice

    async def post(self, body: bytes, headers: Any) -> Answer:
        """Post the body; status 0 when nobody answered."""
        url = f"http://127.0.0.1:{self._dice.choice(self._ports)}/slack/events"
        try:
            async with self._session.post(url, data=body, headers=dict(headers)) as answer:
                return Answer(answer.status, await answer.text())
        except (aiohttp.ClientError, TimeoutError, RuntimeError) as error:
            return Answer(0, type(error).__name__)  # also when the campaign is over


def verbs(message: Json) -> set[str]:
    """Return what can be pressed on a message."""
    return {
        element.get("action_id", "")
        for block in message.get("blocks", [])
        for element in block.get("elements", [])
    }
