"""Zendesk: the tickets export, and connectors' copies of organisations, users and tickets."""

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import ACCOUNTS, rows
from storage.imports.kinds.history import LINKS
from storage.imports.kinds.people import CONTACTS
from storage.imports.kinds.support import TICKETS
from storage.imports.sheet import Kind, Line, Row, Sheet, Skip, Source, Unneeded
from storage.imports.values import Style

DELETED = (
    Skip("_fivetran_deleted", ("true", "1"), "deleted in Zendesk"),
    Skip("status", ("deleted",), "a deleted ticket"),
)


def _organization(line: Line, book: Book) -> tuple[Row, ...]:
    """Yield an organisation, unless it is an account that another source brought.

    The same company is found by the id it has elsewhere, then by its name, then by its domain.
    """
    id = line.values["id"]
    own = book.id_of("customers", id)
    if book.knows("customers", own):
        return tuple(rows(line, book))
    for how, found in _elsewhere(line, book):
        if found:
            book.same("customers", id, found)
            book.note(f"same_by_{how}", line.number)
            return ()
    book.note("organization_new", line.number)
    return tuple(rows(line, book))


def _elsewhere(line: Line, book: Book) -> tuple[tuple[str, str | None], ...]:
    external = line.cells.get("externalid")
    return (
        ("id", book.elsewhere("customers", external) if external else None),
        ("name", book.named("customers", line.get("name"))),
        ("domain", book.at("customers", line.get("domain"))),
    )


ORGANIZATIONS = Kind(
    name="organizations",
    tables=ACCOUNTS.tables,
    fields=ACCOUNTS.fields,
    build=_organization,
    required=("id", "name"),
    notes={
        **ACCOUNTS.notes,
        "same_by_id": "{count} of {of} organisations are accounts by their external id: their "
        "tickets go there.",
        "same_by_name": "{count} of {of} organisations are accounts by their name: their tickets "
        "go there.",
        "same_by_domain": "{count} of {of} organisations are accounts by their domain: their "
        "tickets go there.",
        "organization_new": "{count} of {of} organisations match no account by external id, name "
        "or domain: they become accounts of their own.",
    },
)


def _domain_link(line: Line, book: Book) -> None:
    host = v.domain(line.values.get("other") or "", Style())
    if host:
        book.links["domain"].setdefault(line.values["id"], host)


def _with_domain(line: Line, book: Book) -> None:
    line.values["domain"] = line.get("domain") or book.links["domain"].get(line.values["id"])


def _user(line: Line, book: Book) -> None:
    """Remember where a requester belongs, for tickets that name no organisation."""
    if line.get("account_id"):
        book.links["organization of user"][line.values["id"]] = line.values["account_id"]
    elif line.get("email"):
        line.values["account_domain"] = v.domain(line.values["email"], Style())
    line.values.pop("role", None)


def _ticket(line: Line, book: Book) -> None:
    """Find a ticket's account: its organisation, the requester's, then the requester's domain."""
    requester = line.get("contact_id")
    if not book.find("customers", line.get("account_id")) and requester:
        home = book.links["organization of user"].get(requester)
        if home:
            line.values["account_id"] = home
    if "contact_email" in line.values and not line.get("account_domain"):
        line.values["account_domain"] = v.domain(line.values["contact_email"] or "", Style())


_WORDS = "a word (good, bad, offered), not a number: it is not turned into one"

ORGANIZATION = Sheet(
    name="organizations",
    kind=ORGANIZATIONS,
    signature=("id", "name", "shared_tickets"),
    columns={
        "id": ("id", "organization id"),
        "name": ("name",),
        "domain": ("domain_names", "domain"),
    },
    files=("*organization*",),
    skip=DELETED[:1],
    adjust=_with_domain,
    ignored={"external_id": "used to find the account that an organisation is"},
)

TICKET = Sheet(
    name="tickets",
    kind=TICKETS,
    signature=("id", "requester_id", "status", "via_channel"),
    columns={
        "id": ("id",),
        "account_id": ("organization_id",),
        "contact_id": ("requester_id",),
        "subject": ("subject",),
        "category": ("type",),
        "priority": ("priority",),
        "status": ("status",),
        "opened_at": ("created_at",),
        "closed_at": ("solved_at", "closed_at"),
        "changed_at": ("updated_at",),
    },
    files=("*ticket*",),
    skip=DELETED,
    adjust=_ticket,
    ignored={"satisfaction_rating": _WORDS, "satisfaction_score": _WORDS},
)

TICKET_EXPORT = Sheet(
    name="tickets export",
    kind=TICKETS,
    signature=("Requester", "Subject", "Status", "Created at", "Via"),
    columns={
        "id": ("Id", "Ticket ID"),
        "account_id": ("Organization id",),
        "account_name": ("Organization",),
        "account_domain": ("Requester domain",),
        "contact_id": ("Requester id",),
        "contact_email": ("Requester email",),
        "subject": ("Subject",),
        "category": ("Ticket type",),
        "priority": ("Priority",),
        "status": ("Status",),
        "opened_at": ("Created at",),
        "closed_at": ("Solved at",),
        "changed_at": ("Updated at",),
        "first_response_minutes": ("First reply time in minutes",),
    },
    skip=DELETED,
    adjust=_ticket,
    ignored={"Satisfaction Score": _WORDS},
)

ZENDESK = Source(
    name="zendesk",
    title="Zendesk",
    sheets=(
        Sheet(
            name="domain names",
            kind=LINKS,
            signature=("organization_id", "domain_name"),
            columns={"id": ("organization_id",), "other": ("domain_name",)},
            files=("*domain_name*",),
            adjust=_domain_link,
        ),
        ORGANIZATION,
        Sheet(
            name="users",
            kind=CONTACTS,
            signature=("id", "name", "email", "organization_id", "role"),
            columns={
                "id": ("id",),
                "account_id": ("organization_id",),
                "name": ("name",),
                "email": ("email",),
                "joined_on": ("created_at",),
                "seen_at": ("last_login_at",),
            },
            files=("*user*",),
            skip=(
                *DELETED,
                Skip("role", ("agent", "admin"), "an agent of yours, not a customer's contact"),
                Skip("suspended", ("true", "1"), "a suspended user"),
            ),
            adjust=_user,
            ignored={"role": "used to tell customers from agents"},
        ),
        TICKET,
        TICKET_EXPORT,
    ),
    unneeded=(
        Unneeded(("*_history*", "audit_log*"), "former states of tickets"),
        Unneeded(("brand*", "group*", "schedule*", "daylight*", "time_zone*"),
                 "Zendesk's own settings"),
        Unneeded(("*_tag_*", "*_tag.csv"), "tags"),
        Unneeded(("ticket_comment*", "ticket_chat*"), "the talk inside tickets"),
        Unneeded(("ticket_form*", "ticket_schedule*", "*sla_policy*"), "Zendesk's own rules"),
    ),
    last=True,
)  # fmt: skip
