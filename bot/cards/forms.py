"""The modals that ask for what a decision needs: until when, why, what came of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from bot.answers import Block
from bot.cards.blocks import Element, View, field, modal, option, plain, section
from bot.cards.decided import REASONS
from bot.cards.text import day, mrkdwn
from core.eligibility import REST_AFTER_DISMISSAL
from core.happenings import Happening
from core.recommendations import LATEST_DAYS, DismissReason, OutcomeResult, Recommendation
from core.wording import sentence_case

TITLES = {
    "defer": "Defer Action",
    "dismiss": "Dismiss Action",
    "complete": "Complete Action",
    "why": "Why this action",
    "signals": "Signals",
    "digest": "Daily digest",
}

_WHY_NOT = {
    DismissReason.ALREADY_DONE: "I will not propose it here for {days} days.",
    DismissReason.NOT_RELEVANT: "I will not propose it here for {days} days.",
    DismissReason.WRONG_DATA: "I do not use it here until it changes. It rests for {days} days.",
    DismissReason.NOT_NOW: "I may propose it here again in {days} days.",
}
"""What each reason does, with the days for which the play then rests."""

_RESULTS = (
    option("It went well", OutcomeResult.POSITIVE.value, "It had the effect we wanted."),
    option("It made no difference", OutcomeResult.NEUTRAL.value, "Nothing changed so far."),
    option("It went badly", OutcomeResult.NEGATIVE.value, "Things are worse or refused."),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a modal was opened from: ids only, kept in its private metadata."""

    recommendation: str
    version: int
    channel: str = ""
    ts: str = ""
    selection: str = ""

    def packed(self) -> str:
        """Return it as the modal's private metadata."""
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, metadata: str) -> "Origin":
        """Return what `packed` wrote."""
        return cls(**json.loads(metadata))


def defer_view(
    recommendation: Recommendation,
    origin: Origin,
    *,
    today: date,
    happenings: Sequence[Happening] = (),
) -> View:
    """Return the modal that asks until when; a chosen day counts before a quick choice.

    `happenings` are those that may be waited for; what is chosen of them counts before both.
    """
    quick = _quick(today)
    until = {
        "type": "radio_buttons",
        "action_id": "until",
        "options": quick,
        "initial_option": quick[0],
        "focus_on_load": True,
    }
    picker = {
        "type": "datepicker",
        "action_id": "date",
        "placeholder": plain("Choose a day", 150),
    }
    return modal(
        TITLES["defer"],
        [
            _what(recommendation),
            field("Bring it back", until, "until", needed=True),
            field(
                "Or on another day",
                picker,
                "date",
                hint="A day chosen here counts instead of the choice above.",
                needed=False,
            ),
            *_happens(happenings, today),
            _note("Why", "For you and your team; shown on the card."),
        ],
        callback_id="recommendation.defer",
        submit="Defer",
        about=origin.packed(),
    )


def dismiss_view(recommendation: Recommendation, origin: Origin) -> View:
    """Return the modal that asks why; each reason acts differently on what comes next."""
    reasons = {
        "type": "radio_buttons",
        "action_id": "reason",
        "options": [
            option(sentence_case(words), reason.value, _what_follows(reason))
            for reason, words in REASONS.items()
        ],
        "focus_on_load": True,
    }
    return modal(
        TITLES["dismiss"],
        [
            _what(recommendation),
            field("Why is it not right?", reasons, "reason", needed=True),
            *_doubtful(recommendation),
            _note("Anything to add?", "It helps whoever looks at this account next."),
        ],
        callback_id="recommendation.dismiss",
        submit="Dismiss",
        about=origin.packed(),
    )


def complete_view(recommendation: Recommendation, origin: Origin) -> View:
    """Return the modal that asks how it went; the answer teaches later recommendations."""
    result = {
        "type": "radio_buttons",
        "action_id": "result",
        "options": list(_RESULTS),
        "focus_on_load": True,
    }
    outcome = {
        "type": "plain_text_input",
        "action_id": "outcome",
        "max_length": 500,
        "placeholder": plain("Sarah is back; review call booked for Tuesday", 150),
    }
    return modal(
        TITLES["complete"],
        [
            _what(recommendation),
            field("How did it go?", result, "result", needed=True),
            field(
                "What came of it",
                outcome,
                "outcome",
                hint="One line. It teaches me which actions work.",
                needed=True,
            ),
        ],
        callback_id="recommendation.complete",
        submit="Save Outcome",
        about=origin.packed(),
    )


def _quick(today: date) -> list[Element]:
    """Return the days most often meant; the first is the next working day."""
    working = today + timedelta(days=1 if today.weekday() not in (4, 5) else 7 - today.weekday())
    monday = today + timedelta(days=7 - today.weekday())
    wanted = {
        working: "Next working day",
        monday: "Next Monday",
        today + timedelta(days=7): "In one week",
        today + timedelta(days=14): "In two weeks",
        today + timedelta(days=30): "In 30 days",
    }
    names: dict[date, str] = {}
    for on in sorted(wanted):
        names.setdefault(on, wanted[on])
    return [
        option(name, on.isoformat(), sentence_case(day(on, today))) for on, name in names.items()
    ]


def _doubtful(recommendation: Recommendation) -> list[Block]:
    """Return the choice of what is wrong: each signal with its value, the deciding one first."""
    if not recommendation.signals:
        return []
    boxes = {
        "type": "checkboxes",
        "action_id": "doubts",
        "options": [
            option(f"{one.label}: {one.value}", one.type) for one in recommendation.signals[:10]
        ],
    }
    hint = "Only if the data is wrong. If you tick none, I take it to be the first."
    return [field("What is wrong?", boxes, "doubts", hint=hint, needed=False)]


def _happens(happenings: Sequence[Happening], today: date) -> list[Block]:
    """Return the choice of what to wait for; each option holds its latest day as well."""
    if not happenings:
        return []
    latest = today + timedelta(days=LATEST_DAYS)
    choice = {
        "type": "static_select",
        "action_id": "happening",
        "placeholder": plain("Choose what to wait for", 150),
        "options": [
            option(sentence_case(one.label), f"{one.name}:{latest.isoformat()}")
            for one in happenings
        ],
    }
    hint = (
        f"It comes back then, at the latest on {day(latest, today)}, or on the other day "
        "if you chose one above."
    )
    return [field("Or when something happens", choice, "happening", hint=hint, needed=False)]


def _what_follows(reason: DismissReason) -> str:
    return _WHY_NOT[reason].format(days=REST_AFTER_DISMISSAL[reason])


def _what(recommendation: Recommendation) -> dict[str, Any]:
    return section(f"*{mrkdwn(recommendation.headline, 600)}*", "what")


def _note(label: str, hint: str) -> dict[str, Any]:
    typed = {
        "type": "plain_text_input",
        "action_id": "note",
        "multiline": True,
        "max_length": 500,
    }
    return field(label, typed, "note", hint=hint, needed=False)
