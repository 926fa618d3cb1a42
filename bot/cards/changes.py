"""What changed: at one account, and over a portfolio, with what lies close to it in time."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.answers import Card
from bot.cards.blocks import (
    Element,
    actions,
    button,
    context,
    fitting,
    header,
    option,
    section,
    select,
)
from bot.cards.text import clip, day, money, mrkdwn
from core.changes import AccountChanges, Move, Period, PortfolioChanges, told, tone
from core.changes.watch import Tone
from core.wording import count

CLOSE = "They lie close in time; that need not make one the cause of the other."
UNMOVED = "Nothing that I watch moved by more than it usually does, and nothing happened on record."
_MOST: dict[Tone, int] = {"worse": 6, "better": 5, "other": 5}
_TITLES: dict[Tone, str] = {"worse": "Worse", "better": "Better", "other": "Also"}
_MOVES, _EVENTS = 3, 2
"""What a portfolio says of one account."""

_TELLING = (
    *("renewal_lost", "renewal_won", "left", "opportunity_lost", "opportunity_won"),
    *("ticket_opened", "meeting", "email_in", "joined"),
)
"""The kinds of events that a portfolio names; the others are told of a single account."""


def changes_card(found: AccountChanges, period: Period) -> Card:
    """Return what changed at one account as a message."""
    return fitting(partial(_account, found, period))


def portfolio_changes_card(found: PortfolioChanges) -> Card:
    """Return what changed over a portfolio as a message, the account that moved most first."""
    return fitting(partial(_portfolio, found))


def summary(found: AccountChanges, today: date) -> str:
    """Return what changed at an account in a line or two: its largest moves, then its events."""
    return "; ".join(_summed(found, today))


def _summed(found: AccountChanges, today: date) -> list[str]:
    events = [told(one, today) for one in found.events if one.kind in _TELLING]
    moved = [one.says for one in found.moves[:_MOVES]]
    room = max(1 if not moved else 0, _EVENTS - max(0, len(moved) - 1))
    return [*moved, *events[:room]] or ["a new account"]


def _account(found: AccountChanges, period: Period, share: float) -> Card:
    name = found.account.name
    title, about = f"{name}: what changed", _about(found, period)
    room = int(1500 * share)
    parts = [(_TITLES[of], _lines(found, of, period.today)) for of in _TITLES]
    beside = _beside(found)
    if found.is_new:
        parts.insert(0, ("New", [f"{name} was not a customer yet when this period began"]))
    blocks = [header(title, "changes.title"), context(mrkdwn(about, 600), "changes.about")]
    blocks += [
        section(_listed(heading, lines, room), f"changes.{heading.lower()}")
        for heading, lines in parts
        if lines
    ]
    if not any(lines for _, lines in parts):
        blocks.append(section(UNMOVED, "changes.nothing"))
    if beside:
        blocks.append(section(_listed(beside, found.near, room), "changes.near"))
        blocks.append(context(CLOSE, "changes.close"))
    blocks.append(actions(_next(found), "changes.do"))
    said = [f"{heading}: {'; '.join(lines)}" for heading, lines in parts if lines] or [UNMOVED]
    text = [title, about, *(clip(one, room) for one in said)]
    text += [clip(f"{beside}: {'; '.join(found.near)}", room), CLOSE] if beside else []
    return Card("\n".join(text), tuple(blocks))


def _about(found: AccountChanges, period: Period) -> str:
    days = (period.today - period.day).days
    account, over = found.account, f", {count(days, 'day')}" if days else ""
    facts = [f"Since {period.says}{over}"]
    if account.arr is not None:
        facts.append(f"{money(account.arr, account.currency)} ARR")
    if account.renewal_on is not None:
        facts.append(f"renewal {day(account.renewal_on, period.today)}")
    return " · ".join(facts)


def _lines(found: AccountChanges, of: Tone, today: date) -> list[str]:
    """Return the moves and events of a tone, each with its day and source."""
    lines = [_moved(one, today) for one in found.moves if one.tone == of]
    lines += [told(one, today) for one in found.events if tone(one) == of]
    left = len(lines) - _MOST[of]
    return lines if left <= 0 else [*lines[: _MOST[of]], f"and {left} more"]


def _moved(move: Move, today: date) -> str:
    on = day(move.on, today) if move.dated and move.on is not None else ""
    on = on if on in ("", "today") else f"by {on}"
    rows = ", ".join(one for one in (on, move.source) if one)
    return f"{move.says}{f' ({rows})' if rows else ''}"


def _beside(found: AccountChanges) -> str:
    """Return what heads the things beside the move that calls most for a reason."""
    if found.main is None or not found.near:
        return ""
    return f"Around the time when {_lower(found.main.says.partition(',')[0].partition(';')[0])}"


def _listed(title: str, lines: Sequence[str], room: int) -> str:
    most = max(120, room // max(1, len(lines)))
    return clip(
        "\n".join([f"*{mrkdwn(title, 300)}*", *(f"• {mrkdwn(one, most)}" for one in lines)]), room
    )


def _next(found: AccountChanges) -> list[Element]:
    name, id = found.account.name, found.account.id
    return [
        button(
            "What Next", "clarify.pick.0", f"next_best_action:{id}", about=name, style="primary"
        ),
        button("Brief Me", "clarify.pick.1", f"account_brief:{id}", about=name),
    ]


def _portfolio(found: PortfolioChanges, share: float) -> Card:
    period = found.period
    title = f"{_whose(found)}: what changed"
    about = f"Since {period.says} · {_how_many(found)}"
    room = int(900 * share)
    blocks = [header(title, "changes.title"), context(mrkdwn(about, 600), "changes.about")]
    text = [title, about]
    for place, one in enumerate(found.shown, found.first):
        lines, named = _summed(one, period.today), _named(one, found.several_owners)
        blocks.append(
            section(_listed(f"{place}. {named}", lines, room), f"changes.account.{place}")
        )
        text.append(clip(f"{place}. {named}: {'; '.join(lines)}", max(80, room // 2)))
    rest = _rest(found)
    if rest:
        blocks.append(context(mrkdwn("\n".join(rest), 1500), "changes.rest"))
    if found.shown:
        blocks.append(actions([_opening(found)], "changes.open"))
    return Card("\n".join([*text, *rest]), tuple(blocks))


def _opening(found: PortfolioChanges) -> Element:
    """Return the menu that opens one account; buttons beside the text take a phone's width."""
    options = [
        option(f"{place}. {clip(one.account.name, 60)}", f"open:what_changed:{one.account.id}")
        for place, one in enumerate(found.shown, found.first)
    ]
    return select("clarify.pick.0", options, placeholder="Open an account")


def _named(one: AccountChanges, owned: bool) -> str:
    arr = one.account.arr
    facts = [clip(one.account.name, 80)]
    if arr is not None:
        facts.append(money(arr, one.account.currency))
    if owned:
        facts.append(clip(one.owner_name or "no owner", 40))
    return " · ".join(facts)


def _how_many(found: PortfolioChanges) -> str:
    if not found.moved:
        return f"none of {count(found.of, 'account')} moved"
    return f"{found.moved} of {count(found.of, 'account')} moved"


def _rest(found: PortfolioChanges) -> list[str]:
    left = found.moved - (found.first - 1) - len(found.shown)
    said = [f"and {left} more moved less."] if left > 0 else []
    if found.came:
        said.append(f"New: {_few(found.came)}.")
    if found.left:
        said.append(f"No customers any more: {_few(found.left)}.")
    if not found.shown:
        said.append(UNMOVED + " Ask “what changed since last week” to look further back.")
    return said


def _few(names: Sequence[str]) -> str:
    shown = [clip(one, 80) for one in names[:5]]
    left = len(names) - len(shown)
    return ", ".join(shown) + (f" and {left} more" if left else "")


def _whose(found: PortfolioChanges) -> str:
    if found.whose in ("your team", "your accounts"):
        return found.whose.capitalize()
    return f"{clip(found.whose, 80)}'s accounts"


def _lower(text: str) -> str:
    """Return a sentence to go on with; a name or number keeps its first letter."""
    plain = ("Health ", "Usage ", "Use ", "Feature ")
    return text[0].lower() + text[1:] if text.startswith(plain) else text
