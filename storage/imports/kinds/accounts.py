"""Accounts, with the renewal, contract, health and owner that a flat list carries on each line."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from storage.imports import values as v
from storage.imports.book import OWNER_NOTES, Book
from storage.imports.kinds.links import OWNER, OWNER_NAMES
from storage.imports.sheet import Kind, Line, Rejection, Row, Values
from storage.imports.values import Style, Unreadable

_SEGMENTS = {
    "enterprise": "enterprise", "ent": "enterprise", "strategic": "enterprise",
    "mid market": "mid-market", "midmarket": "mid-market", "commercial": "mid-market",
    "mm": "mid-market", "smb": "smb", "small business": "smb", "small medium": "smb",
}  # fmt: skip
_TYPES = re.compile(r"prospect|competitor|lead(?!er)")
_STAGES = frozenset({
    "subscriber", "lead", "marketingqualifiedlead", "mql", "salesqualifiedlead", "sql",
    "opportunity",
})  # fmt: skip
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[A-Za-z0-9+/]{22}==")

RECORD = (
    "name", "domain", "segment", "industry", "country", "employees", "plan_tier", "currency",
    "use_case", "signed_up_on", "churned_on", "churn_reason",
)  # fmt: skip


def segment(cell: str, style: Style) -> str:
    """Read a segment; the usual words become enterprise, mid-market and smb."""
    word = re.sub(r"[^a-z]+", " ", cell.lower()).strip()
    return _SEGMENTS.get(word) or v.text(cell, style)


def currency(cell: str, style: Style) -> str:
    """Read a currency's three letters."""
    code = v.text(cell, style).upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise Unreadable(f"{cell!r} is no currency code such as USD")
    return code


def prospect_type(cell: str, style: Style) -> bool:
    """Tell whether an account's type is that of one who is no customer."""
    return bool(_TYPES.search(v.text(cell, style).lower()))


def before_customer(cell: str, style: Style) -> bool:
    """Tell whether a lifecycle stage is one before that of a customer."""
    return re.sub(r"[^a-z]+", "", v.text(cell, style).lower()) in _STAGES


def unscaled(cell: str, style: Style) -> Any:
    """Refuse a score whose scale nobody has told."""
    raise Unreadable(f"the scale of {v.text(cell, style)!r} is not known")


def rows(line: Line, book: Book) -> Iterator[Row]:
    """Yield the account of a line and what else the line says about it."""
    key = line.get("id") or line.get("name")
    if not line.get("name"):
        raise Rejection("the account has no name", "name")
    owner, strangers = book.owner(line)
    yield from strangers
    id = book.id_of("customers", key)
    _notice(line, book, id)
    values = _record(line, book)
    if owner:  # an account that somebody was given in Steward keeps its owner otherwise
        values["csm_id"] = owner
    yield Row("customers", key, values, first=_first(book))
    yield from _more(line, book, key, id)


def _record(line: Line, book: Book) -> Values:
    values = line.pick(*RECORD) | _prospect(line, book)
    if values.get("currency") is None:
        values.pop("currency", None)
    if line.get("arr") is not None or "mrr" not in line.values:
        values |= line.pick("arr")
    else:
        values["arr"] = None if line.get("mrr") is None else 12 * line.values["mrr"]
    parent = line.get("parent_id")
    if "parent_id" in line.values:
        values["parent_id"] = book.find("customers", parent) or (
            book.id_of("customers", parent) if parent else None
        )
    return values


def _prospect(line: Line, book: Book) -> Values:
    """Tell whether an account is a prospect; its lifecycle stage counts more than its type."""
    said = line.pick("lifecycle", "type")
    if not said:
        return {}
    by = next((name for name, value in said.items() if value is not None), None)
    if by and said[by]:
        book.note(f"prospect_{by}", line.number)
    return {"prospect": bool(by and said[by])}


def _first(book: Book) -> Values:
    return {"currency": book.currency} if book.currency else {}


def _notice(line: Line, book: Book, id: str) -> None:
    twin = book.named("customers", line.get("name"))
    if twin and twin != id:
        book.note("same_name", line.number)
    if _HASH.fullmatch(line.values["name"]):
        book.note("hashed", line.number)


def _more(line: Line, book: Book, key: str, id: str) -> Iterator[Row]:
    renewal: date | None = line.get("renewal_on") or line.get("contract_end")
    if renewal:
        yield Row("renewal_pipeline", f"account:{key}", {"customer_id": id, "renews_on": renewal})
    if line.get("contract_start"):
        yield Row("contracts", f"account:{key}", _contract(line, id))
    if line.get("health") is not None:
        on = line.get("health_on") or book.as_of
        if not line.get("health_on"):
            book.note("undated", line.number)
        measured: Values = {"customer_id": id, "recorded_on": on, "score": line.values["health"]}
        yield Row("health_score_history", f"account:{key}:{on}", measured)
    if line.get("seats_used") is not None:
        yield Row("usage_metrics", f"account:{key}:seats:{book.as_of}", _seats(line, book, id))


def _contract(line: Line, id: str) -> Values:
    """Return the term that an account's line tells; its ARR stays with the account.

    A list of contracts, if there is one, tells the same money once more.
    """
    return {
        "customer_id": id,
        "starts_on": line.values["contract_start"],
        "ends_on": line.get("contract_end") or line.get("renewal_on"),
        **line.pick("seats", "auto_renew"),
    }


def _seats(line: Line, book: Book, id: str) -> Values:
    return {
        "customer_id": id,
        "recorded_on": book.as_of,
        "metric": "active_users",
        "value": line.values["seats_used"],
        "licensed": line.get("seats"),
    }


ACCOUNTS = Kind(
    name="accounts",
    tables=(
        "csms", "customers", "renewal_pipeline", "contracts", "health_score_history",
        "usage_metrics",
    ),
    fields={
        "id": v.identifier,
        "name": v.text,
        "domain": v.domain,
        "segment": segment,
        "industry": v.text,
        "country": v.text,
        "employees": v.whole,
        "plan_tier": v.text,
        "arr": v.number,
        "mrr": v.number,
        "currency": currency,
        **OWNER,
        "parent_id": v.identifier,
        "use_case": v.text,
        "signed_up_on": v.day,
        "churned_on": v.day,
        "churn_reason": v.text,
        "lifecycle": before_customer,
        "type": prospect_type,
        "renewal_on": v.day,
        "contract_start": v.day,
        "contract_end": v.day,
        "auto_renew": v.flag,
        "seats": v.whole,
        "seats_used": v.number,
        "health": unscaled,
        "health_on": v.day,
    },
    build=rows,
    required=("name",),
    names={
        "id": (
            "account id", "customer id", "company id", "external id", "account external id",
            "gsid", "record id", "id",
        ),
        "name": (
            "account name", "company name", "customer name", "name", "account", "company",
            "customer", "client",
        ),
        "domain": ("domain", "company domain name", "website", "web site", "url"),
        "segment": ("segment", "account segment", "customer segment", "tier"),
        "industry": ("industry", "sector", "vertical"),
        "country": ("country", "billing country", "country region"),
        "employees": ("employees", "number of employees", "numberofemployees", "headcount"),
        "plan_tier": ("plan tier", "plan", "package", "edition", "license"),
        "arr": ("arr", "current arr", "annual recurring revenue", "acv", "arr amount"),
        "mrr": ("mrr", "monthly recurring revenue", "current mrr", "mrr amount"),
        "currency": ("currency", "currency iso code", "deal currency code"),
        **OWNER_NAMES,
        "parent_id": ("parent id", "parent account id", "parent company id"),
        "use_case": ("use case",),
        "signed_up_on": (
            "signup date", "sign up date", "signed up on", "customer since", "start date",
            "original contract date", "created date", "create date",
        ),
        "churned_on": ("churn date", "churned at", "churned on", "cancellation date"),
        "churn_reason": ("churn reason", "churn category", "cancellation reason"),
        "lifecycle": ("lifecycle stage", "lifecycle", "life cycle stage"),
        "type": ("account type", "company type", "customer type", "type"),
        "renewal_on": ("renewal date", "next renewal date", "renews on", "renewal"),
        "contract_start": ("contract start date", "contract start", "subscription start date"),
        "contract_end": (
            "contract end date", "contract end", "subscription end date", "end date",
        ),
        "auto_renew": ("auto renew", "auto renewal", "auto renew flag"),
        "seats": ("seats", "licenses", "licensed seats", "seats purchased", "license count"),
        "seats_used": ("seats used", "active users", "used seats", "active seats"),
        "health": (
            "health score", "health", "overall score", "current score", "customer health",
            "churn score", "h",
        ),
        "health_on": ("health score date", "score date", "health updated on"),
    },
    notes={
        **OWNER_NOTES,
        "same_name": "{count} of {of} accounts have the name of an account that was there before "
        "under another id: both are kept, and a question by that name asks which is meant.",
        "prospect_lifecycle": "{count} of {of} accounts are kept as prospects, since their "
        "lifecycle stage comes before that of a customer: they are in nobody's portfolio until an "
        "export says that they are customers.",
        "prospect_type": "{count} of {of} accounts are kept as prospects, since their type says "
        "prospect, lead or competitor: they are in nobody's portfolio until an export says that "
        "they are customers.",
        "undated": "{count} of {of} health scores carry no day: they count as of the day the "
        "file was written. If that is not so, write as_of = YYYY-MM-DD in a mapping.",
        "hashed": "{count} of {of} account names look hashed: nobody can ask for them by name.",
    },
)  # fmt: skip
