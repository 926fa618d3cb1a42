"""The digest: the day's five in lanes, what changed, or the news that nothing is urgent."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from bot.answers import Answer, Block, Card
from bot.cards.blocks import actions, button, context, fitting, header, section
from bot.cards.decided import buttons, is_open, said, what
from bot.cards.digest_day import Changed, Day, Week
from bot.cards.text import clip, mrkdwn
from bot.cards.top import item, line, of_several
from core.lanes import LANES
from core.recommendations import Recommendation, Status

URGENT = ("immediate", "today", "this_week")

_TITLES: dict[str, str] = {lane.name: lane.title for lane in LANES}


def digest_answer(
    recommendations: Sequence[Recommendation], day: Day, *, now: datetime, delivery: str
) -> Answer:
    """Return one day's digest; `delivery` is the id by which it is drawn again."""
    shown = digest_card(recommendations, day, today=day.on, now=now)
    if not recommendations:
        return Answer(shown)
    ids = tuple(str(one.id) for one in recommendations)
    return Answer(shown, shows=ids, surface="digest", heading=delivery)


def digest_card(
    recommendations: Sequence[Recommendation], day: Day, *, today: date, now: datetime
) -> Card:
    """Return a digest as it stands: what was done meanwhile is ticked in its place."""
    if not recommendations:
        return _quiet(day)
    return fitting(partial(_list, tuple(recommendations), day, today, now))


def empty_answer(problem: str, *, today: date, missed: str = "") -> Answer:
    """Return the digest of somebody without accounts; `problem` says what to do about it."""
    heading = f"No digest for {_date(today)}"
    blocks = (
        header(heading, "digest.heading"),
        *_missed(missed),
        section(mrkdwn(problem), "digest.problem"),
    )
    return Answer(Card(_joined(heading, missed, problem), blocks))


def heading_of(recommendations: Sequence[Recommendation], day: Day) -> str:
    """Return how a day's digest is headed."""
    on, size = _date(day.on), len(recommendations)
    if day.week is not None:
        return f"{day.whose} week ahead, {on}"
    if not any(one.urgency in URGENT for one in recommendations):
        return f"Nothing urgent on {on}"
    actions = "next action" if size == 1 else f"top {size} actions"
    return f"{day.whose} {actions} for {on}"


def _list(
    shown: tuple[Recommendation, ...], day: Day, today: date, now: datetime, share: float
) -> Card:
    key = "digest." + ".".join(str(one.version) for one in shown)
    heading = heading_of(shown, day)
    blocks: list[Block] = [header(heading, f"{key}.heading"), *_missed(day.missed)]
    blocks += _week(day, share)
    if progress := _progress(shown, day, today):
        blocks.append(context(progress, f"{key}.progress"))
    owned = _names_owners(shown, day)
    for title, placed in _groups(shown, day):
        blocks.append(section(f"*{mrkdwn(title, 120)}*", f"{key}.{placed[0][0]}.lane"))
        for place, one in placed:
            blocks += _entry(one, day, place=place, today=today, now=now, share=share, owned=owned)
    blocks += _changed(day.changed, share)
    blocks.append(context(mrkdwn(day.footer, 1500), f"{key}.footer"))
    return Card(_text(shown, day, today, share), tuple(blocks))


def _groups(
    shown: Sequence[Recommendation], day: Day
) -> Iterator[tuple[str, tuple[tuple[int, Recommendation], ...]]]:
    """Yield what stands under one title, with places: by owner for a team, else by lane."""
    placed = enumerate(shown, 1)
    for title, group in groupby(placed, key=lambda one: _title(one[1], day)):
        yield title, tuple(group)


def _names_owners(shown: Sequence[Recommendation], day: Day) -> bool:
    """Tell whether each entry says whose it is: a leader's, where no title does."""
    return of_several(shown) and not day.by_owner


def _title(one: Recommendation, day: Day) -> str:
    if day.by_owner:
        return one.owner_name or "No owner yet"
    return _TITLES.get(day.lanes.get(one.account.id, ""), "Keep close")


def _entry(
    one: Recommendation,
    day: Day,
    *,
    place: int,
    today: date,
    now: datetime,
    share: float,
    owned: bool,
) -> list[Block]:
    """Return one entry; what was accepted on another day is still to do, and has no tick."""
    if not _is_owed(one, day):
        return item(one, place=place, today=today, now=now, share=share, owned=owned)
    key = f"{one.id}.v{one.version}.{place}"
    name = mrkdwn(what(one, today), int(400 * share))
    return [
        section(f"*{place}. {name}*", f"{key}.what"),
        context(mrkdwn(said(one, today), 300), f"{key}.about"),
        *buttons(one, today=today, now=now, block_id=f"{key}.do"),
    ]


def _is_owed(one: Recommendation, day: Day) -> bool:
    return one.account.id in day.owed and one.status is Status.ACCEPTED


def _progress(shown: Sequence[Recommendation], day: Day, today: date) -> str:
    """Return how many are taken care of; nothing before the first is."""
    done = sum(not is_open(one, today) and not _is_owed(one, day) for one in shown)
    if done == len(shown):
        return "✓ All taken care of. Ask “show me my top actions” if you want more."
    return f"✓ {done} of {len(shown)} taken care of" if done else ""


def _changed(changed: Changed | None, share: float) -> list[Block]:
    if changed is None or not changed.lines:
        return []
    lines = [
        f"• *{mrkdwn(name, 80)}*: {mrkdwn(says, int(220 * share))}" for name, says in changed.lines
    ]
    if changed.more > 0:
        lines.append(f"… and {changed.more} more")
    since = mrkdwn(changed.since, 100)
    return [
        section("\n".join([f"*Changed since {since}*", *lines]), "digest.changed"),
        actions(
            [button("What Changed", "changes.show", "digest", about="your accounts")],
            "digest.changed.do",
        ),
    ]


def _unseen(week: Week, day: Day) -> tuple[str, ...]:
    """Return whose accounts nobody looked at: for a leader alone, not where colleagues read."""
    return () if day.by_owner else tuple(week.unseen)


def _week(day: Day, share: float) -> list[Block]:
    """Return a team's week in a few lines; numbers only where there are any."""
    week = day.week
    if week is None:
        return []
    done = "\n".join(f"• {mrkdwn(one, int(300 * share))}" for one in week.done)
    blocks = [section(f"*Done in {mrkdwn(week.says, 60)}*\n{done}", "digest.week.done")]
    if week.numbers:
        lines = "\n".join(f"• {mrkdwn(one, 200)}" for one in week.numbers)
        blocks.append(section(f"*How it was decided*\n{lines}", "digest.week.numbers"))
    if unseen := _unseen(week, day):
        lines = "\n".join(f"• {mrkdwn(one, int(200 * share))}" for one in unseen[:8])
        blocks.append(section(f"*Nobody looked at*\n{lines}", "digest.week.unseen"))
    return blocks


def _missed(missed: str) -> list[Block]:
    return [context(mrkdwn(missed, 600), "digest.missed")] if missed else []


def _quiet(day: Day) -> Card:
    """Return a good day: what was looked at, what changed, and what to do with the time."""
    heading = heading_of((), day)
    said = f"{day.looked} None needs an action right now.".strip()
    idea = "A good day to send a value update or to thank a champion."
    small = "Ask “what should I do next for” an account to look closer."
    blocks = (
        header(heading, "digest.heading"),
        *_missed(day.missed),
        *_week(day, 1.0),
        section(mrkdwn(f"{said} {idea}"), "digest.quiet"),
        *_changed(day.changed, 1.0),
        context(small, "digest.next"),
    )
    words = _joined(heading, day.missed, *_week_text(day), said, idea, _changed_text(day))
    return Card(f"{words}\n{small}", blocks)


def _text(shown: Sequence[Recommendation], day: Day, today: date, share: float) -> str:
    lines = [clip(heading_of(shown, day), 150), clip(day.missed, 300), *_week_text(day)]
    owned = _names_owners(shown, day)
    for title, placed in _groups(shown, day):
        lines.append(f"{title}:")
        for place, one in placed:
            lines.append(f"{place}. {clip(what(one, today), int(160 * share))}")
            facts = line(one, today, owned=owned) if is_open(one, today) else said(one, today)
            lines.append(f"   {clip(facts, int(160 * share))}")
    return _joined(*lines, _changed_text(day), day.footer)


def _changed_text(day: Day) -> str:
    if day.changed is None or not day.changed.lines:
        return ""
    moved = "; ".join(f"{clip(name, 60)}: {clip(says, 100)}" for name, says in day.changed.lines)
    return f"Changed since {day.changed.since}: {moved}"


def _week_text(day: Day) -> list[str]:
    week = day.week
    if week is None:
        return []
    unseen = _unseen(week, day)
    return [
        f"Done in {week.says}: " + clip("; ".join(week.done), 300),
        clip("; ".join(week.numbers), 300),
        clip("Nobody looked at: " + "; ".join(unseen), 300) if unseen else "",
    ]


def _joined(*lines: str) -> str:
    return "\n".join(one for one in lines if one)


def _date(today: date) -> str:
    return f"{today:%a} {today.day} {today:%b}"
