"""The Home tab: what matters most now, the digest setting, and when it was updated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.answers import Block
from bot.cards.blocks import View, actions, button, context, divider, header, section
from bot.cards.help import PROMPTS
from bot.cards.text import moment, mrkdwn
from bot.cards.top import ask_for, item, of_several
from core.recommendations import Recommendation

MOST_UNDERWAY = 10
"""More than this many accepted actions are a backlog; the Home tab stays a page."""


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """A person's own digest as the Home tab shows it."""

    enabled: bool
    local_time: str
    timezone: str


def home_view(
    recommendations: Sequence[Recommendation],
    *,
    total: int,
    digest: DigestSetting,
    today: date,
    now: datetime,
    underway: Sequence[Recommendation] = (),
    whose: str = "Your",
    problem: str = "",
) -> View:
    """Return the Home tab; `whose` is "Your", or "Your team's" for somebody who owns none.

    `underway` are those that were accepted and wait to be completed; `problem` says why there is
    nothing to show, and what to do.
    """
    blocks = [header(f"{whose} next best actions", "home.heading")]
    if problem:
        blocks.append(section(mrkdwn(problem), "home.problem"))
    elif recommendations:
        blocks += _items(recommendations, total, today, now)
    else:
        blocks.append(section(_nothing(), "home.nothing"))
    blocks += _underway(underway[:MOST_UNDERWAY], today, now)
    blocks += [divider("home.line"), *_digest(digest), _ask(), _updated(now)]
    return {"type": "home", "blocks": blocks}


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


def _items(
    recommendations: Sequence[Recommendation], total: int, today: date, now: datetime
) -> list[Block]:
    blocks: list[Block] = []
    owned = of_several(recommendations)
    for place, recommendation in enumerate(recommendations, 1):
        blocks += item(recommendation, place=place, today=today, now=now, owned=owned)
    left = total - len(recommendations)
    if left > 0:
        more = f"{left} more. Write “{ask_for(total)}” in Messages to see them."
        blocks.append(context(more, "home.more"))
    return blocks


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
    words = " · ".join(f"“{message}”" for _, message in PROMPTS)
    return context(f"Ask me in the Messages tab: {words}", "home.ask")


def _updated(now: datetime) -> Block:
    return context(f"Updated {moment(now)}", "home.updated")
