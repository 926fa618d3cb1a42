"""The methods that say who the app is and where: auth.test, team.info, bots.info, api.test."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack.arguments import words
from bot.playground.slack.backend import Backend, Method
from bot.playground.slack.identity import APP, BOT
from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.wire import Json


def _auth_test(backend: Backend, _: Json) -> Json:
    workspace = backend.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[workspace.bot_user].name,
        "team_id": workspace.team,
        "user_id": workspace.bot_user,
        "bot_id": BOT,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def _team_info(backend: Backend, _: Json) -> Json:
    workspace = backend.workspace
    return {"team": {"id": workspace.team, "name": workspace.name, "domain": workspace.domain}}


def _bots_info(backend: Backend, given: Json) -> Json:
    if words(given, "bot") not in ("", BOT):
        raise SlackRefusal("bot_not_found")
    bot = backend.workspace.users[backend.workspace.bot_user]
    return {
        "bot": {
            "id": BOT,
            "app_id": APP,
            "user_id": bot.id,
            "name": bot.real_name,
            "deleted": False,
            "icons": {},
        }
    }


def _api_test(_: Backend, given: Json) -> Json:
    return {"args": given}


METHODS: Mapping[str, Method] = {
    "auth.test": _auth_test,
    "team.info": _team_info,
    "bots.info": _bots_info,
    "api.test": _api_test,
}
