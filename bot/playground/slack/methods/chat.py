"""chat.postMessage, update, delete, postEphemeral and getPermalink."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.slack import limits
from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.blocks import faults_of_blocks
from bot.playground.slack.identity import APP, BOT
from bot.playground.slack.methods.conversations import conversation, joined
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.shaping import with_ids
from bot.playground.slack.state import Channel, Ephemeral
from bot.playground.slack.wire import Json


def checked_content(backend: Backend, given: Json, most: int) -> Json:
    """Return the text and blocks of a message after Slack's checks; note a missing text."""
    text, blocks = words(given, "text"), given.get("blocks")
    if not (text or blocks or given.get("attachments")):
        raise SlackRefusal("no_text")
    if len(text) > most:
        raise SlackRefusal("msg_too_long")
    if blocks is not None:
        _check_blocks(blocks)
    if blocks and not text.strip():
        backend.textless.append(given)
    named = {"blocks": with_ids(blocks, backend.ids)} if blocks else {}
    return {"text": text, **named}


def store(backend: Backend, channel: Channel, message: Json) -> Json:
    """Put a message into a conversation, count it in its thread, and return it."""
    backend.workspace.messages.setdefault(channel.id, {})[message["ts"]] = message
    root = backend.workspace.message(channel.id, message.get("thread_ts", ""))
    if root is not None and root is not message:
        _count_reply(root, message)
    backend.changed()
    return message


def settle_status(backend: Backend, channel: Channel, thread_ts: str) -> None:
    """Clear what the app said it was doing in a thread, as Slack does when it posts there."""
    status = backend.workspace.statuses.get((channel.id, thread_ts))
    if status is not None and status.session != "processing":
        del backend.workspace.statuses[(channel.id, thread_ts)]


def revise(backend: Backend, message: Json, given: Json) -> Json:
    """Change a message in place: new text, and new blocks when they are given."""
    content = checked_content(backend, given, limits.UPDATED_TEXT)
    message["text"] = content["text"] or message["text"]
    if given.get("blocks") is not None:
        message["blocks"] = content.get("blocks", [])
    if isinstance(given.get("metadata"), dict):
        message["metadata"] = _metadata(given)["metadata"]
    message["edited"] = {"user": backend.workspace.bot_user, "ts": backend.timestamps.next()}
    backend.changed()
    return message


def compose(backend: Backend, given: Json, content: Json) -> Json:
    """Return a new message of the bot, not yet shown anywhere."""
    thread_ts = words(given, "thread_ts")
    return {
        "type": "message",
        "user": backend.workspace.bot_user,
        "bot_id": BOT,
        "app_id": APP,
        "team": backend.workspace.team,
        "ts": backend.timestamps.next(),
        **content,
        **({"thread_ts": thread_ts} if thread_ts else {}),
        **_metadata(given),
    }


def _post(backend: Backend, given: Json) -> Json:
    channel = joined(backend, given)
    content = checked_content(backend, given, limits.POSTED_TEXT)
    _check_thread(backend, channel, words(given, "thread_ts"))
    message = store(backend, channel, compose(backend, given, content))
    settle_status(backend, channel, words(given, "thread_ts"))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def _update(backend: Backend, given: Json) -> Json:
    channel = conversation(backend, given)
    message = own(backend, channel, words(given, "ts"), "cant_update_message")
    revise(backend, message, given)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def _delete(backend: Backend, given: Json) -> Json:
    channel = conversation(backend, given)
    message = own(backend, channel, words(given, "ts"), "cant_delete_message")
    del backend.workspace.messages[channel.id][message["ts"]]
    backend.changed()
    return {"channel": channel.id, "ts": message["ts"]}


def _post_ephemeral(backend: Backend, given: Json) -> Json:
    channel, user = joined(backend, given), words(given, "user")
    if user not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    content = checked_content(backend, given, limits.POSTED_TEXT)
    message = compose(backend, given, content) | {"is_ephemeral": True}
    backend.workspace.ephemerals.append(Ephemeral(channel.id, user, message))
    backend.changed()
    return {"message_ts": message["ts"]}


def _permalink(backend: Backend, given: Json) -> Json:
    channel, ts = conversation(backend, given), words(given, "message_ts")
    if backend.workspace.message(channel.id, ts) is None:
        raise SlackRefusal("message_not_found")
    home = f"https://{backend.workspace.domain}.slack.com"
    return {
        "channel": channel.id,
        "permalink": f"{home}/archives/{channel.id}/p{ts.replace('.', '')}",
    }


def _check_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list):
        raise SlackRefusal("invalid_blocks_format")
    faults = faults_of_blocks(blocks, "message")
    if faults:
        raise SlackRefusal("invalid_blocks", faults)
    if len(json.dumps(blocks, ensure_ascii=False)) > limits.BLOCKS_CHARACTERS:
        raise SlackRefusal("msg_blocks_too_long")


def _check_thread(backend: Backend, channel: Channel, thread_ts: str) -> None:
    root = backend.workspace.message(channel.id, thread_ts)
    if root is not None and root.get("thread_ts", thread_ts) != thread_ts:
        raise SlackRefusal("invalid_thread_ts")


def _metadata(given: Json) -> Json:
    metadata = given.get("metadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, dict) or not ({"event_type", "entities"} & metadata.keys()):
        raise SlackRefusal("invalid_metadata_format")
    return {"metadata": metadata}


def own(backend: Backend, channel: Channel, ts: str, otherwise: str) -> Json:
    """Return one of the app's own messages; refuse with `otherwise` when somebody else wrote it."""
    message = backend.workspace.message(channel.id, ts)
    if message is None:
        raise SlackRefusal("message_not_found")
    if message["user"] != backend.workspace.bot_user:
        raise SlackRefusal(otherwise)
    return message


def _count_reply(root: Json, reply: Json) -> None:
    root["thread_ts"] = root["ts"]
    root["reply_count"] = root.get("reply_count", 0) + 1
    root["latest_reply"] = reply["ts"]
    repliers = root.setdefault("reply_users", [])
    if reply["user"] not in repliers:
        repliers.append(reply["user"])


METHODS: Mapping[str, Method] = {
    "chat.postMessage": _post,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.postEphemeral": _post_ephemeral,
    "chat.getPermalink": _permalink,
}
