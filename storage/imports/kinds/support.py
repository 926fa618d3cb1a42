"""Support tickets."""

from collections.abc import Iterator

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.links import ACCOUNT, ACCOUNT_NAMES, CONTACT, CONTACT_NAMES
from storage.imports.sheet import Kind, Line, Row, Values

PRIORITIES = {
    "low": "low", "p4": "low", "minor": "low", "normal": "normal", "medium": "normal",
    "p3": "normal", "high": "high", "major": "high", "p2": "high", "urgent": "urgent",
    "critical": "urgent", "blocker": "urgent", "p1": "urgent",
}  # fmt: skip
_DONE = frozenset({"solved", "closed", "resolved", "done", "completed"})


def tickets(line: Line, book: Book) -> Iterator[Row]:
    """Yield the ticket of a line; a closed one without its time closes at its last change."""
    values: Values = {"customer_id": book.account(line), "contact_id": book.contact(line)}
    values |= line.pick(
        "subject", "category", "priority", "status", "opened_at", "closed_at", "satisfaction",
        "first_response_minutes",
    )  # fmt: skip
    if line.get("escalated") is not None:
        values["escalated"] = line.values["escalated"]
    done = line.get("is_closed") or str(line.get("status")).lower() in _DONE
    if done and not line.get("closed_at") and line.get("changed_at"):
        book.note("closed_undated", line.number)
        values["closed_at"] = line.values["changed_at"]
    if line.get("closed_at") and line.values["closed_at"] < line.values["opened_at"]:
        book.note("closed_early", line.number)
    if "priority" in line.values and line.values["priority"] is None:
        book.note("priority_none", line.number)
    if "satisfaction" in line.values and line.values["satisfaction"] is None:
        book.note("satisfaction_none", line.number)
    yield Row("support_tickets", line.values["id"], values)


TICKETS = Kind(
    name="tickets",
    tables=("support_tickets",),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        **CONTACT,
        "subject": v.text,
        "category": v.text,
        "priority": v.choice(PRIORITIES),
        "status": v.text,
        "opened_at": v.moment,
        "closed_at": v.moment,
        "changed_at": v.moment,
        "is_closed": v.flag,
        "escalated": v.flag,
        "satisfaction": v.number,
        "first_response_minutes": v.number,
    },
    build=tickets,
    required=("id", "opened_at"),
    names={
        "id": ("ticket id", "ticket number", "case number", "case id", "ticket", "id"),
        **ACCOUNT_NAMES,
        **CONTACT_NAMES,
        "subject": ("subject", "ticket subject", "ticket name", "summary"),
        "category": ("category", "ticket type", "reason", "type"),
        "priority": ("priority", "ticket priority", "severity"),
        "status": ("status", "ticket status", "state"),
        "opened_at": (
            "opened at", "created at", "submitted at", "date/time opened", "opened date",
            "created date", "create date",
        ),
        "closed_at": (
            "closed at", "solved at", "closed date", "date/time closed", "resolved at",
            "close date",
        ),
        "changed_at": ("updated at", "last modified date"),
        "is_closed": ("is closed", "closed"),
        "escalated": ("escalated", "is escalated", "escalation flag"),
        "satisfaction": ("satisfaction", "satisfaction score", "csat"),
        "first_response_minutes": (
            "first response minutes", "first response time minutes",
            "first reply time in minutes",
        ),
    },
    notes={
        "closed_undated": "{count} of {of} tickets are closed without a closing time: the time of "
        "their last change is used.",
        "closed_early": "{count} of {of} tickets were closed before they were opened: kept as they "
        "are.",
        "priority_none": "{count} of {of} tickets have no priority that Steward knows: they count "
        "as open tickets, not as urgent ones.",
        "satisfaction_none": "{count} of {of} satisfaction scores are empty: they stay unknown.",
    },
)  # fmt: skip
