"""RavenStack (River @ Rivalytics): accounts, subscriptions, usage, tickets, churn events."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import ACCOUNTS
from storage.imports.kinds.money import CONTRACTS
from storage.imports.kinds.support import TICKETS
from storage.imports.sheet import Kind, Line, Rejection, Row, Sheet, Source

METRIC = "usage"
"""What the data calls usage_count, added up per account and day over its subscriptions."""


def _account(line: Line, book: Book) -> None:
    if line.cells.get("churnflag", "").lower() == "true":
        book.links["flagged"][line.values["id"]] = line.number


def _signed_up(line: Line, book: Book) -> date | None:
    account = book.recalled["customers"].get(line.values["account_id"] or "", {})
    return account.get("signed_up_on")


def _subscription(line: Line, book: Book) -> None:
    """Compare what is said twice."""
    ended = line.get("cancelled_on") is not None
    if (line.cells.get("churnflag", "").lower() == "true") == ended:
        book.note("flag_is_end", line.number)
    signed = _signed_up(line, book)
    if signed and line.values["starts_on"] < signed:
        book.note("before_signup", line.number)


def _usage(line: Line, book: Book) -> Iterator[Row]:
    """Add a line to its account's day; the days are yielded when the file is at its end."""
    id, subscription_id = line.values["id"], line.values["subscription_id"]
    subscription = book.recalled["contracts"].get(subscription_id)
    if subscription is None:
        raise Rejection(f"there is no subscription {subscription_id!r}", "subscription_id")
    first = book.links["usage ids"].setdefault(id, line.number)
    if first != line.number:
        book.note("twice", line.number)
        raise Rejection(f"line {first} has the same id {id!r} and is kept", "id")
    on, ends = line.values["recorded_on"], subscription.get("cancelled_on")
    if on < subscription["starts_on"] or (ends and on > ends):
        book.note("outside", line.number)
    days = book.links["usage"]
    key = (subscription["customer_id"], on)
    days[key] = days.get(key, 0.0) + line.values["value"]
    return iter(())


def _days(book: Book) -> Iterator[Row]:
    """Yield what was used per account and day."""
    book.links.pop("usage ids", None)
    for (customer, on), total in book.links.pop("usage", {}).items():
        values = {"customer_id": customer, "recorded_on": on, "metric": METRIC, "value": total}
        yield Row("usage_metrics", f"{customer}:{on}:{METRIC}", values)


FEATURE_USAGE = Kind(
    name="feature usage",
    tables=("usage_metrics",),
    fields={
        "id": v.identifier,
        "subscription_id": v.identifier,
        "recorded_on": v.day,
        "value": v.number,
    },
    build=_usage,
    required=("id", "subscription_id", "recorded_on", "value"),
)


def _ticket(line: Line, book: Book) -> None:
    signed = _signed_up(line, book)
    if signed and line.values["opened_at"].date() < signed:
        book.note("before_signup", line.number)


def _churn(line: Line, book: Book) -> Iterator[Row]:
    """Yield a churn event as a risk, cleared on the day on which a later subscription starts."""
    customer, on = book.account(line), line.values["on"]
    back = min((start for start in _starts(book).get(customer, ()) if start >= on), default=None)
    reason = line.get("reason") or "unknown"
    if line.get("again"):
        book.note("reactivation", line.number)
    events = book.links["churn"].setdefault(line.values["account_id"], [])
    events.append((on, back, reason))
    said = f": {line.values['feedback']}" if line.get("feedback") else ""
    values = {
        "customer_id": customer,
        "kind": "churn",
        "severity": "critical",
        "description": f"Churned, reason {reason}{said}",
        "raised_at": datetime.combine(on, time(), UTC),
        "cleared_at": datetime.combine(back, time(), UTC) if back else None,
    }
    yield Row("risk_signals", line.values["id"], values)


def _starts(book: Book) -> dict[str, list[date]]:
    """Return when the subscriptions of each account start."""
    starts: dict[str, list[date]] = book.links["starts"]
    if not starts:
        for contract in book.recalled["contracts"].values():
            starts.setdefault(contract["customer_id"], []).append(contract["starts_on"])
    return starts


def _churned(book: Book) -> Iterator[Row]:
    """Say which accounts are gone, and where the flag in the accounts file contradicts that."""
    churn, flagged = book.links.pop("churn", {}), book.links.get("flagged", {})
    for account, events in sorted(churn.items()):
        if flagged and account not in flagged:
            book.note("event_only")
        if len(events) > 1:
            book.note("several")
        on, back, reason = max(events, key=lambda event: event[0])
        book.note("came_back" if back else "gone")
        values = {
            "churned_on": None if back else on,
            "churn_reason": None if back else reason,
        }
        yield Row("customers", account, values, patch=True)
    for account, line in flagged.items():
        if account not in churn:
            book.note("flag_only", line)


CHURN_EVENTS = Kind(
    name="churn events",
    tables=("risk_signals", "customers"),
    fields={
        "id": v.identifier,
        "account_id": v.identifier,
        "on": v.day,
        "reason": v.text,
        "feedback": v.text,
        "again": v.flag,
    },
    build=_churn,
    required=("id", "account_id", "on"),
)

_ACCOUNT = {"account_id": ("account_id",)}

RAVENSTACK = Source(
    name="ravenstack",
    title="RavenStack",
    sheets=(
        Sheet(
            name="accounts",
            kind=ACCOUNTS,
            signature=("account_id", "account_name", "referral_source"),
            columns={
                "id": ("account_id",),
                "name": ("account_name",),
                "industry": ("industry",),
                "country": ("country",),
                "plan_tier": ("plan_tier",),
                "signed_up_on": ("signup_date",),
            },
            files=("*accounts*",),
            adjust=_account,
            ignored={
                "churn_flag": "it contradicts the churn events, which are read instead",
                "seats": "the subscriptions say how many seats there are, and since when",
                "is_trial": "the subscriptions say which of them are trials",
                "referral_source": "how the customer was won changes no recommendation",
            },
            notes={
                "owner_none": "{count} of {of} accounts have no owner: the data names none. Give "
                "them to a CSM, or ask as an admin.",
            },
        ),
        Sheet(
            name="subscriptions",
            kind=CONTRACTS,
            signature=("subscription_id", "account_id", "mrr_amount", "billing_frequency"),
            columns={
                "id": ("subscription_id",),
                **_ACCOUNT,
                "starts_on": ("start_date",),
                "cancelled_on": ("end_date",),
                "arr": ("arr_amount",),
                "mrr": ("mrr_amount",),
                "seats": ("seats",),
                "plan_tier": ("plan_tier",),
                "billing": ("billing_frequency",),
                "auto_renew": ("auto_renew_flag",),
                "trial": ("is_trial",),
            },
            files=("*subscriptions*",),
            adjust=_subscription,
            ignored={
                "churn_flag": "it only repeats that there is an end date",
                "upgrade_flag": "it does not say when or from what",
                "downgrade_flag": "it does not say when or from what",
            },
            notes={
                "flag_is_end": "{count} of {of} subscriptions have a churn_flag that equals "
                "'end_date is set': it tells nothing more (and would leak the answer to a model).",
                "before_signup": "{count} of {of} subscriptions ({share}) start before their "
                "account signed up: kept as they are.",
            },
        ),
        Sheet(
            name="feature usage",
            kind=FEATURE_USAGE,
            signature=("usage_id", "subscription_id", "usage_count"),
            columns={
                "id": ("usage_id",),
                "subscription_id": ("subscription_id",),
                "recorded_on": ("usage_date",),
                "value": ("usage_count",),
            },
            files=("*usage*",),
            finish=_days,
            ignored={
                "feature_name": "usage is added up over features, per account and day",
                "usage_duration_secs": "usage_count is the measure of use",
                "error_count": "errors are not use",
                "is_beta_feature": "beta features count like others",
            },
            notes={
                "outside": "{count} of {of} usage lines ({share}) lie outside their subscription's "
                "time: kept, since the account did use the product; they count for the account.",
                "twice": "{count} of {of} usage ids stand twice with different content: the first "
                "is kept, the others are rejected.",
            },
        ),
        Sheet(
            name="support tickets",
            kind=TICKETS,
            signature=("ticket_id", "account_id", "submitted_at", "resolution_time_hours"),
            columns={
                "id": ("ticket_id",),
                **_ACCOUNT,
                "priority": ("priority",),
                "opened_at": ("submitted_at",),
                "closed_at": ("closed_at",),
                "escalated": ("escalation_flag",),
                "satisfaction": ("satisfaction_score",),
                "first_response_minutes": ("first_response_time_minutes",),
            },
            files=("*tickets*",),
            adjust=_ticket,
            ignored={"resolution_time_hours": "it follows from the opening and closing times"},
            notes={
                "before_signup": "{count} of {of} tickets ({share}) were opened before their "
                "account signed up: kept, since the account is certain and the day may be right.",
            },
        ),
        Sheet(
            name="churn events",
            kind=CHURN_EVENTS,
            signature=("churn_event_id", "account_id", "churn_date", "reason_code"),
            columns={
                "id": ("churn_event_id",),
                **_ACCOUNT,
                "on": ("churn_date",),
                "reason": ("reason_code",),
                "feedback": ("feedback_text",),
                "again": ("is_reactivation",),
            },
            files=("*churn*",),
            finish=_churned,
            ignored={
                "refund_amount_usd": "refunds change no recommendation",
                "preceding_upgrade_flag": "the subscriptions tell what was bought when",
                "preceding_downgrade_flag": "the subscriptions tell what was bought when",
            },
            notes={
                "event_only": "{count} accounts have churn events although churn_flag in the "
                "accounts file says they did not churn: the events are believed.",
                "flag_only": "{count} accounts have churn_flag set and no churn event: they are "
                "kept as customers.",
                "several": "{count} accounts churned more than once in {of} events.",
                "reactivation": "{count} of {of} events are marked as reactivations.",
                "came_back": "{count} accounts took a subscription on or after the day of their "
                "last churn event: they are kept as customers, the event as a cleared risk.",
                "gone": "{count} accounts took none since their last churn event: they are marked "
                "as churned on that day.",
            },
        ),
    ),
    recalls=("customers", "contracts"),
)
