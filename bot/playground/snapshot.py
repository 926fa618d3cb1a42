"""What the page draws: the whole workspace as one person sees it, as one JSON object."""

from __future__ import annotations

from bot.playground.slack import LocalSlack
from bot.playground.slack.state import Channel, User
from bot.playground.slack.wire import Json

MESSAGES_SHOWN = 200


def snapshot(slack: LocalSlack, user: str) -> Json:
    """Return everything that one person sees at this moment, to be written out at once."""
    workspace = slack.backend.workspace
    mine = [c for c in workspace.channels.values() if user in c.members]
    return {
        "revision": slack.backend.changes.revision,
        "workspace": workspace.name,
        "user": user,
        "bot": workspace.bot_user,
        "people": slack.people,
        "users": [_person(u) for u in workspace.users.values()],
        "conversations": [_conversation(slack, c, user) for c in mine],
        "shortcuts": [{"id": id, "name": name} for id, name in slack.shortcuts.items()],
        "home": workspace.homes.get(user),
        "view": slack.open_view(user),
    }


def _person(user: User) -> Json:
    return {"id": user.id, "name": user.real_name, "is_bot": user.is_bot}


def _conversation(slack: LocalSlack, channel: Channel, user: str) -> Json:
    workspace = slack.backend.workspace
    hidden = [e.message for e in workspace.ephemerals if e.user == user and e.channel == channel.id]
    shown = [*workspace.in_order(channel.id)[-MESSAGES_SHOWN:], *hidden]
    prompts = workspace.prompts.get(channel.id)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.is_im,
        "messages": [m | {"channel": channel.id} for m in sorted(shown, key=_ts)],
        "statuses": _statuses(slack, channel),
        "stoppable": _stoppable(slack, channel),
        "prompts": prompts.prompts if prompts else [],
        "prompts_title": prompts.title if prompts else "",
    }


def _ts(message: Json) -> float:
    return float(message["ts"])


def _stoppable(slack: LocalSlack, channel: Channel) -> list[str]:
    """Return the threads whose session is under way: Slack shows its Stop button there."""
    held = slack.backend.workspace.statuses.items()
    return [t for (c, t), status in held if c == channel.id and status.session == "processing"]


def _statuses(slack: LocalSlack, channel: Channel) -> Json:
    threads = [t for c, t in slack.backend.workspace.statuses if c == channel.id]
    said = {thread: slack.status(channel.id, thread) for thread in threads}
    return {thread: text for thread, text in said.items() if text}
