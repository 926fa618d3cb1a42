"""Shapes users, conversations and blocks the way Slack shows them to an app."""

from __future__ import annotations

import copy
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.slack.elements import elements_of
from bot.playground.slack.identity import Ids
from bot.playground.slack.state import Channel, User, Workspace
from bot.playground.slack.wire import Json


def shown_user(user: User, team: str, now: datetime) -> Json:
    """Return a person as `users.info` does."""
    offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
    return {
        "id": user.id,
        "team_id": user.team or team,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.name,
            "status_emoji": user.status_emoji,
            "status_text": user.status_text,
            "status_expiration": user.status_expiration,
            **({} if user.is_bot else {"email": user.email}),
        },
        "is_admin": False,
        "is_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        **({"is_stranger": True} if user.team else {}),
        "updated": 0,
    }


def shown_channel(channel: Channel, workspace: Workspace) -> Json:
    """Return a conversation as `conversations.info` does."""
    common = {
        "id": channel.id,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_channel": not channel.is_im,
        "is_mpim": False,
        "is_group": False,
        "is_private": channel.is_im,
        "is_shared": False,
        "is_ext_shared": channel.is_ext_shared,
        "is_member": workspace.bot_user in channel.members,
        "context_team_id": workspace.team,
    }
    if channel.is_im:
        return {**common, "user": channel.user, "is_open": True}
    return {**common, "name": channel.name, "num_members": len(channel.members)}


def with_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """Return a copy of the blocks in which every block and action has an id, as Slack gives."""
    named = copy.deepcopy(blocks)
    for block in named:
        if not block.get("block_id") or block["type"] == "markdown":
            block["block_id"] = ids()[:5]
        for element in elements_of(block):
            if element["type"] not in ("image", "mrkdwn", "plain_text"):
                element.setdefault("action_id", ids()[:5])
    return named
