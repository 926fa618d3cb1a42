"""What Slack sends, and the same with something in it gone or replaced by nonsense."""

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from bot.legible import FORM, JSON
from bot.playground.slack.identity import APP, TEAM

Json = dict[str, Any]

_BUTTON = {"type": "button", "action_id": "recommendation.accept", "value": "r1"}
_MESSAGE = {
    "type": "message",
    "user": "U1",
    "ts": "1772539200.000100",
    "text": "Beta Inc",
    "blocks": [{"type": "actions", "block_id": "r1.v1", "elements": [_BUTTON]}],
}
_PLACE = {"team": {"id": TEAM}, "api_app_id": APP, "enterprise": None, "token": "t"}

SAMPLES: tuple[Json, ...] = (
    {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": TEAM,
        "api_app_id": APP,
        "authorizations": [{"team_id": TEAM, "user_id": "U9", "is_bot": True}],
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": "D1",
            "user": "U1",
            "text": "beta",
            "ts": "1772539200.000100",
        },
    },
    {
        "type": "event_callback",
        "event_id": "Ev2",
        "team_id": TEAM,
        "is_ext_shared_channel": True,
        "event": {"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"},
    },
    {
        "type": "block_actions",
        **_PLACE,
        "user": {"id": "U1", "team_id": TEAM},
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:1/hook",
        "container": {"type": "message", "channel_id": "D1", "message_ts": "1772539200.000100"},
        "channel": {"id": "D1", "name": "direct"},
        "message": _MESSAGE,
        "actions": [{**_BUTTON, "block_id": "r1.v1", "action_ts": "1"}],
    },
    {
        "type": "view_submission",
        **_PLACE,
        "user": {"id": "U1", "team_id": TEAM},
        "trigger_id": "1.2.4",
        "response_urls": [],
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": "recommendation.dismiss",
            "private_metadata": '{"recommendation": "r1", "version": 1}',
            "title": {"type": "plain_text", "text": "Dismiss"},
            "blocks": [{"type": "input", "block_id": "reason"}],
            "state": {"values": {"reason": {"reason": {"value": "no"}}}},
        },
    },
    {
        "type": "message_action",
        **_PLACE,
        "user": {"id": "U1"},
        "channel": {"id": "C1", "name": "customers"},
        "callback_id": "account.next",
        "trigger_id": "1.2.5",
        "message_ts": "1772539200.000100",
        "message": _MESSAGE,
    },
    {
        "command": "/steward",
        "text": "help",
        "user_id": "U1",
        "channel_id": "C1",
        "channel_name": "customers",
        "team_id": TEAM,
        "api_app_id": APP,
        "trigger_id": "1.2.6",
        "response_url": "http://127.0.0.1:1/hook",
    },
)

NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request's body and its content type."""

    body: bytes
    kind: str


def sent(said: Json) -> Sent:
    """Return a payload as Slack brings it: an event as JSON, all else as a form."""
    if "command" in said:
        return Sent(urlencode(said, errors="replace").encode(), FORM)
    text = json.dumps(said)
    if said.get("type") == "event_callback":
        return Sent(text.encode(), JSON)
    return Sent(urlencode({"payload": text}).encode(), FORM)


@st.composite
def spoiled(draw: st.DrawFn) -> Sent:
    """Draw a payload in which up to three things are gone or something else."""
    said = deepcopy(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 3))):
        _spoil(draw, said)
    return sent(said)


def _spoil(draw: st.DrawFn, said: Json) -> None:
    holder, key = draw(st.sampled_from(_places(said)))
    if draw(st.booleans()):
        holder[key] = draw(NONSENSE)
    else:
        del holder[key]


def _places(one: Any) -> list[tuple[Any, Any]]:
    keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
    own = [(one, key) for key in keys]
    return own + [place for key in keys for place in _places(one[key])] or [({"x": 1}, "x")]
