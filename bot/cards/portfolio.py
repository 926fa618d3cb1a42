"""The portfolio: what cannot wait in full, the rest as a table, filters, pages, what worked."""

from datetime import date, datetime
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import Element, actions, button, context, fitting, header, section
from bot.cards.decided import is_open, said, what
from bot.cards.effectiveness import effectiveness, effectiveness_text
from bot.cards.page import WHEN, Page
from bot.cards.portfolio_rows import as_table, in_full
from bot.cards.selection import menus
from bot.cards.text import clip, moment, mrkdwn
from bot.cards.top import line, of_several
from core.wording import count

MOST_IN_FULL = 3
"""How many immediate ones of a page are shown with reasons, approach and talking points; fewer
where a message has no room, the others then begin the table."""


def portfolio_card(page: Page, *, today: date, now: datetime) -> Card:
    """Return a page of the portfolio as a message."""
    return fitting(partial(_card, page, today, now))


def portfolio_blocks(page: Page, today: date, now: datetime, share: float = 1.0) -> list[Block]:
    """Return a page of the portfolio; `share` is the part of their room that texts may take."""
    shown = list(enumerate(page.top.recommendations, page.first))
    pressing = [one for one in shown if one[1].urgency == "immediate"]
    pressing = pressing[: max(1, round(MOST_IN_FULL * share))]
    rest = [one for one in shown if one not in pressing]
    return [
        header(f"{page.whose} next best actions", "portfolio.heading"),
        context(_counted(page, now), "portfolio.counts"),
        actions(_filters(page, share), "portfolio.filters"),
        *in_full(page, pressing, today, now, share),
        *as_table(page, rest, today),
        *([] if shown else [section(_nothing(page), "portfolio.nothing")]),
        *_pages(page),
    ]


def _card(page: Page, today: date, now: datetime, share: float) -> Card:
    missing = " ".join(page.top.missing)
    blocks = [
        *portfolio_blocks(page, today, now, share),
        *effectiveness(page.results, key="portfolio"),
        *([context(mrkdwn(missing, int(600 * share)), "portfolio.missing")] if missing else []),
    ]
    return Card(_text(page, today, share), tuple(blocks))


def _counted(page: Page, now: datetime) -> str:
    shown = [f"Updated {moment(now)}", *_counts(page)]
    if page.pages > 1:
        shown.append(f"page {page.selection.page + 1} of {page.pages}")
    return " · ".join(shown)


def _counts(page: Page) -> list[str]:
    """Return how many there are of each urgency, and how many are under way."""
    counts = page.top.counts
    kinds = [f"{counts[name]} {WHEN[name].lower()}" for name in WHEN if counts.get(name)]
    listed = f"{count(page.top.total, 'action')}: {', '.join(kinds)}" if kinds else "No actions"
    begun = len(page.top.underway)
    return [listed, f"{begun} under way"] if begun else [listed]


def _filters(page: Page, share: float) -> list[Element]:
    return menus(page.selection, page.top.segments, page.owners, most=int(30 * share))


def _pages(page: Page) -> list[Block]:
    if page.pages == 1:
        return []
    here, last = page.selection.page, page.pages - 1
    buttons = []
    if here > 0:
        buttons.append(button("Back", "portfolio.back", str(here - 1), about="the page before"))
    if here < last:
        buttons.append(button("Next", "portfolio.next", str(here + 1), about="the next page"))
    return [actions(buttons, f"portfolio.pages.{here}")]


def _nothing(page: Page) -> str:
    if page.selection.is_filtered:
        return "Nothing of that kind is due. Set a filter back to see more."
    return f"I looked at {count(page.top.accounts, 'account')}, and none needs you right now."


def _text(page: Page, today: date, share: float) -> str:
    which = [f"page {page.selection.page + 1} of {page.pages}"] if page.pages > 1 else []
    lines = [f"{page.whose} next best actions", " · ".join([*_counts(page), *which])]
    owned = of_several(page.top.recommendations)
    for place, one in enumerate(page.top.recommendations, page.first):
        lines.append(f"{place}. {WHEN[one.urgency]}: {clip(what(one, today), int(150 * share))}")
        facts = line(one, today, owned=owned) if is_open(one, today) else said(one, today)
        why = one.reasons[0] if one.reasons and is_open(one, today) else ""
        lines.append(f"   {clip(why, int(110 * share))} ({clip(facts, 150)})")
    if not page.top.recommendations:
        lines.append(_nothing(page))
    ask = "Ask “what should I do next for” an account to see it in full."
    return "\n".join([*lines, effectiveness_text(page.results), *page.top.missing, ask])
