"""The form that sets a digest: when it comes, where, what it holds, and a pause."""

from bot.cards.blocks import Element, View, context, field, modal, option, plain
from bot.cards.forms import TITLES
from bot.cards.text import mrkdwn


def digest_view(*, enabled: bool, local_time: str, timezone: str) -> View:
    """Return the modal for a person's own digest: on or off, when, in which time zone."""
    choices = [
        option("Every day", "on", "The five most important actions"),
        option("Off", "off", "No digest; you can always ask me"),
    ]
    switch = {
        "type": "radio_buttons",
        "action_id": "switch",
        "options": choices,
        "initial_option": choices[0] if enabled else choices[1],
        "focus_on_load": True,
    }
    time: Element = {
        "type": "timepicker",
        "action_id": "time",
        "initial_time": local_time,
        "placeholder": plain("Choose a time", 150),
    }
    zone = f"Your time zone is {mrkdwn(timezone, 100)}. Slack tells me; change it in your profile."
    return modal(
        TITLES["digest"],
        [
            field("Send my digest", switch, "switch", needed=True),
            field("At", time, "time", hint="In your own time zone.", needed=True),
            context(zone, "zone"),
        ],
        callback_id="digest.save",
        submit="Save Digest",
    )
