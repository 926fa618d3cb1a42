"""A team's last week: what was done, how it was decided, and which accounts nobody looked at."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.cards.digest_day import Week
from bot.cards.effectiveness import share
from bot.cards.text import day
from bot.tools.tool import Asker
from core.wording import count
from storage.results import Period
from storage.weeks import Done, Unseen, done_in, unseen_in

if TYPE_CHECKING:
    from bot.advice import Top
    from bot.services import Services

_MOST_NAMED = 5
_RESULTS = {"positive": "went well", "neutral": "made no difference", "negative": "went badly"}


async def week_of(services: "Services", asker: Asker, top: "Top") -> Week:
    """Return the working week before the reader's day, as far as there are numbers for it."""
    monday = asker.today - timedelta(days=asker.today.weekday())
    since, until = (
        datetime.combine(on, time(), asker.zone).astimezone(UTC)
        for on in (monday - timedelta(days=7), monday)
    )
    period = Period(since, until, top.owners)
    results = await services.results.of(period)
    async with services.database.read() as session:
        done = await done_in(session, period)
        unseen = await unseen_in(session, period)
    numbers = [
        f"Accepted: {share(results.acceptance, 'decided')}" if results.acceptance.of else "",
        f"Completed: {share(results.completion, 'accepted')}" if results.completion.of else "",
    ]
    first = day(monday - timedelta(days=7), asker.today)
    return Week(
        says=f"the week of {first}",
        done=_done(done),
        numbers=tuple(one for one in numbers if one),
        unseen=tuple(_unseen(one) for one in unseen if one.unseen),
    )


def _done(done: tuple[Done, ...]) -> tuple[str, ...]:
    """Return what was completed, the first few by name."""
    if not done:
        return ("Nothing was marked as done.",)
    named = [
        f"{one.title}, {one.account} ({one.by}): {_RESULTS.get(one.result, 'no result given')}"
        for one in done[:_MOST_NAMED]
    ]
    left = len(done) - len(named)
    return (*named, f"… and {left} more") if left else tuple(named)


def _unseen(one: Unseen) -> str:
    of = f"{one.unseen} of {count(one.accounts, 'account')}"
    return f"{one.owner}: {of} without a call, mail, meeting or decision"
