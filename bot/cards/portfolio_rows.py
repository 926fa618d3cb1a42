"""The recommendations of a portfolio's page: the pressing ones in full, the others as a table."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers import Block
from bot.cards.blocks import (
    Element,
    actions,
    brief_option,
    button,
    header,
    section,
    select,
    table,
)
from bot.cards.decided import is_open, what
from bot.cards.page import WHEN, Page
from bot.cards.text import bullets, clip, day, level, money, mrkdwn
from bot.cards.top import item, line, of_several
from core.recommendations import Recommendation, Status

_STATES = {
    Status.RECOMMENDED: "Open",
    Status.ACCEPTED: "Accepted",
    Status.DEFERRED: "Deferred",
    Status.DISMISSED: "Dismissed",
    Status.COMPLETED: "Completed",
}


def in_full(
    page: Page,
    pressing: Sequence[tuple[int, Recommendation]],
    today: date,
    now: datetime,
    share: float,
) -> list[Block]:
    """Return those with why, how and what to say, or ticked once they are decided."""
    if not pressing:
        return []
    blocks = [header("Immediate: do now", "portfolio.immediate")]
    owned = of_several(page.top.recommendations)
    for place, one in pressing:
        if is_open(one, today):
            blocks += _whole(one, place, today, share, owned)
        else:
            blocks += item(one, place=place, today=today, now=now, share=share)
    return blocks


def _whole(one: Recommendation, place: int, today: date, share: float, owned: bool) -> list[Block]:
    key = f"{one.id}.v{one.version}.{place}"
    room = int(1200 * share)
    impact = level(one.score.part("impact").value)
    facts = f"{one.title} · impact {impact} · {line(one, today, owned=owned)}"
    texts = [
        f"*{place}. {mrkdwn(what(one, today), 300)}*\n{mrkdwn(facts, 300)}",
        _listed("Why", one.reasons, room),
        _listed("Approach", one.approach, room),
        _listed("Say", one.talking_points, room),
        f"*Expected outcome:* {mrkdwn(one.expected_outcome, room // 2)}",
    ]
    return [
        section("\n".join(text for text in texts if text), f"{key}.what"),
        actions(_buttons(one), f"{key}.do"),
    ]


def _listed(name: str, lines: Sequence[str], room: int) -> str:
    return f"*{name}:*\n{bullets(lines, room)}" if lines else ""


def _buttons(one: Recommendation) -> list[Element]:
    name, id = one.account.name, one.id
    return [
        button("Accept Action", "recommendation.accept", id, about=name),
        button("Defer", "recommendation.defer", id, about=name),
        button("Dismiss", "recommendation.dismiss", id, about=name),
        button("Details", "recommendation.show", id, about=name),
    ]


def as_table(page: Page, rest: Sequence[tuple[int, Recommendation]], today: date) -> list[Block]:
    """Return what can wait a little as a table, and a menu that opens one of its rows."""
    if not rest:
        return []
    owned = of_several(page.top.recommendations)
    head = ["When", "#", "Action", "Account", "Impact", "ARR", "Due", "Status"]
    rows = [head + ["Owner"] * owned, *(_row(place, one, today, owned) for place, one in rest)]
    key = ".".join(str(one.version) for _, one in rest)
    times = list(dict.fromkeys(WHEN[one.urgency] for _, one in rest))
    options = [
        brief_option(f"{place}. {one.title}: {clip(one.account.name, 32)}", f"show:{one.id}")
        for place, one in rest
    ]
    return [
        header(_joined(times), "portfolio.rest"),
        table(rows, f"portfolio.table.{key}", right=(1, 5), wrapped=(2, 3)),
        actions(
            [select("recommendation.show", options, placeholder="Open an action")],
            f"portfolio.open.{key}",
        ),
    ]


def _row(place: int, one: Recommendation, today: date, owned: bool) -> list[str]:
    account = one.account
    arr = money(account.arr, account.currency) if account.arr is not None else "not known"
    due = f"overdue, {day(one.due_on, today)}" if one.due_on < today else day(one.due_on, today)
    state = "Back again" if is_open(one, today) and one.last else _STATES[one.status]
    cells = [
        WHEN[one.urgency],
        str(place),
        one.title,
        clip(account.name, 32),
        level(one.score.part("impact").value).capitalize(),
        arr,
        due,
        state,
    ]
    return cells + [clip(one.owner_name or "no owner", 24)] * owned


def _joined(times: Sequence[str]) -> str:
    words = [times[0], *(one.lower() for one in times[1:])]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
