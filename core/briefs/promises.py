"""Open promises before a call: what they wait for from us, and what we wait for from them."""

from collections.abc import Iterator, Sequence
from datetime import date

from core.briefs.background import Background, OpenTicket
from core.briefs.words import on, one_line
from core.recommendations import Recommendation
from core.wording import Row, count, money, quoted

BOOKED = "Booked:"
"""Begins the line of a meeting to come, which neither side waits for."""

_URGENT = ("urgent", "high")
"""The priorities that are named, the higher one first."""

_MOST_TICKETS = 2
_QBR_DAYS = 45
"""So long before a QBR what is not ready for it is named."""

_PLAN = {"pending_review": "waits for review", "draft": "is a draft"}


def ours(
    background: Background, row: Row, underway: Sequence[Recommendation], today: date
) -> tuple[str, ...]:
    """Return what they may ask us about: accepted actions, open tickets, unanswered mail, QBR."""
    return (
        *(_accepted(one, today) for one in underway),
        *_tickets(background.tickets, today),
        *_unanswered(background, today),
        *_qbr(row, today),
        *_plan(background, today),
    )


def theirs(background: Background, row: Row, today: date) -> tuple[str, ...]:
    """Return what we may ask them about: our mail, what may be bought, the meetings to come."""
    return (
        *_no_answer(background, today),
        *_deals(background, row, today),
        *_dates(background, row, today),
    )


def _accepted(one: Recommendation, today: date) -> str:
    late = one.due_on < today
    return f"{one.headline}: {'overdue since' if late else 'due'} {on(one.due_on, today)}"


def _tickets(tickets: Sequence[OpenTicket], today: date) -> Iterator[str]:
    """Name the tickets that press most: the urgent ones, then the oldest."""
    ordered = sorted(tickets, key=lambda one: (_place(one), one.opened_on))
    for one in ordered[:_MOST_TICKETS]:
        age = count((today - one.opened_on).days, "day")
        urgent = f"{one.priority}, " if one.priority in _URGENT else ""
        subject = f" {quoted(one.subject)}" if one.subject else ""
        yield f"ticket{subject}, {urgent}open for {age}"
    if len(tickets) > _MOST_TICKETS:
        yield f"{count(len(tickets) - _MOST_TICKETS, 'more open ticket')}"


def _place(ticket: OpenTicket) -> int:
    return (*_URGENT, ticket.priority).index(ticket.priority)


def _unanswered(background: Background, today: date) -> Iterator[str]:
    last, wrote = background.last, background.newest("email_in")
    if wrote is not None and last is wrote:
        what = f" {quoted(wrote.what)}" if wrote.what else ""
        yield f"an answer to their e-mail{what} of {on(wrote.at.date(), today)}"


def _no_answer(background: Background, today: date) -> Iterator[str]:
    last = background.last
    if last is not None and last.kind == "email_out":
        what = f"{quoted(last.what)}" if last.what else "our e-mail"
        who = f"{last.who}'s answer" if last.who else "an answer"
        yield f"{who} to {what} of {on(last.at.date(), today)}"


def _qbr(row: Row, today: date) -> Iterator[str]:
    left = row.get("days_to_qbr")
    if left is None or left > _QBR_DAYS:
        return
    open_ones = []
    if row.get("qbr_prep_booked") is False:
        open_ones.append("no preparation booked")
    if row.get("qbr_objectives") is False:
        open_ones.append("objectives not gathered")
    if row.get("qbr_deck") not in (None, "ready"):
        open_ones.append(f"deck {str(row['qbr_deck']).replace('_', ' ')}")
    if open_ones:
        yield f"QBR on {on(row['next_qbr_on'], today)}: {', '.join(open_ones)}"


def _plan(background: Background, today: date) -> Iterator[str]:
    plan = background.plan
    if plan is not None and plan.status in _PLAN:
        since = on(plan.created_on, today)
        yield f"account plan {plan.fiscal_year} {_PLAN[plan.status]} since {since}"


def _deals(background: Background, row: Row, today: date) -> Iterator[str]:
    for one in background.deals[:1]:
        amount = money(one.amount, row.get("currency") or "USD") if one.amount else ""
        expected = f"expected {on(one.expected_on, today)}" if one.expected_on else ""
        stands = ", ".join(part for part in (amount, one_line(one.stage), expected) if part)
        yield f"their decision on {quoted(one.name)}{f': {stands}' if stands else ''}"
    if len(background.deals) > 1:
        yield f"{count(len(background.deals) - 1, 'more open deal')}"


def _dates(background: Background, row: Row, today: date) -> Iterator[str]:
    for one in background.booked[:2]:
        title = one_line(one.title).removesuffix(str(row["name"])).strip(" -:,") or one.title
        yield f"{BOOKED} {title}, {on(one.at.date(), today)}"
