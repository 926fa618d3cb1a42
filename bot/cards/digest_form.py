"""The form that sets a digest: when it comes, where, what it holds, and a pause."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers import Block
from bot.cards.blocks import (
    Element,
    View,
    context,
    divider,
    modal,
    option,
    plain,
    section,
)
from bot.cards.blocks import field as entry
from bot.cards.digest_words import DAYS
from bot.cards.forms import TITLES
from bot.cards.text import bullets, mrkdwn
from core.lanes import CHANGES, LANES, WEEK
from storage.digests import AUTO, NONE, Kind

_ANOTHER = "Another country? Tell me in words: “digest holidays France”."


@dataclass(frozen=True, slots=True)
class Form:
    """What the form begins with. `place` is the channel it is about, empty for one's own digest.

    `country` is the one that the time zone is in, `chosen` the one that was named instead.
    `leads` offers a team's week, `says` is a line above everything, `log` what became of the last.
    """

    local_time: str
    timezone: str
    weekdays: frozenset[int]
    holidays: str = AUTO
    holds: frozenset[str] | None = None
    place: str = ""
    country: str = ""
    chosen: str = ""
    back: date | None = None
    leads: bool = False
    says: str = ""
    log: Sequence[str] = ()

    @property
    def kind(self) -> Kind:
        """Whose digest it is."""
        return "channel" if self.place else "person"


def packed(place: str) -> str:
    """Return what the form must remember: ids only."""
    return json.dumps({"place": place})


def place_of(metadata: str) -> str:
    """Return the channel that a submitted form is about, empty for one's own digest."""
    return str(json.loads(metadata or "{}").get("place", ""))


def digest_view(form: Form) -> View:
    """Return the modal."""
    hint = "" if form.place else _ANOTHER
    where = f"For <#{form.place}>." if form.place else ""
    said = [line for line in (form.says and mrkdwn(form.says, 600), where) if line]
    return modal(
        TITLES["digest"],
        [
            *([section("\n".join(said), "about")] if said else []),
            entry("Send this digest", _switch(), "switch", needed=True),
            entry("At", _time(form), "time", hint=_clock(form), needed=True),
            *([_zone(form)] if form.place else []),
            entry("Days", _days(form), "days", needed=True),
            entry("What it holds", _parts(form), "holds", hint="Five at most.", needed=True),
            entry("Not on public holidays", _holidays(form), "holidays", hint=hint, needed=True),
            *([] if form.place else [_back(form), _room()]),
            *_log(form.log),
        ],
        callback_id="digest.save",
        submit="Save Digest",
        about=packed(form.place),
    )


def log_view(log: Sequence[str]) -> View:
    """Return a modal with the log alone, for reading."""
    return modal(TITLES["digest"], _log(log) or [section(_NO_LOG, "log")], close="Close")


_NO_LOG = "No digest has come yet. The first one will be listed here, with what became of it."


def _switch() -> Element:
    choices = [
        option("On", "on", "The day's list, at the hour below"),
        option("Off", "off", "No digest; you can always ask me"),
    ]
    return {
        "type": "radio_buttons",
        "action_id": "switch",
        "options": choices,
        "initial_option": choices[0],
        "focus_on_load": True,
    }


def _time(form: Form) -> Element:
    return {
        "type": "timepicker",
        "action_id": "time",
        "initial_time": form.local_time,
        "placeholder": plain("Choose a time", 150),
    }


def _clock(form: Form) -> str:
    if form.place:
        return "In the time zone below."
    return f"In your own time zone, {form.timezone}. Slack tells me when you travel."


def _zone(form: Form) -> Block:
    typed = {
        "type": "plain_text_input",
        "action_id": "zone",
        "initial_value": form.timezone,
        "max_length": 60,
    }
    return entry("Time zone", typed, "zone", hint="Such as Europe/Berlin.", needed=True)


def _days(form: Form) -> Element:
    choices = [option(name, str(number)) for number, name in enumerate(DAYS, 1)]
    chosen = [one for one in choices if int(one["value"]) in form.weekdays]
    return _boxes("days", choices, chosen)


def _parts(form: Form) -> Element:
    choices = [option(lane.title, lane.name, lane.holds) for lane in LANES]
    choices.append(option("What changed", CHANGES, "Since the digest before"))
    if form.leads:
        week = "First digest of a week: what was done, risks, who was left alone"
        choices.append(option("The team's week", WEEK, week))
    wanted = form.holds
    chosen = [one for one in choices if wanted is None or one["value"] in wanted]
    return _boxes("holds", choices, chosen)


def _boxes(name: str, choices: list[Element], chosen: list[Element]) -> Element:
    made: Element = {"type": "checkboxes", "action_id": name, "options": choices}
    return made | ({"initial_options": chosen} if chosen else {})


def _holidays(form: Form) -> Element:
    """Return whose days off count; another country is named in words, as a menu takes a hundred."""
    of_zone = f"In {form.country}" if form.country else "Of the time zone's country"
    choices = [
        option(of_zone, AUTO, "National ones, by the time zone"),
        option("Send it on holidays too", NONE),
    ]
    if form.chosen:
        choices.append(option(f"In {form.chosen}", form.holidays))
    chosen = next((one for one in choices if one["value"] == form.holidays), choices[0])
    return {
        "type": "radio_buttons",
        "action_id": "holidays",
        "options": choices,
        "initial_option": chosen,
    }


def _back(form: Form) -> Block:
    picker: Element = {
        "type": "datepicker",
        "action_id": "back",
        "placeholder": plain("Choose a day", 150),
    }
    if form.back is not None:
        picker["initial_date"] = form.back.isoformat()
    hint = "Away? The first digest comes on this day, and I ask you nothing before."
    return entry("Pause until", picker, "back", hint=hint, needed=False)


def _room() -> Block:
    element = {
        "type": "conversations_select",
        "action_id": "room",
        "placeholder": plain("Choose a channel", 150),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    hint = "Then this sets the channel's digest, and yours stays as it is. Invite me there first."
    return entry("In a channel instead", element, "room", hint=hint, needed=False)


def _log(log: Sequence[str]) -> list[Block]:
    if not log:
        return []
    title = section("*What became of the last ones*", "log.title")
    return [divider("log.line"), title, context(bullets(log, 1900), "log")]
