"""The morning digest: the top five or the news that nothing is urgent, and the form to set it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers import Answer, Card
from bot.cards.blocks import (
    Element,
    View,
    context,
    field,
    header,
    modal,
    option,
    plain,
    section,
)
from bot.cards.forms import TITLES
from bot.cards.text import mrkdwn
from bot.cards.top import top_card
from core.recommendations import Recommendation

URGENT = ("immediate", "today", "this_week")


def digest_answer(
    recommendations: Sequence[Recommendation],
    *,
    whose: str,
    today: date,
    now: datetime,
    total: int,
    missing: Sequence[str] = (),
    asked: str = "",
) -> Answer:
    """Return one day's digest; `whose` is "Your" or a name with its apostrophe.

    `asked` is the question that brings the same list with more in it, `{count}` for how many.
    """
    heading = _heading(recommendations, whose, today)
    if not recommendations:
        return Answer(_quiet(heading))
    shown = top_card(
        recommendations,
        heading=heading,
        today=today,
        now=now,
        total=total,
        missing=missing,
        asked=asked,
    )
    ids = tuple(str(one.id) for one in recommendations)
    return Answer(shown, shows=ids, surface="list", heading=heading)


def empty_answer(problem: str, *, today: date) -> Answer:
    """Return the digest of somebody without accounts; `problem` says what to do about it."""
    heading = f"No digest for {_date(today)}"
    blocks = (header(heading, "digest.heading"), section(mrkdwn(problem), "digest.problem"))
    return Answer(Card(f"{heading}\n{problem}", blocks))


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


def _heading(recommendations: Sequence[Recommendation], whose: str, today: date) -> str:
    count = len(recommendations)
    if not any(one.urgency in URGENT for one in recommendations):
        return f"Nothing urgent on {_date(today)}"
    actions = "next action" if count == 1 else f"top {count} actions"
    return f"{whose} {actions} for {_date(today)}"


def _quiet(heading: str) -> Card:
    said = (
        "No account needs an action right now. A good day to send a value update or to thank a "
        "champion."
    )
    small = "Ask “what should I do next for” an account to look closer."
    blocks = (
        header(heading, "digest.heading"),
        section(said, "digest.quiet"),
        context(small, "digest.next"),
    )
    return Card(f"{heading}\n{said}\n{small}", blocks)


def _date(today: date) -> str:
    return f"{today:%a} {today.day} {today:%b}"
