"""Who a Slack user is to Steward, and what they may decide."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.desk import Desk
from bot.scope import check_may_see
from bot.tools.tool import Asker
from core.errors import CsmUnknown, GuestRefused
from core.recommendations import Recommendation
from storage.people import Csm


async def identify(
    desk: Desk,
    user: str,
    *,
    request_key: str,
    channel: str | None = None,
    thread: str | None = None,
) -> Asker:
    """Return who asks; raises CsmUnknown or NotAllowed for people who are no CSMs here."""
    csm = await desk.services.people.by_slack(user) or await recognise(desk, user)
    return Asker(
        csm=csm,
        now=desk.now,
        request_key=request_key,
        channel=channel,
        thread=thread,
        slack_user_id=user,
    )


async def local_date(desk: Desk, user: str) -> date:
    """Return the day it is for a Slack user; in UTC when nobody knows where they are."""
    csm = await desk.services.people.by_slack(user)
    zone = ZoneInfo((csm and csm.timezone) or "UTC")
    return desk.now.astimezone(zone).date()


async def recognise(desk: Desk, user: str) -> Csm:
    """Ask Slack who somebody is, find the CSM by e-mail, and remember link and time zone."""
    profile = (await desk.client.users_info(user=user))["user"]
    if _is_guest(profile):
        raise GuestRefused
    csm = await desk.services.people.by_email(_email(profile))
    zone = _zone(profile.get("tz"))
    await desk.services.people.link(csm.id, user, zone)
    return replace(csm, slack_user_id=user, timezone=zone or csm.timezone)


async def check_may_decide(desk: Desk, csm: Csm, recommendation: Recommendation) -> None:
    """Raise NotAllowed when the recommendation's account is outside what a person may see."""
    services = desk.services
    await check_may_see(recommendation, csm, people=services.people, accounts=services.accounts)


def _email(profile: dict[str, Any]) -> str:
    email = str(profile.get("profile", {}).get("email") or "")
    if not email:
        raise CsmUnknown("")
    return email


def _is_guest(profile: dict[str, Any]) -> bool:
    kinds = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
    return any(profile.get(kind) for kind in kinds)


def _zone(name: str | None) -> str | None:
    try:
        return name if name and ZoneInfo(name) else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
