"""Who a Slack user is to Steward, and what they may decide."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError

from bot.desk import Desk
from bot.refusals import code_of
from bot.scope import check_may_see
from bot.tools.tool import Asker
from core.errors import AddressTaken, CsmUnknown, GuestRefused
from core.recommendations import Recommendation
from storage.people import Csm
from storage.staff import Doing, Staff

CHECKED_EVERY = timedelta(hours=24)
"""How long what Slack said of somebody is believed, if it does not tell of a change before."""

Profile = dict[str, Any]

_NOT_THERE = ("user_not_found", "user_not_visible", "users_not_found")


async def identify(
    desk: Desk,
    user: str,
    *,
    request_key: str,
    channel: str | None = None,
    thread: str | None = None,
) -> Asker:
    """Return who asks; raises CsmUnknown or GuestRefused for people who are no CSMs here."""
    csm = await desk.services.people.by_slack(user)
    if csm is None or not _is_fresh(csm, desk):
        csm = await recognise(desk, user)
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
    try:
        profile = (await desk.client.users_info(user=user))["user"]
    except SlackApiError as error:
        if code_of(error) not in _NOT_THERE:
            raise
        profile = {"is_stranger": True}
    return await admit(desk, user, profile)


async def admit(desk: Desk, user: str, profile: Profile) -> Csm:
    """Return the CSM that Slack's profile of a user tells of, and remember it.

    Raises GuestRefused for who may not use Steward (also if they might until now), AddressTaken for
    a second Slack account of one address, CsmUnknown when nobody has the address. Whoever was known
    before stays who they are when their address changes to one that nobody has.
    """
    people = desk.services.people
    if kind := await _refusal(desk, profile):
        await people.refuse(user, kind, now=desk.now)
        raise GuestRefused(kind)
    csm = await _person(desk, user, profile) or await _first_admin(desk, user, profile)
    if csm is None:
        raise CsmUnknown(_email(profile))
    if csm.slack_user_id not in (None, user) and await _is_in_use(desk, csm):
        raise AddressTaken
    zone = _zone(profile.get("tz"))
    if _says_nothing_new(csm, user, zone, desk):
        return csm
    await people.link(csm.id, user, zone, now=desk.now)
    return replace(
        csm,
        slack_user_id=user,
        timezone=zone or csm.timezone,
        slack_refused=None,
        slack_checked_at=desk.now,
    )


async def check_may_decide(desk: Desk, csm: Csm, recommendation: Recommendation) -> None:
    """Raise NotAllowed when the recommendation's account is outside what a person may see."""
    services = desk.services
    await check_may_see(recommendation, csm, people=services.people, accounts=services.accounts)


def _is_fresh(csm: Csm, desk: Desk) -> bool:
    checked = csm.slack_checked_at
    return checked is not None and desk.now - checked < CHECKED_EVERY


def _says_nothing_new(csm: Csm, user: str, zone: str | None, desk: Desk) -> bool:
    """Tell whether the same was noted within the hour: profiles change with every status."""
    same = csm.slack_user_id == user and not csm.slack_refused and zone in (None, csm.timezone)
    checked = csm.slack_checked_at
    return same and checked is not None and desk.now - checked < timedelta(hours=1)


async def _person(desk: Desk, user: str, profile: Profile) -> Csm | None:
    try:
        return await desk.services.people.by_email(_email(profile))
    except CsmUnknown:
        return await desk.services.people.linked(user)


async def _first_admin(desk: Desk, user: str, profile: Profile) -> Csm | None:
    """Make who installed Steward its first admin: somebody must let the others in."""
    if user not in desk.installers or not _email(profile):
        return None
    told = profile.get("profile") or {}
    name = str(told.get("real_name") or profile.get("real_name") or _email(profile))
    doing = Doing(None, desk.now, actor="installation")
    return await Staff(desk.services.database).begin(_email(profile), name, doing=doing)


async def _is_in_use(desk: Desk, csm: Csm) -> bool:
    """Tell whether the Slack account that somebody has used is one of theirs still."""
    try:
        profile = (await desk.client.users_info(user=str(csm.slack_user_id)))["user"]
    except SlackApiError as error:
        if code_of(error) not in _NOT_THERE:
            raise
        return False
    return _email(profile).lower() == csm.email and not await _refusal(desk, profile)


async def _refusal(desk: Desk, profile: Profile) -> str:
    """Return what somebody is that may not use Steward; nothing for a full member."""
    if profile.get("deleted"):
        return "gone"
    if profile.get("is_bot"):
        return "bot"
    if profile.get("is_stranger") or not await _is_of_this_workspace(desk, profile):
        return "stranger"
    return "guest" if profile.get("is_restricted") or profile.get("is_ultra_restricted") else ""


async def _is_of_this_workspace(desk: Desk, profile: Profile) -> bool:
    """Tell whether somebody is of the workspace, or of the company that several belong to."""
    if "team_id" not in profile:
        return True
    team, company = await desk.team()
    theirs = (profile.get("enterprise_user") or {}).get("enterprise_id")
    return profile["team_id"] == team or (bool(company) and theirs == company)


def _email(profile: Profile) -> str:
    return str((profile.get("profile") or {}).get("email") or "")


def _zone(name: str | None) -> str | None:
    try:
        return name if name and ZoneInfo(name) else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
