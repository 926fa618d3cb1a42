"""views.open, push, update and publish: modals in a stack of three, and the Home tab."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.playground.slack import limits
from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.blocks import faults_of_view
from bot.playground.slack.identity import APP, BOT
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.shaping import with_ids
from bot.playground.slack.wire import Json


def put_on_top(backend: Backend, user: str, view: object) -> Json:
    """Show a modal above those that a person has open."""
    stack = backend.workspace.stacks.setdefault(user, [])
    if len(stack) >= limits.VIEWS_IN_A_STACK:
        raise SlackRefusal("push_limit_reached")
    shown = _new(backend, _checked(view, "modal"))
    shown["previous_view_id"] = stack[-1] if stack else None
    shown["root_view_id"] = stack[0] if stack else shown["id"]
    stack.append(shown["id"])
    backend.workspace.views[shown["id"]] = shown
    backend.changed()
    return shown


def replace(backend: Backend, shown: Json, view: object) -> Json:
    """Change what an open view shows, under the same id and with a new hash."""
    shown.update(_content(backend, _checked(view, shown["type"])))
    backend.changed()
    return shown


def take_off(backend: Backend, user: str, *, everything: bool = False) -> None:
    """Close the top modal of a person, or all of them."""
    stack = backend.workspace.stacks.get(user, [])
    closing = stack[:] if everything else stack[-1:]
    for view in closing:
        stack.remove(view)
        backend.workspace.views.pop(view, None)
    backend.changed()


def _open(backend: Backend, given: Json) -> Json:
    _checked(given.get("view"), "modal")
    trigger = backend.triggers.exchange(given.get("trigger_id"))
    take_off(backend, trigger.user, everything=True)
    return {"view": put_on_top(backend, trigger.user, given.get("view"))}


def _push(backend: Backend, given: Json) -> Json:
    _checked(given.get("view"), "modal")
    trigger = backend.triggers.exchange(given.get("trigger_id"))
    if trigger.view not in backend.workspace.stacks.get(trigger.user, []):
        raise SlackRefusal("invalid_trigger_id")
    return {"view": put_on_top(backend, trigger.user, given.get("view"))}


def _update(backend: Backend, given: Json) -> Json:
    shown = _find(backend, words(given, "view_id"), words(given, "external_id"))
    if shown is None:
        raise SlackRefusal("not_found")
    _check_hash(shown, given)
    return {"view": replace(backend, shown, given.get("view"))}


def _publish(backend: Backend, given: Json) -> Json:
    user = words(given, "user_id")
    if user not in backend.workspace.users:
        raise SlackRefusal("user_not_found")
    view = _checked(given.get("view"), "home")
    shown = backend.workspace.homes.get(user)
    if shown is None:
        shown = backend.workspace.homes[user] = _new(backend, view)
        backend.changed()
        return {"view": shown}
    _check_hash(shown, given)
    return {"view": replace(backend, shown, view)}


def _find(backend: Backend, view_id: str, external_id: str) -> Json | None:
    shown = [*backend.workspace.views.values(), *backend.workspace.homes.values()]
    named = (v for v in shown if v["id"] == view_id)
    other = (v for v in shown if external_id and v["external_id"] == external_id)
    return next(named, None) or next(other, None)


def _check_hash(shown: Json, given: Json) -> None:
    if words(given, "hash") not in ("", shown["hash"]):
        raise SlackRefusal("hash_conflict")


def _checked(view: object, kind: str) -> Json:
    if not isinstance(view, dict) or view.get("type") != kind:
        raise SlackRefusal(
            "invalid_arguments", [f"[ERROR] must be {kind} [json-pointer:/view/type]"]
        )
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise SlackRefusal("view_too_large")
    faults = faults_of_view(view)
    if faults:
        raise SlackRefusal("invalid_arguments", faults)
    return view


def _new(backend: Backend, view: Json) -> Json:
    name = "V" + backend.ids()
    return {
        "id": name,
        "team_id": backend.workspace.team,
        "app_id": APP,
        "bot_id": BOT,
        "app_installed_team_id": backend.workspace.team,
        "previous_view_id": None,
        "root_view_id": name,
        **_content(backend, view),
    }


def _content(backend: Backend, view: Json) -> Json:
    return {
        "type": view["type"],
        "blocks": with_ids(view.get("blocks", []), backend.ids),
        "title": view.get("title"),
        "submit": view.get("submit"),
        "close": view.get("close"),
        "callback_id": view.get("callback_id", ""),
        "private_metadata": view.get("private_metadata", ""),
        "external_id": view.get("external_id", ""),
        "clear_on_close": view.get("clear_on_close", False),
        "notify_on_close": view.get("notify_on_close", False),
        "submit_disabled": view.get("submit_disabled", False),
        "state": {"values": {}},
        "hash": f"{backend.timestamps.next()}.{backend.ids()[:6]}",
    }


METHODS: Mapping[str, Method] = {
    "views.open": _open,
    "views.push": _push,
    "views.update": _update,
    "views.publish": _publish,
}
