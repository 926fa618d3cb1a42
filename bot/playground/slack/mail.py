"""Signs what Slack sends to the app, delivers it, and keeps what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.playground.slack.delivery import Answer, Delivery
from bot.playground.slack.identity import Clock
from bot.playground.slack.refusals import NotAnswered
from bot.playground.slack.wire import Json

OK = range(200, 300)


class Mail:
    """Posts signed events and interactions; an answer outside 2xx is an error."""

    def __init__(self, delivery: Delivery, signing_secret: str, clock: Clock) -> None:
        self.delivery = delivery
        self.events: list[Json] = []
        self.interactions: list[Json] = []
        self._verifier = SignatureVerifier(signing_secret)
        self._clock = clock

    async def event(self, envelope: Json, retry: Mapping[str, str] | None = None) -> Answer:
        """Post one event; `retry` holds the headers of a second attempt."""
        self.events.append(envelope)
        body = json.dumps(envelope).encode()
        return await self._post(body, {"Content-Type": "application/json", **(retry or {})})

    async def interaction(self, payload: Json) -> Answer:
        """Post one click, submitted or closed view; it is kept as it was sent."""
        sent = json.dumps(payload)
        self.interactions.append(json.loads(sent))
        body = urlencode({"payload": sent}).encode()
        return await self._post(body, {"Content-Type": "application/x-www-form-urlencoded"})

    async def command(self, form: Json) -> Answer:
        """Post one slash command, as the form that Slack sends."""
        body = urlencode(form).encode()
        return await self._post(body, {"Content-Type": "application/x-www-form-urlencoded"})

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        ts = str(int(self._clock().timestamp()))
        signature = self._verifier.generate_signature(timestamp=ts, body=body)
        signed = {"X-Slack-Request-Timestamp": ts, "X-Slack-Signature": str(signature)}
        answer = await self.delivery.post(body, {**headers, **signed})
        if answer.status not in OK:
            raise NotAnswered(answer.status, answer.body)
        return answer
