"""What works: the seed's effectiveness block, its targets, what was learned, and how to forget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import (
    Element,
    View,
    actions,
    brief_option,
    button,
    context,
    divider,
    fields,
    fitting,
    header,
    modal,
    plain,
    section,
    select,
)
from bot.cards.effectiveness import effect, numbers, share, worked
from bot.cards.text import clip, day, mrkdwn, number
from core.learning import Estimate
from core.lessons import Lesson
from core.results import Results
from core.wording import count

_MOST_PLAYS = 8
_MOST_LESSONS = 8
_SAID = {"met": "met", "missed": "not met", "too few": "too few to say"}
_SMALL_PRINT = (
    "Success: completed with a good result, of those with a known one. Accepted: accepted or "
    "completed, of those first shown in the period and decided; put off ones wait. Completed: of "
    "those accepted that were completed, dropped or are past their day. Health effect: against "
    "the account's own trend, 14 to 30 days after. A card's estimate counts accounts like that one "
    "most, so it can differ from the one here. [ ] holds the true value with 80 % probability."
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Outcomes that do not count: of which play (all when empty), since when, by whom."""

    id: str
    title: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class WhatWorked:
    """Everything the card says. `key` finds the question again when it is to be redrawn."""

    whose: str
    when: str
    results: Results
    lessons: tuple[Lesson, ...]
    forgotten: tuple[Forgotten, ...]
    plays: tuple[tuple[str, str], ...]
    key: str
    may_forget: bool


def what_works_card(found: WhatWorked, *, today: date) -> Card:
    """Return it as a message."""
    return fitting(partial(_card, found, today))


def what_works_view(found: WhatWorked, *, today: date) -> View:
    """Return it as a modal, for reading only."""
    return modal("What works", _blocks(found, today, 1.0), close="Close")


def _card(found: WhatWorked, today: date, share_of_room: float) -> Card:
    controls = _controls(found) if found.may_forget else []
    blocks = [*_blocks(found, today, share_of_room), *controls]
    return Card(_text(found, today), tuple(blocks))


def _blocks(found: WhatWorked, today: date, room: float) -> list[Block]:
    small = context(_SMALL_PRINT, "works.small")
    return [
        header(_heading(found), "works.heading"),
        fields(numbers(found.results, found.when), "works.numbers"),
        *_plays(found.results, room),
        section("\n".join(["*Targets*", *targets(found.results)]), "works.targets"),
        divider("works.line"),
        section("\n".join(["*What I learned*", *_learned(found, room)]), "works.learned"),
        *[
            context(mrkdwn(_reset(one, today), 300), f"works.reset.{place}")
            for place, one in enumerate(found.forgotten[:5])
        ],
        small,
    ]


def _heading(found: WhatWorked) -> str:
    return f"What works: {found.whose}, {found.when}"


def _plays(results: Results, room: float) -> list[Block]:
    if not results.plays:
        return []
    most = max(3, int(_MOST_PLAYS * room))
    lines = [
        f"{place}. {mrkdwn(worked(one), 120)} ({one.share.rate * 100:.0f} %)"
        for place, one in enumerate(results.plays[:most], 1)
    ]
    return [section("\n".join(["*Top plays*", *lines]), "works.plays")]


def targets(results: Results) -> list[str]:
    """Return each of the seed's targets with what was reached, in a line."""
    said = {
        "acceptance": f"Accepted: {share(results.acceptance, 'decided')}{_wait(results.undecided)}",
        "completion": f"Completed: {share(results.completion, 'accepted')}{_wait(results.running)}",
        "positive": f"Went well: {share(results.success, 'completed')}",
        "hours": _hours(results),
        "health": _health(results),
    }
    return [
        f"• {said[name]} · target {goal}: *{_SAID[results.verdict(name)]}*"
        for name, goal in (
            ("acceptance", "over 70 %"),
            ("completion", "over 85 %"),
            ("positive", "over 75 %"),
            ("hours", "under 24 hours"),
            ("health", "over +10 %"),
        )
    ]


def _wait(number_of: int) -> str:
    return f"; {number_of} wait" if number_of else ""


def _hours(results: Results) -> str:
    if results.hours is None:
        return f"Time to action, immediate ones: none acted on yet{_wait(results.idle)}"
    took = f"{number(results.hours)} hours, median of {results.acted}"
    return f"Time to action, immediate ones: {took}{_wait(results.idle)}"


def _health(results: Results) -> str:
    health = results.health
    if health is None:
        return "Health of the portfolio: not known at both ends"
    moved = f"{health.percent:+.1f} % ({number(health.before)} to {number(health.after)})"
    return f"Health of the portfolio: {moved} over {count(health.accounts, 'account')}"


def _learned(found: WhatWorked, room: float) -> list[str]:
    if not found.lessons:
        return ["Nothing yet that differs from what I expected of each play."]
    most = max(3, int(_MOST_LESSONS * room))
    return [f"• {mrkdwn(lesson_says(one), 300)}" for one in found.lessons[:most]]


def lesson_says(lesson: Lesson) -> str:
    """Return a lesson in a sentence: better or worse, the numbers, and what it changes."""
    found, better = lesson.estimate, lesson.points > 0
    interval = f"{found.rate * 100:.0f} % [{found.low * 100:.0f}-{found.high * 100:.0f}]"
    moved = f"{number(abs(round(lesson.points, 1)))} points"
    return (
        f"{lesson.title} works {'better' if better else 'worse'} than expected: "
        f"{_seen(found)}, estimated {interval} instead of "
        f"{lesson.expected * 100:.0f} %. I rank it {'higher' if better else 'lower'} by {moved}."
    )


def _seen(found: Estimate) -> str:
    team = f"{found.team.positive} of {found.team.total}"
    if found.own.total in (0, found.team.total):
        return team
    return f"{team} in the team ({found.own.positive} of {found.own.total} in this portfolio)"


def _reset(one: Forgotten, today: date) -> str:
    what = one.title or "what I learned of all plays"
    when = "today" if one.on == today else f"on {day(one.on, today)}"
    return f"{one.by} set back {what} {when}: outcomes before that are not used."


def _controls(found: WhatWorked) -> list[Block]:
    """Return how an admin has a play's outcomes forgotten, and takes that back."""
    undo = [
        button("Undo Set Back", f"learning.restore.{place}", one.id, about=one.title or "all plays")
        for place, one in enumerate(found.forgotten[:5])
    ]
    elements = [*_forget(found.plays), *undo]
    return [actions(elements, f"works.do.{found.key}")] if elements else []


def _forget(plays: Sequence[tuple[str, str]]) -> list[Element]:
    if not plays:
        return []
    options = [brief_option(title, name) for name, title in plays]
    confirm = {
        "title": plain("Set this play back?", 100),
        "text": plain("Outcomes until now no longer count for its rank. Undo brings them back."),
        "confirm": plain("Set Back", 30),
        "deny": plain("Cancel", 30),
    }
    return [
        select("learning.forget", options, placeholder="Set a play back") | {"confirm": confirm}
    ]


def _text(found: WhatWorked, today: date) -> str:
    results = found.results
    numbers = (
        f"{results.completed} completed; success rate: {share(results.success, 'went well')}; "
        f"average health effect: {effect(results.effect)}."
    )
    return "\n".join(
        [
            _heading(found),
            numbers,
            *(clip(worked(one), 120) for one in results.plays[:3]),
            *(line.replace("*", "") for line in targets(results)),
            *(clip(lesson_says(one), 250) for one in found.lessons[:5]),
            *(clip(_reset(one, today), 200) for one in found.forgotten[:3]),
            "Ask “what should I do first” for your next actions.",
        ]
    )
