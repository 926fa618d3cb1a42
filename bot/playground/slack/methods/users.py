"""users.info, users.list and users.lookupByEmail."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack.arguments import page, words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.shaping import shown_user
from bot.playground.slack.state import User
from bot.playground.slack.wire import Json


def _info(backend: Backend, given: Json) -> Json:
    user = backend.workspace.users.get(words(given, "user"))
    if user is None:
        raise SlackRefusal("user_not_found")
    return {"user": _shown(backend, user)}


def _list(backend: Backend, given: Json) -> Json:
    everyone = [_shown(backend, user) for user in backend.workspace.users.values()]
    members, onward = page(everyone, given)
    return {"members": members, "response_metadata": onward}


def _lookup_by_email(backend: Backend, given: Json) -> Json:
    wanted = words(given, "email").casefold()
    for user in backend.workspace.users.values():
        if wanted and not user.is_bot and user.email.casefold() == wanted:
            return {"user": _shown(backend, user)}
    raise SlackRefusal("users_not_found")


def _shown(backend: Backend, user: User) -> Json:
    return shown_user(user, backend.workspace.team, backend.clock())


METHODS: Mapping[str, Method] = {
    "users.info": _info,
    "users.list": _list,
    "users.lookupByEmail": _lookup_by_email,
}
