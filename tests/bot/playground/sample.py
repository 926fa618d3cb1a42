"""A small Bolt app of the tests' own, with every kind of thing that Steward does on screen."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

APPROACH = (
    "*Call Sarah Chen today and agree what has to happen before the renewal.*\n"
    "Beta Inc renews in *60 days* and its champion has been silent for *14 days*. "
    "<https://example.com/crm/beta|CRM note, Tue 14:02>"
)
WHY = [
    "*Health*\n72 → 60 (12 down in 30 days)",
    "*Usage*\n25 % down in 30 days",
    "*Renewal*\n<!date^1788220800^{date_short}|1 Sep 2026>, 240,000 EUR",
    "*Champion*\nSarah Chen, silent 14 days",
]


def text(words: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": words}


def button(words: str, action: str, value: str, style: str = "") -> Json:
    made: Json = {"type": "button", "text": text(words), "action_id": action, "value": value}
    return made | ({"style": style} if style else {})


def option(words: str, value: str) -> Json:
    return {"text": text(words), "value": value}


def buttons() -> Json:
    more = {
        "type": "overflow",
        "action_id": "card.more",
        "options": [option("Explain the score", "explain"), option("Show the account", "account")],
    }
    return {
        "type": "actions",
        "elements": [
            button("Accept", "card.accept", "rec-1", "primary"),
            button("Defer", "card.defer", "rec-1"),
            button("Dismiss", "card.dismiss", "rec-1")
            | {
                "confirm": {
                    "title": text("Dismiss this?"),
                    "text": text("It is not offered again for 30 days."),
                    "confirm": text("Dismiss"),
                    "deny": text("Keep"),
                }
            },
            more,
        ],
    }


def card(*, decided: str = "") -> list[Json]:
    foot = {"type": "context", "elements": [text(decided, "mrkdwn")]} if decided else buttons()
    return [
        {"type": "header", "text": text("Check-in call with Beta Inc")},
        {"type": "section", "text": text(APPROACH, "mrkdwn") | {"verbatim": True}},
        {"type": "section", "fields": [text(words, "mrkdwn") for words in WHY]},
        {
            "type": "context",
            "elements": [
                text("Priority *84*: impact 31.5, urgency 27, confidence 15, value 10.5", "mrkdwn")
            ],
        },
        {"type": "divider"},
        foot,
    ]


def defer_form() -> Json:
    return {
        "type": "modal",
        "callback_id": "defer",
        "title": text("Defer check-in call"),
        "submit": text("Defer"),
        "close": text("Cancel"),
        "blocks": [
            {"type": "section", "text": text("*Beta Inc*: when should I ask again?", "mrkdwn")},
            {
                "type": "input",
                "block_id": "until",
                "label": text("Until"),
                "element": {"type": "datepicker", "action_id": "date"},
            },
            {
                "type": "input",
                "block_id": "why",
                "label": text("Why"),
                "optional": True,
                "hint": text("A few words, seen by your team."),
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
            },
            {
                "type": "input",
                "block_id": "how",
                "label": text("How to remind you"),
                "element": {
                    "type": "radio_buttons",
                    "action_id": "choice",
                    "initial_option": option("In the digest", "digest"),
                    "options": [option("In the digest", "digest"), option("By message", "dm")],
                },
            },
        ],
    }


def home() -> Json:
    table = {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": name} for name in row]
            for row in (("Account", "Play", "Priority"), ("Beta Inc", "Check-in call", "84"))
        ],
    }
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": text("Your top actions")},
            {
                "type": "section",
                "block_id": "top",
                "text": text("*Beta Inc* · check-in call · priority 84", "mrkdwn"),
                "accessory": button("Open", "home.open", "rec-1"),
            },
            table,
        ],
    }


async def answer(event: Json, client: AsyncWebClient) -> None:
    if event.get("bot_id"):
        return
    place = {"channel": event["channel"], "thread_ts": event.get("thread_ts", event["ts"])}
    said = event["text"].lower()
    if "think" in said:
        thread = {"channel_id": place["channel"], "thread_ts": place["thread_ts"]}
        await client.assistant_threads_setStatus(**thread, status="is reading the facts…")
    elif "secret" in said:
        await client.chat_postEphemeral(
            **place, user=event["user"], text="This is between you and me."
        )
    else:
        blocks = card() if "beta" in said else None
        await client.chat_postMessage(**place, text="Check-in call with Beta Inc", blocks=blocks)


async def mentioned(event: Json, client: AsyncWebClient) -> None:
    place = {"channel": event["channel"], "thread_ts": event["ts"]}
    await client.chat_postMessage(**place, text="You called?")


async def opened(event: Json, client: AsyncWebClient) -> None:
    if event["tab"] == "home":
        await client.views_publish(user_id=event["user"], view=home())
        return
    prompts = ["What should I do next for Beta Inc?", "Show me my top actions this week"]
    await client.assistant_threads_setSuggestedPrompts(
        channel_id=event["channel"],
        thread_ts="",
        title="Try one of these",
        prompts=[{"title": words, "message": words} for words in prompts],
    )


async def accept(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await replace_card(client, body["container"], f"Accepted by <@{body['user']['id']}>")


async def dismiss(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await replace_card(client, body["container"], f"Dismissed by <@{body['user']['id']}>")


async def defer(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    place = body["container"]
    where = f"{place['channel_id']} {place['message_ts']}"
    form = defer_form() | {"private_metadata": where}
    await client.views_open(trigger_id=body["trigger_id"], view=form)


async def more(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    chosen = body["actions"][0]["selected_option"]["value"]
    place = body["container"]
    await client.chat_postMessage(
        channel=place["channel_id"], thread_ts=place["thread_ts"], text=f"More: {chosen}"
    )


async def open_from_home(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=defer_form())


async def deferred(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
    until = body["view"]["state"]["values"]["until"]["date"]["selected_date"]
    if until < "2026-01-01":
        await ack(response_action="errors", errors={"until": "Choose a day in the future."})
        return
    await ack()
    channel, ts = body["view"]["private_metadata"].split()
    place = {"channel_id": channel, "message_ts": ts}
    await replace_card(client, place, f"Deferred by <@{body['user']['id']}> until {until}")


def sample_app(client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=signing_secret, process_before_response=True)
    app.event("message")(answer)
    app.event("app_mention")(mentioned)
    app.event("app_home_opened")(opened)
    app.action("card.accept")(accept)
    app.action("card.dismiss")(dismiss)
    app.action("card.defer")(defer)
    app.action("card.more")(more)
    app.action("home.open")(open_from_home)
    app.view("defer")(deferred)
    return app


async def replace_card(client: AsyncWebClient, place: Json, decided: str) -> None:
    await client.chat_update(
        channel=place["channel_id"],
        ts=place["message_ts"],
        text=f"Check-in call with Beta Inc. {decided}",
        blocks=card(decided=decided),
    )
