"""CSMs, and the contacts at accounts."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.links import ACCOUNT, ACCOUNT_NAMES
from storage.imports.sheet import Kind, Line, Rejection, Row, Values
from storage.imports.values import Style

ROLES = {
    "champion": "champion", "power user": "champion", "advocate": "champion",
    "executive sponsor": "executive_sponsor", "sponsor": "executive_sponsor",
    "executive": "executive_sponsor", "economic buyer": "economic_buyer",
    "economic decision maker": "economic_buyer", "decision maker": "economic_buyer",
    "budget holder": "economic_buyer", "technical": "technical", "technical buyer": "technical",
    "technical contact": "technical", "technical evaluator": "technical", "admin": "technical",
    "administrator": "technical", "user": "user", "end user": "user", "business user": "user",
}  # fmt: skip


def zone(cell: str, style: Style) -> str | None:
    """Read a time zone's IANA name; None for any other way to write one."""
    name = v.text(cell, style)
    try:
        return ZoneInfo(name).key if re.fullmatch(r"[A-Za-z_]+/[A-Za-z_/+-]+|UTC", name) else None
    except (ZoneInfoNotFoundError, OSError):
        return None


def full_name(line: Line) -> str | None:
    """Return a person's name from one column or two."""
    parts = (line.get("first_name"), line.get("last_name"))
    return line.get("name") or " ".join(part for part in parts if part) or None


def csms(line: Line, book: Book) -> Iterator[Row]:
    """Yield the CSM of a line, unless the same address is known from elsewhere."""
    name, address = full_name(line), line.get("email")
    if not (name or address):
        raise Rejection("the person has neither a name nor an e-mail address", "name")
    key = str(line.get("id") or address or name)
    if "email" in line.values and not address:
        book.note("address_none", line.number)
    other = book.at("csms", address)
    own = book.id_of("csms", key)
    if other and other != own:
        book.note("person_known", line.number)
        book.same("csms", key, other)
        if not book.knows("csms", own):
            return
        address = None
    yield Row("csms", key, _person(line, book, name or address, address), first=_first(line))


def _person(line: Line, book: Book, name: str | None, address: str | None) -> Values:
    values: Values = {"name": name, **line.pick("active")}
    if values.get("active") is None:
        values.pop("active", None)
    if address:
        values["email"] = address
    manager = line.get("manager_id")
    if "manager_id" in line.values:
        values["manager_id"] = manager and (
            book.find("csms", manager) or book.id_of("csms", manager)
        )
    return values


def _first(line: Line) -> Values:
    return {name: value for name, value in line.pick("role", "timezone").items() if value}


_SAID = ("email", "title", "department", "role", "joined_on")


def contacts(line: Line, book: Book) -> Iterator[Row]:
    """Yield the contact of a line, and the last sign-in if the line tells it."""
    name, address = full_name(line), line.get("email")
    if not (name or address):
        raise Rejection("the contact has neither a name nor an e-mail address", "name")
    account = book.account(line)
    if "email" in line.values and not address:
        book.note("address_none", line.number)
    key = line.get("id") or f"{account}:{address or name}"
    id = book.id_of("contacts", key)
    known = None if book.knows("contacts", id) else book.acquaintance(account, address)
    said = {k: v for k, v in line.pick(*_SAID).items() if v}
    if known:
        book.note("contact_known", line.number)
        book.same("contacts", key, known)
        yield Row("contacts", key, {"customer_id": account}, first=said, fills=known)
    else:
        own: Values = {"customer_id": account, "name": name or address}
        yield Row("contacts", key, own | said | _departure(line, book))
    if seen := line.get("seen_at"):
        yield Row(
            "activities",
            f"{key}:login:{seen.date()}",
            {
                "customer_id": account,
                "contact_id": known or id,
                "kind": "login",
                "direction": "in",
                "occurred_at": seen,
            },
        )


def _departure(line: Line, book: Book) -> Values:
    if line.get("left") and "left_on" not in line.values:
        book.note("left_undated", line.number)
        return {"left_on": book.as_of}
    return line.pick("left_on")


_PERSON = {"id": v.identifier, "name": v.text, "first_name": v.text, "last_name": v.text}

CSMS = Kind(
    name="people",
    tables=("csms",),
    fields={
        **_PERSON,
        "email": v.email,
        "active": v.flag,
        "manager_id": v.identifier,
        "role": v.choice({"csm": "csm", "manager": "manager", "admin": "admin"}),
        "timezone": zone,
    },
    build=csms,
    names={
        "id": ("csm id", "user id", "owner id", "id"),
        "name": ("csm name", "csm", "full name", "name"),
        "email": ("csm email", "email", "email address"),
        "role": ("role",),
        "timezone": ("timezone", "time zone"),
    },
    notes={
        "address_none": "{count} of {of} people have no usable e-mail address (missing or hashed): "
        "they can own accounts, but Steward cannot know them in Slack until it is added.",
        "person_known": "{count} of {of} people were known by their e-mail address already: their "
        "accounts go to the person who is there.",
    },
)

CONTACTS = Kind(
    name="contacts",
    tables=("contacts", "activities"),
    fields={
        **_PERSON,
        **ACCOUNT,
        "email": v.email,
        "title": v.text,
        "department": v.text,
        "role": v.choice(ROLES),
        "joined_on": v.day,
        "left_on": v.day,
        "left": v.flag,
        "seen_at": v.moment,
    },
    build=contacts,
    names={
        "id": ("contact id", "contact external id", "person id", "id"),
        "name": ("contact name", "full name", "name", "contact"),
        "first_name": ("first name", "firstname"),
        "last_name": ("last name", "lastname", "surname"),
        **ACCOUNT_NAMES,
        "email": ("email", "email address", "contact email"),
        "title": ("title", "job title", "jobtitle", "position"),
        "department": ("department", "dept", "business unit", "job function", "division"),
        "role": ("role", "buying role", "hs buying role", "contact role", "contact type"),
        "joined_on": ("joined on", "created date", "create date"),
        "left_on": ("left on", "left company on"),
        "left": ("no longer at company", "has left"),
        "seen_at": ("last login", "last login at", "last seen", "last sign in", "last active"),
    },
    notes={
        "address_none": "{count} of {of} contacts have no usable e-mail address (missing or "
        "hashed): mails and tickets cannot be matched with them.",
        "contact_known": "{count} of {of} contacts were known by their e-mail address at the same "
        "account already: the contact who is there stays, and what it lacked is filled in.",
        "left_undated": "{count} of {of} contacts are marked as gone without a day: the file's own "
        "day is used.",
    },
)
