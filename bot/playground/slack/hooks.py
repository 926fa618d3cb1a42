"""What an app may do through a response URL: add, replace or delete a message."""

from __future__ import annotations

from bot.playground.slack import limits
from bot.playground.slack.arguments import flag, words
from bot.playground.slack.backend import Backend
from bot.playground.slack.methods.chat import checked_content, compose, revise, store
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.state import Ephemeral
from bot.playground.slack.triggers import Hook
from bot.playground.slack.wire import Json


def respond(backend: Backend, name: str, given: Json) -> None:
    """Carry out one answer to a response URL; refuse when it is late or used up."""
    hook = backend.hooks.use(name)
    if flag(given, "delete_original"):
        _delete(backend, hook)
    elif flag(given, "replace_original"):
        revise(backend, _original(backend, hook), given)
    else:
        _add(backend, hook, given)
    backend.changed()


def _original(backend: Backend, hook: Hook) -> Json:
    held = [e.message for e in backend.workspace.ephemerals]
    hidden = next((m for m in held if m["ts"] == hook.ts), None)
    message = hidden if hook.is_ephemeral else backend.workspace.message(hook.channel, hook.ts)
    if message is None:
        raise SlackRefusal("message_not_found")
    return message


def _delete(backend: Backend, hook: Hook) -> None:
    if hook.is_ephemeral:
        kept = [e for e in backend.workspace.ephemerals if e.message["ts"] != hook.ts]
        backend.workspace.ephemerals = kept
    else:
        backend.workspace.messages.get(hook.channel, {}).pop(hook.ts, None)


def _add(backend: Backend, hook: Hook, given: Json) -> None:
    content = checked_content(backend, given, limits.POSTED_TEXT)
    message = compose(backend, given, content)
    if words(given, "response_type") == "in_channel":
        store(backend, backend.workspace.channels[hook.channel], message)
        return
    thread = {"thread_ts": hook.thread_ts} if hook.thread_ts else {}
    hidden = {**message, **thread, "is_ephemeral": True}
    backend.workspace.ephemerals.append(Ephemeral(hook.channel, hook.user, hidden))
