"""The brief before a call: one ask, one value, the story, what is open, who matters."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import Element, actions, button, context, fitting, header, section
from bot.cards.text import bullets, clip, money, mrkdwn, number
from core.briefs import BOOKED, Brief, on
from core.changes import Period
from core.wording import count

QUIET = "Nothing that I watch moved, and nothing else is on record."
NO_PROMISES = "None on record."
NO_PEOPLE = "Nobody at this account is on record."
_MOST_OURS, _MOST_THEIRS, _MOST_PEOPLE = 4, 3, 5


def brief_card(found: Brief, period: Period) -> Card:
    """Return the brief as a message that fits a phone's screen."""
    return fitting(partial(_card, found, period))


def _card(found: Brief, period: Period, share: float) -> Card:
    title, about = f"{found.account.name}: before your call", _about(found, period.today)
    room = int(1400 * share)
    parts = _parts(found, period)
    blocks: list[Block] = [
        header(title, "brief.title"),
        context(mrkdwn(about, 600), "brief.about"),
        section(
            f"*Ask:* {mrkdwn(found.ask, room // 2)}\n*Value:* {mrkdwn(found.value, room // 2)}",
            "brief.ask",
        ),
        *(
            section(f"*{mrkdwn(heading, 300)}*\n{bullets(lines, room)}", f"brief.part.{place}")
            for place, (heading, lines) in enumerate(parts)
        ),
        *_unknown(found, room),
        actions(_buttons(found), "brief.do"),
    ]
    return Card(_text(found, title, about, parts, share), tuple(blocks))


def _about(found: Brief, today: date) -> str:
    account = found.account
    facts = []
    if account.arr is not None:
        facts.append(f"{money(account.arr, account.currency)} ARR")
    if account.renewal_on is not None:
        facts.append(f"renews {on(account.renewal_on, today)}{_in(account.renewal_on, today)}")
    if account.health is not None:
        facts.append(f"health {number(account.health)}")
    return " · ".join([*facts, found.owner_name or "no owner"])


def _in(renewal: date, today: date) -> str:
    left = (renewal - today).days
    return f" ({count(left, 'day')})" if left > 1 else ""


def _parts(found: Brief, period: Period) -> list[tuple[str, list[str]]]:
    """Return each heading with its lines, in the order in which a person asks."""
    days = (period.today - period.day).days
    over = f", {count(days, 'day')}" if days else ""
    booked = [one for one in found.theirs if one.startswith(BOOKED)]
    waits = [one for one in found.theirs if one not in booked]
    promises = [
        *_few([f"We owe: {one}" for one in found.ours], _MOST_OURS),
        *_few([f"We wait for: {one}" for one in waits], _MOST_THEIRS),
        *booked,
    ]
    parts = [
        (
            f"Since {on(period.day, period.today)}{over}",
            [*found.touches, *(found.story or [QUIET])],
        ),
        ("Open promises", promises or [NO_PROMISES]),
        ("People", _few(found.people, _MOST_PEOPLE) or [NO_PEOPLE]),
    ]
    return [*parts, ("Risk", [*found.risks])] if found.risks else parts


def _few(lines: Sequence[str], most: int) -> list[str]:
    left = len(lines) - most
    return [*lines] if left <= 0 else [*lines[:most], f"and {left} more"]


def _unknown(found: Brief, room: int) -> list[Block]:
    if not found.unknown:
        return []
    return [context(f"*Not known:* {mrkdwn('; '.join(found.unknown), room)}", "brief.unknown")]


def _buttons(found: Brief) -> list[Element]:
    name, id = found.account.name, found.account.id
    best = found.best
    opens = [
        button("Agenda", "brief.agenda", id, about=name),
        button("What Changed", "clarify.pick.0", f"what_changed:{id}", about=name),
    ]
    if best is None or not best.id:
        return opens
    shows = [
        button("Show Action", "recommendation.show", best.id, about=name, style="primary"),
        button("Why", "clarify.pick.1", f"explain:{id}", about=name),
    ]
    return [*shows, *opens]


def _text(
    found: Brief, title: str, about: str, parts: Sequence[tuple[str, list[str]]], share: float
) -> str:
    room = int(900 * share)
    lines = [title, about, f"Ask: {clip(found.ask, room)}", f"Value: {clip(found.value, room)}"]
    lines += [clip(f"{heading}: {'; '.join(said)}", room) for heading, said in parts]
    if found.unknown:
        lines.append(clip(f"Not known: {'; '.join(found.unknown)}", room))
    return "\n".join(lines)
