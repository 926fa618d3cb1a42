"""A digest's reader as Slack knows them this minute: where they are, and whether they are away."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.cards.text import day
from bot.desk import Desk
from bot.listeners.who import admit
from bot.posting import SLACK_TROUBLE
from core.errors import AddressTaken, CsmUnknown
from storage.people import Csm

log = logging.getLogger(__name__)

_AWAY = re.compile(
    r"\b(?:vacation(?:ing)?|holidays?|out of (?:the )?office|ooo|annual leave|(?:on|parental"
    r"|maternity|paternity|sick) leave|pto|time off|day off|off (?:until|till|today)|away (?:until"
    r"|till)|out sick|sick|urlaub|krank|congés?|vacances|vacaciones|ferias|férias|ferie)\b",
    re.IGNORECASE,
)
_SIGNS = frozenset({":palm_tree:", ":desert_island:", ":beach_with_umbrella:"})
_SICK = frozenset({":face_with_thermometer:"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with their time zone of this minute; `away` says until when, or is empty."""

    csm: Csm
    away: str = ""


async def look_up(desk: Desk, csm: Csm) -> Reader:
    """Ask Slack and remember; when it does not answer, what is known already has to do.

    Raises GuestRefused for somebody who may not use Steward any more.
    """
    if not csm.slack_user_id:
        return Reader(csm)
    try:
        profile = (await desk.client.users_info(user=csm.slack_user_id))["user"]
        fresh = await admit(desk, csm.slack_user_id, profile)
    except (*SLACK_TROUBLE, CsmUnknown, AddressTaken) as error:
        log.warning("Slack did not tell where %s is: %s", csm.id, error)
        return Reader(csm)
    zone = fresh.timezone or "UTC"
    return Reader(fresh, _away(profile.get("profile") or {}, zone, desk.now))


def _away(profile: dict[str, Any], zone: str, now: datetime) -> str:
    """Return until when a status says that somebody is away; empty when it says no such thing.

    Only a status that ends by itself counts: others are forgotten, and would silence the digest
    for good.
    """
    ends = profile.get("status_expiration") or 0
    sign, text = str(profile.get("status_emoji") or ""), str(profile.get("status_text") or "")
    if not ends or datetime.fromtimestamp(ends, UTC) <= now:
        return ""
    if sign not in _SIGNS | _SICK and not _AWAY.search(text):
        return ""
    local = datetime.fromtimestamp(ends, UTC).astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    return f"until {day(local.date(), today)}, {local:%H:%M}"
