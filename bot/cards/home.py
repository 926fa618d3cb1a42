"""The Home tab: the portfolio, what is under way, what worked, and the digest setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.answers import Block
from bot.cards.blocks import View, actions, button, context, divider, header, section
from bot.cards.effectiveness import effectiveness
from bot.cards.page import Page
from bot.cards.portfolio import portfolio_blocks
from bot.cards.prompts import GENERAL
from bot.cards.selection import Selection, menus
from bot.cards.text import moment, mrkdwn
from bot.cards.top import item
from core.recommendations import Recommendation

MOST_UNDERWAY = 10
"""More than this many accepted actions are a backlog; the Home tab stays a page."""


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """A person's own digest as the Home tab shows it."""

    enabled: bool
    local_time: str
    timezone: str


def home_view(page: Page, *, digest: DigestSetting, today: date, now: datetime) -> View:
    """Return the Home tab with a page of the portfolio and what was accepted and waits."""
    if page.top.total or page.selection.is_filtered or page.owners:
        blocks = portfolio_blocks(page, today, now)
    else:
        whose = f"{page.whose} next best actions"
        blocks = [header(whose, "home.heading"), section(_nothing(), "home.nothing")]
    blocks += _underway(page.top.underway[:MOST_UNDERWAY], today, now)
    blocks += effectiveness(page.results, key="home")
    blocks += [divider("home.line"), *_digest(digest), _ask(), _updated(now)]
    return _home(blocks, page.selection)


def empty_view(
    problem: str,
    selection: Selection,
    owners: Sequence[tuple[str, str]],
    *,
    digest: DigestSetting,
    now: datetime,
) -> View:
    """Return the Home tab where there are no accounts to show; `problem` says what to do.

    Somebody who looked at a colleague's portfolio can choose another one.
    """
    chosen = [actions(menus(selection, (), owners, most=100), "portfolio.filters")]
    blocks = [
        header("Your next best actions", "home.heading"),
        section(mrkdwn(problem), "home.problem"),
        *(chosen if owners else []),
        divider("home.line"),
        *_digest(digest),
        _ask(),
        _updated(now),
    ]
    return _home(blocks, selection)


def stranger_view(problem: str, *, now: datetime) -> View:
    """Return the Home tab of somebody whose accounts are not known; `problem` says what to do."""
    blocks = [
        header("Welcome to Steward", "home.heading"),
        section(
            "I tell Customer Success Managers what to do next for each account, and why.",
            "home.what",
        ),
        section(mrkdwn(problem), "home.problem"),
        _updated(now),
    ]
    return {"type": "home", "blocks": blocks}


def _home(blocks: Sequence[Block], selection: Selection) -> View:
    return {"type": "home", "private_metadata": selection.packed(), "blocks": list(blocks)}


def _underway(recommendations: Sequence[Recommendation], today: date, now: datetime) -> list[Block]:
    if not recommendations:
        return []
    blocks = [divider("home.underway.line"), header("Under way", "home.underway")]
    for place, recommendation in enumerate(recommendations, 1):
        blocks += item(recommendation, place=place, today=today, now=now)
    return blocks


def _nothing() -> str:
    return (
        "Nothing needs you right now. When an account goes quiet, loses health or nears its "
        "renewal, the action for it appears here."
    )


def _digest(digest: DigestSetting) -> list[Block]:
    zone = mrkdwn(digest.timezone, 100)
    line = (
        f"*Daily digest:* every day at {digest.local_time}, {zone}."
        if digest.enabled
        else "*Daily digest:* off. I can send you the five most important actions every morning."
    )
    label = "Change Digest" if digest.enabled else "Turn On Digest"
    row = [button(label, "digest.edit", "digest", about="you")]
    if digest.enabled:
        row.append(button("Turn Off", "digest.stop", "digest", about="your daily digest"))
    return [section(line, "home.digest"), actions(row, "home.digest.do")]


def _ask() -> Block:
    words = " · ".join(f"“{message}”" for _, message in GENERAL)
    return context(f"Ask me in the Messages tab: {words}", "home.ask")


def _updated(now: datetime) -> Block:
    return context(f"Updated {moment(now)}", "home.updated")
