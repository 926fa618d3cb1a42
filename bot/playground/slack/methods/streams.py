"""chat.startStream, appendStream and stopStream: a message that grows while it is written."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack import limits
from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.methods.assistant import session_state
from bot.playground.slack.methods.chat import checked_content, compose, own, store
from bot.playground.slack.methods.conversations import joined
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.state import Channel, Stream
from bot.playground.slack.wire import Json


def stop_streams(backend: Backend, channel: Channel, thread_ts: str) -> list[str]:
    """End what grows in a thread because its person said so; return which messages those were."""
    held = backend.workspace.streams
    stopped = [
        ts
        for (place, ts), stream in held.items()
        if place == channel.id and stream.thread_ts == thread_ts and not stream.ended
    ]
    for ts in stopped:
        held[(channel.id, ts)].ended = "stopped_by_user"
    return stopped


def _start(backend: Backend, given: Json) -> Json:
    channel, thread_ts = joined(backend, given), words(given, "thread_ts")
    if not thread_ts:
        raise SlackRefusal("invalid_arguments")
    if not channel.is_im and not words(given, "recipient_user_id"):
        raise SlackRefusal("missing_recipient_user_id")
    message = store(backend, channel, compose(backend, given, {"text": "", "blocks": []}))
    key = (channel.id, message["ts"])
    backend.workspace.streams[key] = Stream(thread_ts, backend.clock())
    session_state(backend, (channel.id, thread_ts), "processing")
    _grow(backend, message, key, words(given, "markdown_text"))
    return {"channel": channel.id, "ts": message["ts"]}


def _append(backend: Backend, given: Json) -> Json:
    channel = joined(backend, given)
    message, key = _streaming(backend, channel, given)
    _grow(backend, message, key, words(given, "markdown_text"))
    return {"channel": channel.id, "ts": message["ts"]}


def _stop(backend: Backend, given: Json) -> Json:
    channel = joined(backend, given)
    message, key = _streaming(backend, channel, given)
    _grow(backend, message, key, words(given, "markdown_text"))
    if given.get("blocks"):
        content = checked_content(backend, given | {"text": message["text"]}, limits.POSTED_TEXT)
        message["blocks"] = [*message["blocks"], *content["blocks"]]
    stream = backend.workspace.streams[key]
    stream.ended = "message_not_in_streaming_state"
    state = words(given, "session_status") or "active"
    session_state(backend, (channel.id, stream.thread_ts), state)
    backend.changed()
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def _streaming(backend: Backend, channel: Channel, given: Json) -> tuple[Json, tuple[str, str]]:
    """Return the message that grows; refuse when it does no longer."""
    message = own(backend, channel, words(given, "ts"), "message_not_owned_by_app")
    key = (channel.id, message["ts"])
    stream = backend.workspace.streams.get(key)
    if stream is None:
        raise SlackRefusal("message_not_in_streaming_state")
    age = (backend.clock() - stream.began).total_seconds()
    if stream.ended or age > limits.STREAM_SECONDS:
        raise SlackRefusal(stream.ended or "message_not_in_streaming_state")
    return message, key


def _grow(backend: Backend, message: Json, key: tuple[str, str], text: str) -> None:
    stream = backend.workspace.streams[key]
    if len(stream.text) + len(text) > limits.MARKDOWN_PER_PAYLOAD:
        raise SlackRefusal("msg_too_long")
    stream.text += text
    if stream.text:
        message["text"] = stream.text
        message["blocks"] = [{"type": "markdown", "block_id": "stream", "text": stream.text}]
    backend.changed()


METHODS: Mapping[str, Method] = {
    "chat.startStream": _start,
    "chat.appendStream": _append,
    "chat.stopStream": _stop,
}
