"""What changed at one account, and over a portfolio, ready to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.changes.events import Event, beside, in_order
from core.changes.moves import Move, first_seen, moves
from core.recommend import account
from core.recommendations import Account
from core.wording import Row


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment, on the reader's `day`, until `today`; `says` reads on after "since"."""

    at: datetime
    day: date
    today: date
    says: str


@dataclass(frozen=True, slots=True)
class AccountChanges:
    """What changed at an account: facts that moved and events, what counts most first.

    `main` is the move that calls most for a reason, `near` what lies close to it in time.
    `is_new` tells that the account was no customer yet when the period began.
    """

    account: Account
    owner_name: str
    moves: tuple[Move, ...]
    events: tuple[Event, ...]
    main: Move | None = None
    near: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioChanges:
    """What changed over a portfolio: the accounts of a page, out of how many that moved.

    `came` and `left` are names of accounts, `of` counts all accounts there are.
    """

    period: Period
    whose: str
    shown: tuple[AccountChanges, ...]
    moved: int
    of: int
    first: int = 1
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    several_owners: bool = False
    missing: tuple[str, ...] = field(default=())


def at_account(
    sized: Row,
    readings: Sequence[tuple[date, Row]],
    events: Sequence[Event],
    period: Period,
) -> AccountChanges:
    """Return what changed at an account.

    `readings` are its facts when the period began, perhaps in between, and now; `sized` is its
    row of `sizes` of the first and the last.
    """
    then, now = readings[0][1], readings[-1][1]
    found = tuple(
        _dated(move, readings)
        for move in moves(sized, then, now, since=period.day, today=period.today)
    )
    events = [one for one in events if one.kind != "booked" or one.on != now["next_qbr_on"]]
    main, near = beside(found, events, now, period.today)
    return AccountChanges(
        account=account(now),
        owner_name=now["owner_name"] or "",
        moves=found,
        events=in_order(events, found),
        main=main,
        near=near,
    )


def new_account(now: Row, events: Sequence[Event]) -> AccountChanges:
    """Return what happened at an account that was no customer when the period began."""
    return AccountChanges(account(now), now["owner_name"] or "", (), in_order(events), is_new=True)


def by_id(rows: Sequence[Mapping[str, object]]) -> dict[str, Row]:
    """Return facts by their account's id."""
    return {str(row["id"]): row for row in rows}


def _dated(move: Move, readings: Sequence[tuple[date, Row]]) -> Move:
    """Return a move with the day on which it was first seen, as far as it was looked at between."""
    if move.fact not in readings[0][1] or len(readings) < 3:
        return move
    return replace(move, on=first_seen(move.fact, readings))
