"""The payloads that Slack sends to an app: events, clicks, submitted and closed views."""

from __future__ import annotations

from bot.playground.slack.backend import Backend
from bot.playground.slack.identity import APP, TEAM, VERIFICATION_TOKEN
from bot.playground.slack.state import Channel
from bot.playground.slack.typed import message_text, rich_text
from bot.playground.slack.wire import Json


def envelope(backend: Backend, event: Json) -> Json:
    """Return an event as the Events API wraps it."""
    team = backend.workspace.team
    event_id = "Ev" + backend.ids()
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(backend.clock().timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": backend.workspace.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def typed_message(backend: Backend, user: str, text: str, thread_ts: str) -> Json:
    """Return the message that a person's typing makes."""
    return {
        "type": "message",
        "user": user,
        "ts": backend.timestamps.next(),
        "client_msg_id": f"{backend.ids()}-{backend.ids()}".lower(),
        "text": message_text(text),
        "team": backend.workspace.team,
        "blocks": [rich_text(text, backend.ids()[:5])],
        **({"thread_ts": thread_ts} if thread_ts else {}),
    }


def message_event(backend: Backend, channel: Channel, message: Json) -> Json:
    """Return the `message` event of a direct message; `app_mention` in a channel."""
    event = {k: v for k, v in message.items() if k not in ("reply_count", "latest_reply")}
    event |= {"channel": channel.id, "event_ts": message["ts"]}
    root = backend.workspace.message(channel.id, message.get("thread_ts", ""))
    if root is not None and root is not message:
        event["parent_user_id"] = root["user"]
    if channel.is_im:
        return event | {"channel_type": "im"}
    return event | {"type": "app_mention"}


def home_event(backend: Backend, user: str, channel: Channel, tab: str) -> Json:
    """Return the `app_home_opened` event of one tab."""
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": tab,
        "event_ts": backend.timestamps.next(),
    }
    view = backend.workspace.homes.get(user)
    return event | {"view": view} if view and tab == "home" else event


def stop_event(
    channel: Channel, user: str, thread_ts: str, event_ts: str, stopped: list[str]
) -> Json:
    """Return the event of the Stop button of a session; `stopped` are messages that grew."""
    return {
        "type": "agent_session_stopped",
        "user": user,
        "channel": channel.id,
        "thread_ts": thread_ts,
        "streaming_message_ts": stopped,
        "event_ts": event_ts,
    }


def looking_event(channel: Channel, user: str, at: str, event_ts: str) -> Json:
    """Return the event of a person looking at another channel beside the app."""
    return {
        "type": "app_context_changed",
        "user": user,
        "channel": channel.id,
        "context": context_of(at),
        "event_ts": event_ts,
    }


def context_of(channel: str) -> Json:
    """Return what Slack tells of a person who looks at a channel, nothing for none."""
    if not channel:
        return {}
    return {"entities": [{"type": "slack#/types/channel_id", "value": channel, "team_id": TEAM}]}


def command(backend: Backend, user: str, channel: Channel, name: str, text: str) -> Json:
    """Return the form of a slash command; its response URL is added by who sends it."""
    person = backend.workspace.users[user]
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": backend.workspace.team,
        "team_domain": backend.workspace.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user,
        "user_name": person.name,
        "command": name,
        "text": message_text(text),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "trigger_id": backend.triggers.issue(user),
    }


def interaction(backend: Backend, kind: str, user: str) -> Json:
    """Return what every interactive payload has in common."""
    person = backend.workspace.users[user]
    team = {"id": backend.workspace.team, "domain": backend.workspace.domain}
    return {
        "type": kind,
        "user": {
            "id": user,
            "username": person.name,
            "name": person.name,
            "team_id": backend.workspace.team,
        },
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "team": team,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_place(backend: Backend, user: str, channel: Channel, message: Json) -> Json:
    """Return the part of a click that says on which message it happened."""
    hidden = bool(message.get("is_ephemeral"))
    thread = message.get("thread_ts", "")
    hook = backend.hooks.issue(
        user=user, channel=channel.id, message_ts=message["ts"], thread_ts=thread, hidden=hidden
    )
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": hidden,
        **({"thread_ts": thread} if thread else {}),
    }
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        **({} if hidden else {"message": message}),
        "trigger_id": backend.triggers.issue(user),
        "response_url": hook,
    }


def view_place(backend: Backend, user: str, view: Json) -> Json:
    """Return the part of a click that says in which view it happened."""
    return {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "trigger_id": backend.triggers.issue(user, view["id"]),
    }


def action(backend: Backend, block: Json, element: Json, entered: Json) -> Json:
    """Return one entry of `actions`: the element that was used and what was entered."""
    kept = ("action_id", "type", "text", "value", "style", "placeholder", "confirm")
    named = {name: element[name] for name in kept if name in element}
    ts = backend.timestamps.next()
    return {**named, **entered, "block_id": block["block_id"], "action_ts": ts}
