"""conversations.open, info, list, members, history and replies."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack.arguments import flag, page, words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.shaping import shown_channel
from bot.playground.slack.state import Channel
from bot.playground.slack.wire import Json


def direct(backend: Backend, user: str) -> Channel:
    """Return the direct message with a person, opened if it was not."""
    workspace = backend.workspace
    if user not in workspace.users or user == workspace.bot_user:
        raise SlackRefusal("user_not_found")
    opened = workspace.direct_channel(user)
    if opened is None:
        members = [user, workspace.bot_user]
        opened = Channel("D" + user[1:], "directmessage", members, is_im=True, user=user)
        workspace.channels[opened.id] = opened
        backend.changed()
    return opened


def conversation(backend: Backend, given: Json) -> Channel:
    """Return the conversation that the call names; a person's id means the DM with them."""
    name = words(given, "channel") or words(given, "channel_id")
    if name in backend.workspace.users:
        return direct(backend, name)
    channel = backend.workspace.channels.get(name)
    if channel is None:
        raise SlackRefusal("channel_not_found")
    return channel


def joined(backend: Backend, given: Json) -> Channel:
    """Return the conversation if the bot is in it and it is open; refuse otherwise."""
    channel = conversation(backend, given)
    if backend.workspace.bot_user not in channel.members:
        raise SlackRefusal("not_in_channel")
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    return channel


def _open(backend: Backend, given: Json) -> Json:
    people = given.get("users") or ""
    named = people if isinstance(people, list) else [p for p in str(people).split(",") if p]
    if words(given, "channel"):
        return {"channel": {"id": conversation(backend, given).id}}
    if len(named) != 1:
        raise SlackRefusal("users_list_not_supplied" if not named else "method_not_supported")
    known = backend.workspace.direct_channel(named[0]) is not None
    opened = direct(backend, named[0])
    shown = shown_channel(opened, backend.workspace) if flag(given, "return_im") else {}
    return {"channel": {"id": opened.id, **shown}, "already_open": known}


def _info(backend: Backend, given: Json) -> Json:
    return {"channel": shown_channel(conversation(backend, given), backend.workspace)}


def _list(backend: Backend, given: Json) -> Json:
    types = (words(given, "types") or "public_channel").split(",")
    wanted = [
        shown_channel(channel, backend.workspace)
        for channel in backend.workspace.channels.values()
        if ("im" if channel.is_im else "public_channel") in types
        and not (channel.is_archived and flag(given, "exclude_archived"))
    ]
    channels, onward = page(wanted, given)
    return {"channels": channels, "response_metadata": onward}


def _members(backend: Backend, given: Json) -> Json:
    everyone = [{"id": member} for member in conversation(backend, given).members]
    members, onward = page(everyone, given)
    return {"members": [m["id"] for m in members], "response_metadata": onward}


def _history(backend: Backend, given: Json) -> Json:
    channel = joined(backend, given)
    roots = [
        message
        for message in reversed(backend.workspace.in_order(channel.id))
        if _is_root(message) and _within(message["ts"], given)
    ]
    return _messages(roots, given)


def _replies(backend: Backend, given: Json) -> Json:
    channel = joined(backend, given)
    root = backend.workspace.message(channel.id, words(given, "ts"))
    if root is None:
        raise SlackRefusal("thread_not_found")
    thread = str(root.get("thread_ts", root["ts"]))
    first = backend.workspace.message(channel.id, thread)
    replies = [m for m in backend.workspace.replies(channel.id, thread) if _within(m["ts"], given)]
    return _messages([*([first] if first else []), *replies], given)


def _messages(found: list[Json], given: Json) -> Json:
    messages, onward = page(found, given)
    if not flag(given, "include_all_metadata"):
        messages = [{k: v for k, v in m.items() if k != "metadata"} for m in messages]
    return {
        "messages": messages,
        "has_more": bool(onward["next_cursor"]),
        "response_metadata": onward,
    }


def _is_root(message: Json) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])


def _within(ts: str, given: Json) -> bool:
    oldest, latest = float(words(given, "oldest") or 0), float(words(given, "latest") or "inf")
    if flag(given, "inclusive"):
        return oldest <= float(ts) <= latest
    return oldest < float(ts) < latest


METHODS: Mapping[str, Method] = {
    "conversations.open": _open,
    "conversations.info": _info,
    "conversations.list": _list,
    "conversations.members": _members,
    "conversations.history": _history,
    "conversations.replies": _replies,
}
