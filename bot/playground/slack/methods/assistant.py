"""What an agent says about itself: status, suggested prompts, titles and sessions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack import limits
from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.methods.conversations import conversation
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.state import Prompts, Status, ThreadKey
from bot.playground.slack.wire import Json

SESSION_STATES = ("active", "processing", "suspended", "closed")


def session_state(backend: Backend, key: ThreadKey, state: str) -> None:
    """Show in a thread that its session is under way, or no longer."""
    if state == "processing":
        status = Status("is thinking…", backend.clock(), session=state)
        backend.workspace.statuses[key] = status
    else:
        backend.workspace.statuses.pop(key, None)
    backend.changed()


def _set_status(backend: Backend, given: Json) -> Json:
    loading = given.get("loading_messages") or []
    if len(loading) > limits.LOADING_MESSAGES:
        raise SlackRefusal("invalid_arguments")
    key = (conversation(backend, given).id, words(given, "thread_ts"))
    text = words(given, "status")
    backend.workspace.statuses.pop(key, None)
    if text:
        shown = str(loading[0]) if loading else text
        backend.workspace.statuses[key] = Status(shown, backend.clock())
    backend.changed()
    return {}


def _set_prompts(backend: Backend, given: Json) -> Json:
    prompts = given.get("prompts")
    if not isinstance(prompts, list) or len(prompts) > limits.SUGGESTED_PROMPTS:
        raise SlackRefusal("invalid_arguments")
    if any(not prompt.get("title") or not prompt.get("message") for prompt in prompts):
        raise SlackRefusal("invalid_arguments")
    channel = conversation(backend, given)
    backend.workspace.prompts[channel.id] = Prompts(words(given, "title"), prompts)
    backend.changed()
    return {}


def _set_title(backend: Backend, given: Json) -> Json:
    key = (conversation(backend, given).id, words(given, "thread_ts"))
    _entitle(backend, key, words(given, "title"))
    backend.changed()
    return {}


def _entitle(backend: Backend, key: ThreadKey, title: str) -> None:
    if not title or len(title) > limits.SESSION_TITLE:
        raise SlackRefusal("invalid_arguments")
    backend.workspace.titles[key] = title


def _set_session(backend: Backend, given: Json) -> Json:
    state = words(given, "status")
    if state not in SESSION_STATES:
        raise SlackRefusal("invalid_arguments")
    key = (conversation(backend, given).id, words(given, "thread_ts"))
    if title := words(given, "title"):
        _entitle(backend, key, title)
    session_state(backend, key, state)
    return {}


METHODS: Mapping[str, Method] = {
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _set_title,
    "agents.sessions.setStatus": _set_session,
    "agents.sessions.rename": _set_title,
}
