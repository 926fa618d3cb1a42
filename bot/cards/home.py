"""The Home tab: the portfolio, what is under way, what changed, what worked, and the digests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.answers import Block
from bot.cards.blocks import View, actions, button, context, divider, header, section
from bot.cards.effectiveness import effectiveness
from bot.cards.page import Page
from bot.cards.portfolio import portfolio_blocks
from bot.cards.prompts import GENERAL, Prompt
from bot.cards.selection import Selection, menus
from bot.cards.text import clip, moment, mrkdwn
from bot.cards.top import item
from core.recommendations import Recommendation

MOST_UNDERWAY = 10
"""More than this many accepted actions are a backlog; the Home tab stays a page."""

MOST_CHANGED = 4
"""How many accounts that moved the Home tab tells of; the others are one press away."""

MOST_CHANNELS = 3
"""How many channels' digests have a button of their own."""

_HOW = (
    "*How it works*\n"
    "1. Your accounts come in from an export or your CRM.\n"
    "2. You ask me “What should I do first this week?”, or wait for the morning digest.\n"
    "3. On a card you press Accept Action, Defer or Dismiss, and say later how it went. "
    "That is how I learn what works for your accounts."
)


@dataclass(frozen=True, slots=True)
class DigestSetting:
    """A person's own digest as the Home tab shows it: when it comes, empty where it is off.

    `away` says that it rests, `last` what became of the last one.
    """

    when: str = ""
    away: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class ChannelDigest:
    """A channel's digest that the reader set up, by its id."""

    id: str
    channel: str
    when: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed over the portfolio: since when, each account's name and line, how many more."""

    since: str
    accounts: tuple[tuple[str, str], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """What changed over so many accounts that it is looked for only when asked."""

    accounts: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the portfolio; `changed` is None where changes are not told.

    `people` labels the button to them, empty for whoever has nobody to look after.
    """

    digest: DigestSetting
    channels: tuple[ChannelDigest, ...] = ()
    changed: Changed | Unread | None = None
    prompts: tuple[Prompt, ...] = field(default=GENERAL)
    people: str = ""


def home_view(page: Page, *, around: Around, today: date, now: datetime) -> View:
    """Return the Home tab with a page of the portfolio and what was accepted and waits."""
    if page.top.total or page.selection.is_filtered or page.owners:
        blocks = portfolio_blocks(page, today, now)
    else:
        whose = f"{page.whose} next best actions"
        blocks = [header(whose, "home.heading"), section(_nothing(), "home.nothing")]
    blocks += _underway(page.top.underway[:MOST_UNDERWAY], today, now)
    blocks += _changed(around.changed)
    blocks += effectiveness(page.results, key="home")
    return _home([*blocks, *_foot(around, now)], page.selection)


def empty_view(
    problem: str,
    selection: Selection,
    owners: Sequence[tuple[str, str]],
    *,
    around: Around,
    now: datetime,
) -> View:
    """Return the Home tab where there are no accounts to show; `problem` says what to do.

    Somebody who looked at a colleague's portfolio can choose another one.
    """
    chosen = [actions(menus(selection, (), owners, most=100), "portfolio.filters")]
    blocks = [
        header("Your next best actions", "home.heading"),
        section(mrkdwn(problem), "home.problem"),
        *(chosen if owners else [section(_HOW, "home.how")]),
    ]
    return _home([*blocks, *_foot(around, now)], selection)


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


def first_view() -> View:
    """Return what the Home tab shows the first time, until the accounts have been looked at."""
    blocks = [
        header("Your next best actions", "home.heading"),
        section("One moment: I am looking at your accounts.", "home.wait"),
    ]
    return {"type": "home", "blocks": blocks}


def _home(blocks: Sequence[Block], selection: Selection) -> View:
    return {"type": "home", "private_metadata": selection.packed(), "blocks": list(blocks)}


def _foot(around: Around, now: datetime) -> list[Block]:
    return [
        divider("home.line"),
        *_digest(around.digest),
        *_channels(around.channels),
        *_people(around.people),
        _ask(around.prompts),
        _updated(now),
    ]


def _underway(recommendations: Sequence[Recommendation], today: date, now: datetime) -> list[Block]:
    if not recommendations:
        return []
    blocks = [divider("home.underway.line"), header("Under way", "home.underway")]
    for place, recommendation in enumerate(recommendations, 1):
        blocks += item(recommendation, place=place, today=today, now=now)
    return blocks


def _changed(changed: Changed | Unread | None) -> list[Block]:
    """Return what is different since the reader last worked, with a way to all of it."""
    if changed is None:
        return []
    if isinstance(changed, Unread):
        return _unread(changed)
    lines = [
        f"• *{mrkdwn(name, 80)}*: {mrkdwn(says, 300)}"
        for name, says in changed.accounts[:MOST_CHANGED]
    ]
    left = changed.more + max(0, len(changed.accounts) - MOST_CHANGED)
    said = [*lines, f"… and {left} more"] if left else lines
    quiet = "No account moved by more than it usually does."
    about = f"your accounts since {changed.since}"
    return [
        header(f"Changed since {clip(changed.since, 100)}", "home.changed"),
        section("\n".join(said) or quiet, "home.changed.list"),
        actions([button("What Changed", "changes.show", "home", about=about)], "home.changed.do"),
    ]


def _unread(changed: Unread) -> list[Block]:
    said = f"Comparing {changed.accounts:,} accounts takes a while, so I do it when you ask."
    shows = button("Show What Changed", "changes.show", "home", about="your accounts")
    return [
        header("What changed", "home.changed"),
        section(said, "home.changed.list"),
        actions([shows], "home.changed.do"),
    ]


def _nothing() -> str:
    return (
        "Nothing needs you right now. When an account goes quiet, loses health or nears its "
        "renewal, the action for it appears here."
    )


def _digest(digest: DigestSetting) -> list[Block]:
    line = (
        f"*Daily digest:* {mrkdwn(digest.when, 300)}."
        if digest.when
        else "*Daily digest:* off. I can send you the five most important actions every morning."
    )
    label = "Change Digest" if digest.when else "Turn On Digest"
    row = [button(label, "digest.edit", "digest", about="you")]
    if digest.when:
        row.append(button("Turn Off", "digest.stop", "digest", about="your daily digest"))
    if digest.last:
        row.append(button("Delivery Log", "digest.log", "digest", about="your daily digest"))
    said = "\n".join(one for one in (line, mrkdwn(digest.away, 300)) if one)
    last = [context(f"Last: {mrkdwn(digest.last, 400)}", "home.digest.last")] if digest.last else []
    return [section(said, "home.digest"), *last, actions(row, "home.digest.do")]


def _channels(channels: Sequence[ChannelDigest]) -> list[Block]:
    """Return the digests that the reader set up for channels, each with ways to change and end."""
    blocks: list[Block] = []
    for one in channels[:MOST_CHANNELS]:
        key = f"home.channel.{one.id}"
        row = [
            button("Change Digest", "digest.edit", one.id, about="this channel"),
            button("Turn Off", "digest.stop", one.id, about="this channel's digest"),
        ]
        blocks += [
            section(f"*In* <#{one.channel}>: {mrkdwn(one.when, 300)}.", key),
            actions(row, f"{key}.do"),
        ]
    return blocks


def _people(label: str) -> list[Block]:
    return [actions([button(label, "people.open", "people")], "home.people")] if label else []


def _ask(prompts: Sequence[Prompt]) -> Block:
    words = " · ".join(f"“{mrkdwn(message, 200)}”" for _, message in prompts)
    return context(f"Ask me in the Messages tab: {words}", "home.ask")


def _updated(now: datetime) -> Block:
    return context(f"Updated {moment(now)}", "home.updated")
