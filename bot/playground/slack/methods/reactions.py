"""reactions.add and reactions.remove."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.methods.conversations import joined
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.wire import Json


def _message(backend: Backend, given: Json) -> Json:
    message = backend.workspace.message(joined(backend, given).id, words(given, "timestamp"))
    if message is None:
        raise SlackRefusal("message_not_found")
    return message


def _add(backend: Backend, given: Json) -> Json:
    name = words(given, "name")
    if not name:
        raise SlackRefusal("invalid_name")
    reactions = _message(backend, given).setdefault("reactions", [])
    reaction = next((r for r in reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if backend.workspace.bot_user in reaction["users"]:
        raise SlackRefusal("already_reacted")
    reaction["users"].append(backend.workspace.bot_user)
    reaction["count"] += 1
    backend.changed()
    return {}


def _remove(backend: Backend, given: Json) -> Json:
    message, name = _message(backend, given), words(given, "name")
    reaction = next((r for r in message.get("reactions", []) if r["name"] == name), None)
    if reaction is None or backend.workspace.bot_user not in reaction["users"]:
        raise SlackRefusal("no_reaction")
    reaction["users"].remove(backend.workspace.bot_user)
    reaction["count"] -= 1
    message["reactions"] = [r for r in message["reactions"] if r["count"]]
    backend.changed()
    return {}


METHODS: Mapping[str, Method] = {"reactions.add": _add, "reactions.remove": _remove}
