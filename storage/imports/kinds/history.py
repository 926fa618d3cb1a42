"""What happened on a day: health, usage, meetings, activities and risks."""

from collections.abc import Iterator

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import unscaled
from storage.imports.kinds.links import (
    ACCOUNT,
    ACCOUNT_NAMES,
    CONTACT,
    CONTACT_NAMES,
    OWNER,
    OWNER_NAMES,
)
from storage.imports.kinds.naming import activity_kind, meeting_kind
from storage.imports.sheet import Kind, Line, Rejection, Row, Values


def health(line: Line, book: Book) -> Iterator[Row]:
    """Yield the health score of a line."""
    account = book.account(line)
    values: Values = {"customer_id": account, **line.pick("recorded_on", "score")}
    key = line.get("id") or f"{account}:{line.values['recorded_on']}"
    yield Row("health_score_history", key, values)


def usage(line: Line, book: Book) -> Iterator[Row]:
    """Yield the usage of a line."""
    account, metric = book.account(line), line.get("metric") or "usage"
    value = line.get("value")
    if line.get("active_users") is not None:
        metric, value = "active_users", line.values["active_users"]
    if value is None:
        raise Rejection("it has no value", "value")
    key = line.get("id") or f"{account}:{line.values['recorded_on']}:{metric}"
    values: Values = {"customer_id": account, "metric": metric, "value": value}
    yield Row("usage_metrics", key, values | line.pick("recorded_on", "licensed"))


def meetings(line: Line, book: Book) -> Iterator[Row]:
    """Yield the meeting of a line; a call in the calendar is a meeting too."""
    title = line.get("title") or "Meeting"
    values: Values = {"customer_id": book.account(line), "title": title}
    ends = line.get("ends_at")
    if ends and ends < line.values["starts_at"]:
        raise Rejection("it ends before it starts", "ends_at")
    if line.get("cancelled") is not None:
        values["cancelled"] = line.values["cancelled"]
    values |= line.pick("starts_at", "ends_at", "booked_at", "notes")
    yield Row("meetings", line.values["id"], {**values, "kind": meeting_kind(title)})


def activities(line: Line, book: Book) -> Iterator[Row]:
    """Yield the activity of a line."""
    owner, strangers = book.owner(line)
    yield from strangers
    values: Values = {
        "customer_id": book.account(line),
        "contact_id": book.contact(line),
        "csm_id": owner,
        "kind": activity_kind(
            line.get("kind") or "", line.get("subject") or "", line.get("direction")
        ),
    }
    values |= line.pick("occurred_at", "direction", "subject", "body")
    yield Row("activities", line.values["id"], values)


def risks(line: Line, book: Book) -> Iterator[Row]:
    """Yield the risk of a line."""
    values: Values = {
        "customer_id": book.account(line),
        "kind": line.get("kind") or "risk",
        "severity": line.get("severity") or "medium",
        "description": line.get("description") or line.get("kind") or "Risk",
    }
    yield Row("risk_signals", line.values["id"], values | line.pick("raised_at", "cleared_at"))


_DAY = {"id": v.identifier, **ACCOUNT, "recorded_on": v.day}
_DAY_NAMES = {
    **ACCOUNT_NAMES,
    "recorded_on": ("date", "day", "recorded on", "usage date", "week", "month", "as of"),
}

HEALTH = Kind(
    name="health",
    tables=("health_score_history",),
    fields={**_DAY, "score": unscaled},
    build=health,
    required=("recorded_on", "score"),
    names={**_DAY_NAMES, "score": ("health score", "score", "health", "overall score")},
)

USAGE = Kind(
    name="usage",
    tables=("usage_metrics",),
    fields={
        **_DAY,
        "metric": v.text,
        "value": v.number,
        "active_users": v.number,
        "licensed": v.number,
    },
    build=usage,
    required=("recorded_on",),
    names={
        **_DAY_NAMES,
        "metric": ("metric", "metric name", "feature", "event"),
        "value": ("value", "usage", "count", "usage count", "logins", "events"),
        "active_users": ("active users", "users", "seats used"),
        "licensed": ("licensed", "seats", "capacity", "limit", "licenses"),
    },
)

MEETINGS = Kind(
    name="meetings",
    tables=("meetings",),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        "title": v.text,
        "starts_at": v.moment,
        "ends_at": v.moment,
        "booked_at": v.moment,
        "cancelled": v.flag,
        "notes": v.passage,
    },
    build=meetings,
    required=("id", "starts_at"),
    names={
        "id": ("meeting id", "event id", "id"),
        **ACCOUNT_NAMES,
        "title": ("meeting title", "title", "subject", "meeting name"),
        "starts_at": ("start time", "starts at", "start date time", "meeting start time", "start"),
        "ends_at": ("end time", "ends at", "end date time", "meeting end time", "end"),
        "booked_at": ("booked at", "created at", "created date"),
        "cancelled": ("cancelled", "canceled", "is cancelled"),
        "notes": ("notes", "description", "meeting notes"),
    },
)

_SEEN = {"owner_unknown": "{count} of {of} activities name an owner who is not among the people."}

ACTIVITIES = Kind(
    name="activities",
    tables=("csms", "activities"),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        **CONTACT,
        **OWNER,
        "kind": v.text,
        "direction": v.choice({
            "in": "in", "inbound": "in", "incoming": "in", "incoming email": "in",
            "out": "out", "outbound": "out", "outgoing": "out", "email": "out",
        }),
        "occurred_at": v.moment,
        "subject": v.text,
        "body": v.passage,
    },
    build=activities,
    required=("id", "occurred_at"),
    names={
        "id": ("activity id", "task id", "timeline id", "id"),
        **ACCOUNT_NAMES,
        **CONTACT_NAMES,
        **OWNER_NAMES,
        "kind": ("activity type", "type", "kind", "task subtype"),
        "direction": ("direction", "call type"),
        "occurred_at": ("activity date", "occurred at", "date", "timestamp", "created at"),
        "subject": ("subject", "title"),
        "body": ("body", "notes", "description", "comments"),
    },
    notes={**_SEEN, "owner_none": "{count} of {of} activities name no owner."},
)  # fmt: skip

RISKS = Kind(
    name="risks",
    tables=("risk_signals",),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        "kind": v.text,
        "severity": v.choice({
            "low": "low", "medium": "medium", "moderate": "medium", "high": "high",
            "critical": "critical", "severe": "critical",
        }),
        "description": v.text,
        "raised_at": v.moment,
        "cleared_at": v.moment,
    },
    build=risks,
    required=("id", "raised_at"),
    names={
        "id": ("risk id", "id"),
        **ACCOUNT_NAMES,
        "kind": ("risk type", "risk", "kind"),
        "severity": ("severity", "risk level"),
        "description": ("description", "notes"),
        "raised_at": ("raised at", "raised on", "created at", "date"),
        "cleared_at": ("cleared at", "cleared on", "resolved at"),
    },
)  # fmt: skip

LINKS = Kind(
    name="links",
    tables=(),
    fields={"id": v.identifier, "other": v.identifier, "label": v.text, "closed": v.flag},
    build=lambda line, book: (),  # noqa: ARG005 its sheet's `adjust` notes the link
    required=("id",),
    notes={},
)
