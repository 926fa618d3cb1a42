"""Which account a channel's name suggests: a hint where none is named, and no permission."""

import re
from typing import Any

from bot.desk import Desk
from bot.language.text import words as word_set
from bot.posting import SLACK_TROUBLE
from bot.tools.naming import known_names
from bot.tools.tool import Asker
from core.errors import StewardError
from storage.accounts import Named

_AROUND = word_set(
    "acct account accounts acc customer customers client clients cust cs csm success ext external "
    "int internal shared team proj project deal renewal onboarding support help"
)
"""What channels of customers are called besides the customer."""

_SEPARATORS = re.compile(r"[-_.\s]+")


async def look_at(desk: Desk, channel: str) -> dict[str, Any]:
    """Return what Slack tells of a channel, nothing where Steward may not see it."""
    try:
        found = await desk.client.conversations_info(channel=channel)
    except SLACK_TROUBLE:
        return {}
    return dict(found["channel"])


async def account_near(desk: Desk, asker: Asker, channel_name: str) -> Named | None:
    """Return the one account of the asker's that a channel is named after, None if there is none.

    “acct-beta-inc” is Beta Inc to whoever may see Beta Inc.
    """
    said = [word for word in _SEPARATORS.split(channel_name.lower()) if word]
    named = " ".join(word for word in said if word not in _AROUND)
    if not named:
        return None
    try:
        return (await known_names(asker, desk.services)).resolve(named)
    except StewardError:
        return None
