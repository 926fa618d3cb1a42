"""What the page draws: the whole workspace as one person sees it, as one JSON object."""

from __future__ import annotations

from bot.playground.slack import LocalSlack
from bot.playground.slack.state import Channel, User
from bot.playground.slack.wire import Json

MESSAGES_SHOWN = 300


def snapshot(slack: LocalSlack, user: str) -> Json:
    """Return everything that one person sees at this moment."""
    workspace = slack.backend.workspace
    mine = [c for c in workspace.channels.values() if user in c.members]
    return {
        "revision": slack.backend.changes.revision,
        "workspace": workspace.name,
        "user": user,
        "bot": workspace.bot_user,
        "users": [_person(u) for u in workspace.users.values()],
        "conversations": [_conversation(slack, c, user) for c in mine],
        "home": slack.home(user),
        "view": slack.open_view(user),
        "depth": len(workspace.stacks.get(user, [])),
    }


def people(slack: LocalSlack) -> list[User]:
    """Return those whom the page can act as, in the order in which they were added."""
    return [u for u in slack.backend.workspace.users.values() if not u.is_bot]


def _person(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "is_bot": user.is_bot,
    }


def _conversation(slack: LocalSlack, channel: Channel, user: str) -> Json:
    hidden = [m for m in slack.ephemerals(user) if m["channel"] == channel.id]
    shown = [*slack.messages(channel.id)[-MESSAGES_SHOWN:], *hidden]
    prompts = slack.backend.workspace.prompts.get(channel.id)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.is_im,
        "messages": sorted(shown, key=lambda m: float(m["ts"])),
        "statuses": _statuses(slack, channel),
        "prompts": prompts.prompts if prompts else [],
        "prompts_title": prompts.title if prompts else "",
    }


def _statuses(slack: LocalSlack, channel: Channel) -> Json:
    threads = [t for c, t in slack.backend.workspace.statuses if c == channel.id]
    said = {thread: slack.status(channel.id, thread) for thread in threads}
    return {thread: text for thread, text in said.items() if text}
