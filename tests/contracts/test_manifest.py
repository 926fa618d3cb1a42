"""The manifest is one that Slack takes, and asks for what the code uses: no more, no less."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import jsonschema
import yaml
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import bot
from bot.cards.prompts import GENERAL
from bot.listeners import register

ROOT = Path(bot.__file__).parent.parent
SCHEMA = Path(__file__).parent / "slack" / "manifest.schema.2.0.0.json"

NEEDS: dict[str, frozenset[str]] = {
    "agents_sessions_setStatus": frozenset({"chat:write"}),
    "assistant_threads_setSuggestedPrompts": frozenset({"assistant:write"}),
    "apps_connections_open": frozenset(),  # with the app-level token, which has its own scope
    "api_test": frozenset(),
    "auth_test": frozenset(),
    "chat_appendStream": frozenset({"chat:write"}),
    "chat_getPermalink": frozenset(),
    "chat_postEphemeral": frozenset({"chat:write"}),
    "chat_postMessage": frozenset({"chat:write"}),
    "chat_startStream": frozenset({"chat:write"}),
    "chat_stopStream": frozenset({"chat:write"}),
    "chat_update": frozenset({"chat:write"}),
    "conversations_info": frozenset({"channels:read", "groups:read"}),
    "conversations_replies": frozenset({"im:history"}),
    "conversations_open": frozenset({"im:write"}),
    "oauth_v2_access": frozenset(),  # with the app's own secret
    "users_info": frozenset({"users:read", "users:read.email"}),
    "views_open": frozenset(),
    "views_publish": frozenset(),
    "views_push": frozenset(),
    "views_update": frozenset(),
}
"""The scopes that each Web API method needs, for what Steward does with it."""

HEARS: dict[str, tuple[str, frozenset[str]]] = {
    "agent_session_stopped": ("agent_session_stopped", frozenset()),
    "app_context_changed": ("app_context_changed", frozenset()),
    "app_home_opened": ("app_home_opened", frozenset()),
    "app_mention": ("app_mention", frozenset({"app_mentions:read"})),
    "app_uninstalled": ("app_uninstalled", frozenset()),
    "message": ("message.im", frozenset({"im:history"})),
    "tokens_revoked": ("tokens_revoked", frozenset()),
    "user_change": ("user_change", frozenset({"users:read"})),
}
"""What each listened event is subscribed as, and the scopes that it needs."""


def _manifest() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8")))


def test_it_fits_slacks_own_schema() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))

    errors = list(jsonschema.Draft7Validator(schema).iter_errors(_manifest()))

    assert [error.message for error in errors] == []


def test_it_is_an_agent_of_todays_kind() -> None:
    features = _manifest()["features"]

    assert "agent_view" in features
    assert "assistant_view" not in features
    assert features["app_home"]["home_tab_enabled"]
    assert features["app_home"]["messages_tab_enabled"]


def test_it_subscribes_to_exactly_what_is_listened_to() -> None:
    subscribed = _manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert sorted(subscribed) == sorted(HEARS[event][0] for event in _heard().events)


def test_it_asks_for_exactly_the_scopes_that_the_code_needs() -> None:
    used = set(_methods())
    needed = frozenset[str]().union(
        *(NEEDS[method] for method in used),
        *(HEARS[event][1] for event in _heard().events),
        {"commands"} if _heard().commands else (),
    )

    assert set(_manifest()["oauth_config"]["scopes"]["bot"]) == needed


def test_its_command_and_shortcut_are_those_that_are_answered() -> None:
    features, heard = _manifest()["features"], _heard()

    assert {one["command"] for one in features["slash_commands"]} == set(heard.commands)
    assert [one["callback_id"] for one in features["shortcuts"]] == heard.shortcuts


def test_every_scope_and_event_gives_its_reason() -> None:
    lines = (ROOT / "manifest.yml").read_text("utf-8").splitlines()
    names = {*_manifest()["oauth_config"]["scopes"]["bot"]} | {e for e, _ in HEARS.values()}

    bare = [line for line in lines if line.strip().startswith("- ") and line.split()[1] in names]

    assert len(bare) == len(names)
    assert all(" # " in line for line in bare)


def test_it_suggests_the_prompts_that_the_app_offers() -> None:
    prompts = _manifest()["features"]["agent_view"]["suggested_prompts"]

    assert tuple((one["title"], one["message"]) for one in prompts) == GENERAL


class _Listening:
    """Notes what is listened to, in the app's place."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.commands: list[str] = []
        self.shortcuts: list[str] = []

    def event(self, name: str) -> Callable[[object], object]:
        self.events.append(name)
        return lambda listener: listener

    def command(self, name: str, **_: object) -> Callable[[object], object]:
        self.commands.append(name)
        return lambda listener: listener

    def shortcut(self, name: str) -> Callable[[object], object]:
        self.shortcuts.append(name)
        return lambda listener: listener

    def __getattr__(self, _: str) -> Callable[..., object]:
        return lambda *_, **__: lambda listener: listener


def _heard() -> _Listening:
    listening = _Listening()
    register(cast("AsyncApp", listening))
    return listening


def _methods() -> Iterator[str]:
    """Yield every method that is called on one of the desk's clients."""
    for path in (ROOT / "bot").rglob("*.py"):
        if "playground" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                called = node.func.attr
                if name.strip("_") in ("client", "poster") and hasattr(AsyncWebClient, called):
                    yield called
