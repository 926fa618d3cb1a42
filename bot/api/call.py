"""A request to decide about an action: who, about which version, under which key."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Response

from bot.api.action import NextBestAction
from bot.api.parts import ApiParts, Parts
from bot.api.reading import ActionId, shown, visible
from bot.api.who import Who
from bot.tools.tool import Asker
from core.recommendations import CsmId, Decision, DecisionKind, Recommendation

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^(\*|"[0-9]{1,9}"|[0-9]{1,9})$',
        description="The version that the decision is about; refused with 412 when it is another.",
        examples=['"1"'],
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="A key of your own, so that the same request sent again changes nothing more "
        "and is answered with how the action stands. It counts together with all of the request.",
        examples=["6d6a8a1c-5f0e-4c1b-9b35-0a3c1f7be5d2"],
    ),
]


@dataclass(frozen=True, slots=True)
class Call:
    """What all decisions have in common."""

    parts: ApiParts
    asker: Asker
    found: Recommendation
    response: Response
    version: int | None
    key: str | None

    async def decide(self, kind: DecisionKind, **said: Any) -> NextBestAction:
        """Store a decision, have the copies in Slack redrawn, and return how it stands then."""
        csm, today = self.asker.csm, self.asker.today
        decision = Decision(kind, CsmId(csm.id), csm.name, self.asker.now, **said)
        decided = await self.parts.services.recommendations.decide(
            self.found.id,
            decision,
            request_key=self._request_key(decision),
            today=today,
            version=self.version,
        )
        self.parts.redraw(decided.id, today)
        return shown(self.parts, decided, self.response)

    def _request_key(self, decision: Decision) -> str:
        """Name the request: by the caller's key and all that it asks, or by chance."""
        if self.key is None:
            return self.asker.request_key
        asked = (self.key, self.found.id, replace(decision, at=datetime.min.replace(tzinfo=UTC)))
        return f"api:{hashlib.sha256(repr(asked).encode()).hexdigest()}"


async def _call(
    parts: Parts,
    asker: Who,
    action: ActionId,
    response: Response,
    if_match: IfMatch = None,
    key: IdempotencyKey = None,
) -> Call:
    found = await visible(parts, asker, action)
    number = (if_match or "*").strip('"')
    version = None if number == "*" else int(number)
    return Call(parts, asker, found, response, version, key)


Calling = Annotated[Call, Depends(_call)]
"""The type of an endpoint's argument that is given the request to decide."""
