"""Who asks: the person whose access token it is, as often as a token may."""

import math
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import uuid4

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.api.kinds import TOKEN, TOO_MANY, Refused
from bot.api.parts import Parts
from bot.denials import Attempt, Denials
from bot.tools.tool import Asker
from core.errors import CsmUnknown, NotAllowed, TokenRefused
from storage.audit import AuditLog

_BEARER = HTTPBearer(
    scheme_name="token",
    bearerFormat="stw_…",
    description="An access token, made with `steward token create EMAIL --name NAME`. It acts as "
    "that person: a CSM sees their own accounts, a manager their team's, an admin all of them.",
    auto_error=False,
)


async def _identify(
    parts: Parts, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> AsyncIterator[Asker]:
    """Give the asker; what they are then refused is told to the audit log."""
    if given is None:
        detail = "Send an access token: Authorization: Bearer stw_…"
        raise Refused(TOKEN, detail, {"WWW-Authenticate": "Bearer"})
    now = parts.services.clock()
    token = await parts.tokens.check(given.credentials, now)
    if seconds := math.ceil(parts.throttle.wait(token.id)):
        detail = f"Ask again in {seconds} s; a token may ask {parts.throttle.most} times a minute."
        raise Refused(TOO_MANY, detail, {"Retry-After": str(seconds)})
    try:
        csm = await parts.services.people.get(token.csm_id)
    except CsmUnknown as error:
        raise TokenRefused("The person of this access token no longer uses Steward") from error
    asker = Asker(csm=csm, now=now, request_key=f"api:{uuid4()}")
    try:
        yield asker
    except NotAllowed as refused:
        await Denials(AuditLog(parts.services.database)).note(refused, Attempt.of(asker))
        raise


Who = Annotated[Asker, Depends(_identify)]
"""The type of an endpoint's argument that is given who asks."""
