"""Contracts, and deals, which are renewals or chances to grow."""

import re
from collections.abc import Iterator

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import currency
from storage.imports.kinds.links import ACCOUNT, ACCOUNT_NAMES
from storage.imports.sheet import Kind, Line, Rejection, Row, Values

_RENEWAL = re.compile(r"\brenew", re.IGNORECASE)
_KINDS = (
    ("seats", re.compile(r"\b(seats?|users?|licen[sc]es?|add.?on)\b", re.IGNORECASE)),
    ("upgrade", re.compile(r"\b(upgrade|upsell|up.sell|expansion|existing)\b", re.IGNORECASE)),
    ("cross_sell", re.compile(r"\bcross.?sell\b", re.IGNORECASE)),
    ("new", re.compile(r"\bnew (business|customer|logo)|newbusiness\b", re.IGNORECASE)),
)


def contracts(line: Line, book: Book) -> Iterator[Row]:
    """Yield the contract of a line."""
    for end in ("ends_on", "cancelled_on"):
        if line.get(end) and line.values[end] < line.values["starts_on"]:
            raise Rejection("it ends before it starts", end)
    values: Values = {"customer_id": book.account(line)}
    values |= line.pick(
        "starts_on", "ends_on", "cancelled_on", "arr", "seats", "plan_tier", "billing",
        "auto_renew",
    )  # fmt: skip
    if line.get("arr") is None and line.get("mrr") is not None:
        values["arr"] = 12 * line.values["mrr"]
    values |= {name: value for name, value in line.pick("trial", "currency").items() if value}
    first = {"currency": book.currency} if book.currency else {}
    yield Row("contracts", line.values["id"], values, first=first)


def deals(line: Line, book: Book) -> Iterator[Row]:
    """Yield the deal of a line: a renewal when its type, pipeline or name says so."""
    words = [str(line.get(key) or "") for key in ("type", "record_type", "pipeline", "name")]
    renewal = any(_RENEWAL.search(word) for word in words)
    if renewal and not line.get("close_on"):
        raise Rejection("the renewal has no date", "close_on")
    yield _renewal(line, book) if renewal else _opportunity(line, book, " ".join(words))


def _renewal(line: Line, book: Book) -> Row:
    book.note("renewal", line.number)
    values: Values = {"customer_id": book.account(line), "renews_on": line.values["close_on"]}
    return Row(
        "renewal_pipeline",
        line.values["id"],
        values | line.pick("opened_on", "amount", "stage") | _closed(line),
    )


def _opportunity(line: Line, book: Book, words: str) -> Row:
    kind = next((name for name, pattern in _KINDS if pattern.search(words)), "other")
    values: Values = {"customer_id": book.account(line), "name": line.get("name"), "kind": kind}
    if not values["name"]:
        raise Rejection("the deal has no name", "name")
    return Row(
        "expansion_opportunities",
        line.values["id"],
        values
        | line.pick("product", "opened_on", "amount", "stage")
        | {"expected_on": line.get("close_on")}
        | _closed(line),
    )


def _closed(line: Line) -> Values:
    """Return when a deal was closed and whether it was won; both unknown while it is open."""
    stage = str(line.get("stage") or "").lower()
    won = line.get("is_won") or stage in {"closed won", "won", "closedwon"}
    closed = won or line.get("is_closed") or stage in {"closed lost", "lost", "closedlost"}
    return {
        "closed_on": line.get("close_on") if closed else None,
        "won": bool(won) if closed else None,
    }


CONTRACTS = Kind(
    name="contracts",
    tables=("contracts",),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        "starts_on": v.day,
        "ends_on": v.day,
        "cancelled_on": v.day,
        "arr": v.number,
        "mrr": v.number,
        "currency": currency,
        "seats": v.whole,
        "plan_tier": v.text,
        "billing": v.text,
        "auto_renew": v.flag,
        "trial": v.flag,
    },
    build=contracts,
    required=("id", "starts_on"),
    names={
        "id": ("contract id", "subscription id", "contract number", "id"),
        **ACCOUNT_NAMES,
        "starts_on": ("start date", "contract start date", "starts on", "subscription start date"),
        "ends_on": ("end date", "contract end date", "ends on", "subscription end date"),
        "cancelled_on": ("cancelled on", "cancellation date", "cancelled at", "terminated on"),
        "arr": ("arr", "arr amount", "acv", "annual value"),
        "mrr": ("mrr", "mrr amount"),
        "currency": ("currency", "currency iso code"),
        "seats": ("seats", "quantity", "licenses"),
        "plan_tier": ("plan tier", "plan", "product"),
        "billing": ("billing frequency", "billing", "billing period"),
        "auto_renew": ("auto renew", "auto renew flag", "auto renewal"),
        "trial": ("is trial", "trial"),
    },
)

DEALS = Kind(
    name="deals",
    tables=("renewal_pipeline", "expansion_opportunities"),
    fields={
        "id": v.identifier,
        **ACCOUNT,
        "name": v.text,
        "type": v.text,
        "record_type": v.text,
        "pipeline": v.text,
        "product": v.text,
        "stage": v.text,
        "amount": v.number,
        "opened_on": v.day,
        "close_on": v.day,
        "is_closed": v.flag,
        "is_won": v.flag,
    },
    build=deals,
    required=("id",),
    names={
        "id": ("opportunity id", "deal id", "record id", "id"),
        **ACCOUNT_NAMES,
        "name": ("opportunity name", "deal name", "dealname", "name"),
        "type": ("type", "deal type", "dealtype", "opportunity type"),
        "record_type": ("record type", "opportunity record type"),
        "pipeline": ("pipeline",),
        "product": ("product", "product name"),
        "stage": ("stage", "stage name", "deal stage", "dealstage"),
        "amount": ("amount", "deal amount", "value", "close value"),
        "opened_on": ("created date", "create date", "opened on", "engage date"),
        "close_on": ("close date", "closedate", "expected close date", "closing date"),
        "is_closed": ("is closed", "closed"),
        "is_won": ("is won", "won", "is closed won", "hs is closed won"),
    },
    notes={"renewal": "{count} of {of} deals are renewals by their type, pipeline or name."},
)
