"""Digests in their ordinary and their worst shapes, by name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle

from bot.answers import Card
from bot.cards.blocks import View
from bot.cards.digest import digest_card, empty_answer
from bot.cards.digest_day import Changed, Day, Week
from bot.cards.digest_form import Form, digest_view, log_view
from core.calendar import WORKING
from core.lanes import LANES
from core.recommendations import AccountId, Recommendation


def digests(
    many: Sequence[Recommendation],
    decided: Sequence[Recommendation],
    *,
    today: date,
    now: datetime,
    words: str,
) -> Iterator[tuple[str, Card]]:
    """Yield digests of these recommendations, with `words` wherever text of others can stand."""
    ordinary = _day(today, words)
    for name, shown in (("many", many[:5]), ("decided", decided[:5]), ("one", many[:1])):
        each = _apart(shown)
        lanes = dict(zip([str(one.account.id) for one in each], _lanes(), strict=False))
        owed = tuple(str(one.account.id) for one in each[:1])
        day = replace(ordinary, lanes=lanes, owed=owed)
        yield name, digest_card(each, day, today=today, now=now)
        by_owner = replace(day, whose=f"{words}'s", by_owner=True)
        yield f"{name} by owner", digest_card(each, by_owner, today=today, now=now)
        week = replace(day, whose="The team's", week=_week(words))
        yield f"{name} week", digest_card(each, week, today=today, now=now)
    yield "quiet", digest_card((), ordinary, today=today, now=now)
    yield "bare quiet", digest_card((), Day("Your", today), today=today, now=now)
    yield "empty", empty_answer(words * 20, today=today, missed=words).card


def digest_forms(words: str, today: date) -> Iterator[tuple[str, View]]:
    """Yield the form as it is at first, for a channel, and with all that it can hold."""
    first = Form("08:00", "Europe/Berlin", WORKING, country="Germany")
    yield "first", digest_view(first)
    yield "channel", digest_view(replace(first, place="C1", leads=True))
    full = replace(
        first,
        weekdays=frozenset({1}),
        holidays="FR",
        chosen="France",
        holds=frozenset({"grow", "week"}),
        back=today,
        leads=True,
        says=words * 3,
        log=(words * 4,) * 14,
    )
    yield "full", digest_view(full)
    yield "log", log_view((words * 4,) * 14)
    yield "no log", log_view(())


def _day(today: date, words: str) -> Day:
    return Day(
        "Your",
        today,
        looked="I looked at 15 accounts; 3 accepted under way.",
        footer=words * 3,
        missed=words * 2,
        changed=Changed("Thu 19 Nov", ((words, words * 6),) * 3, more=4),
    )


def _week(words: str) -> Week:
    numbers = ("Accepted: 60 % [40-77], 6 of 10 decided", "Completed: 50 % [20-80], 2 of 4")
    return Week("the week of Mon 16 Nov", (words * 3,) * 6, numbers, (words * 2,) * 12)


def _apart(shown: Sequence[Recommendation]) -> list[Recommendation]:
    return [
        replace(one, account=replace(one.account, id=AccountId(f"account{n}")))
        for n, one in enumerate(shown)
    ]


def _lanes() -> Iterator[str]:
    return cycle(lane.name for lane in LANES)
