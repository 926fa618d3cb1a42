"""The facts frame: one row per account, one column per fact, all of it as of a moment.

A fact belongs to a group: the rows of one table that it is read from. The frame also carries, for
each group, `<group>_on` (the day of its newest row) and `<group>_source` (who sent that row), so
that every sentence can name its rows and staleness is known. A fact that is not known is null; it
is never filled in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from polars._typing import PolarsDataType


@dataclass(frozen=True, slots=True)
class Group:
    """Facts read from the same rows.

    `shelf_days` says how long its newest row is good for; None when it does not age. `lacking`
    and `stale` are what a person is told, `stale` with the day in `{on}`.
    """

    name: str
    table: str
    shelf_days: int | None
    lacking: str
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One column: its type, its meaning, its unit, and the group it is read with."""

    name: str
    dtype: PolarsDataType
    group: str
    meaning: str
    unit: str = ""


GROUPS: tuple[Group, ...] = (
    Group("account", "customers", None, "nothing about the account itself"),
    Group("value", "contracts", None, "no ARR"),
    Group("health", "health_score_history", 21, "no health scores", "no health score since {on}"),
    Group("usage", "usage_metrics", 14, "no usage data", "no usage data since {on}"),
    Group("adoption", "usage_metrics", 30, "no feature adoption", "no feature adoption since {on}"),
    Group("seats", "usage_metrics", 30, "no seat usage", "no seat usage since {on}"),
    Group("contact", "activities", 30, "no meetings, calls or e-mails", "no activity since {on}"),
    Group(
        "champion", "contacts", 30, "no champion with sign-ins", "no sign-ins recorded since {on}"
    ),
    Group("sponsor", "activities", None, "no executive sponsor named"),
    Group("support", "support_tickets", 30, "no support data", "no support data since {on}"),
    Group("renewals", "renewal_pipeline", None, "no renewal date"),
    Group("qbr", "meetings", None, "no QBR planned"),
    Group(
        "opportunity",
        "expansion_opportunities",
        60,
        "no expansion opportunities",
        "no opportunities since {on}",
    ),
    Group("risk", "risk_signals", None, "no risk signals recorded"),
    Group("value_update", "activities", None, "no value update on record"),
    Group("contract", "contracts", None, "no contract term"),
    Group("kickoff", "meetings", None, "no record of a kickoff"),
    Group("meetings", "meetings", None, "no meetings on record"),
    Group("milestone", "activities", None, "no milestones on record"),
    Group("feedback", "activities", None, "no record of requests for feedback"),
    Group("fading", "usage_metrics", 30, "no usage by feature", "no usage by feature since {on}"),
    Group("departments", "contacts", None, "no departments of its contacts"),
)

FACTS: tuple[Fact, ...] = (
    Fact("id", pl.String, "account", "The account's id"),
    Fact("name", pl.String, "account", "What the account is called"),
    Fact("owner_id", pl.String, "account", "The CSM who owns it"),
    Fact("owner_name", pl.String, "account", "That CSM's name"),
    Fact("segment", pl.String, "account", "The portfolio's own word: enterprise, mid-market, smb"),
    Fact("industry", pl.String, "account", "The industry it is in"),
    Fact("currency", pl.String, "account", "The currency of its ARR"),
    Fact("use_case", pl.String, "account", "What it uses the product for, in its own words"),
    Fact("days_as_customer", pl.Int64, "account", "Days since it signed up", "days"),
    Fact(
        "days_to_anniversary",
        pl.Int64,
        "account",
        "Days until the next anniversary of that, from the eleventh month on",
        "days",
    ),
    Fact(
        "arr", pl.Float64, "value", "Yearly revenue: running contracts, else the record's", "money"
    ),
    Fact(
        "arr_rank", pl.Float64, "value", "Share of its portfolio whose ARR is not above it", "share"
    ),
    Fact("health", pl.Float64, "health", "Newest health score, 0-100", "points"),
    Fact("health_was", pl.Float64, "health", "Health score a week before the newest", "points"),
    Fact("health_change_7d", pl.Float64, "health", "Newest less the score a week before", "points"),
    Fact(
        "health_change_30d", pl.Float64, "health", "Newest less the score 30 days before", "points"
    ),
    Fact(
        "usage_change", pl.Float64, "usage", "Mean use of 14 days against the 14 before", "percent"
    ),
    Fact("adoption", pl.Float64, "adoption", "Share of the features in use, 0-1", "share"),
    Fact("seat_use", pl.Float64, "seats", "Share of the seats in use, 0-1", "share"),
    Fact("days_since_contact", pl.Int64, "contact", "Days since a meeting, call or e-mail", "days"),
    Fact("champion", pl.String, "champion", "The champion's name"),
    Fact("champion_title", pl.String, "champion", "The champion's title"),
    Fact("champion_silent_days", pl.Int64, "champion", "Days since the champion signed in", "days"),
    Fact("sponsor", pl.String, "sponsor", "The executive sponsor's name"),
    Fact("sponsor_silent_days", pl.Int64, "sponsor", "Days since contact with the sponsor", "days"),
    Fact("open_tickets", pl.Int64, "support", "Tickets open now", "tickets"),
    Fact(
        "urgent_tickets", pl.Int64, "support", "Open tickets of high or urgent priority", "tickets"
    ),
    Fact("tickets_30d", pl.Int64, "support", "Tickets opened in the last 30 days", "tickets"),
    Fact(
        "tickets_usual",
        pl.Float64,
        "support",
        "Tickets in 30 days, in the half year before",
        "tickets",
    ),
    Fact("oldest_ticket_days", pl.Int64, "support", "Age of the oldest open ticket", "days"),
    Fact("ticket_subject", pl.String, "support", "Subject of the newest open ticket"),
    Fact("renewal_on", pl.Date, "renewals", "When the contract renews"),
    Fact("days_to_renewal", pl.Int64, "renewals", "Days until then", "days"),
    Fact("next_qbr_on", pl.Date, "qbr", "When the next QBR takes place"),
    Fact("days_to_qbr", pl.Int64, "qbr", "Days until then", "days"),
    Fact("qbr_prep_booked", pl.Boolean, "qbr", "Whether a preparation meeting is booked before it"),
    Fact("qbr_objectives", pl.Boolean, "qbr", "Whether the customer's objectives are gathered"),
    Fact("qbr_deck", pl.String, "qbr", "How far the QBR deck is: not_started, draft, ready"),
    Fact(
        "open_opportunities", pl.Int64, "opportunity", "Expansion opportunities open now", "deals"
    ),
    Fact("opportunity", pl.String, "opportunity", "Name of the largest open opportunity"),
    Fact("opportunity_amount", pl.Float64, "opportunity", "What they are worth together", "money"),
    Fact("open_risks", pl.Int64, "risk", "Risk signals not cleared", "risks"),
    Fact("serious_risks", pl.Int64, "risk", "Of these, the high and critical ones", "risks"),
    Fact("critical_risks", pl.Int64, "risk", "Of these, the critical ones", "risks"),
    Fact("top_risk", pl.String, "risk", "The most severe of them, the newest of several"),
    Fact("days_since_value_update", pl.Int64, "value_update", "Days since a value update", "days"),
    Fact("contract_months", pl.Int64, "contract", "Agreed length of its contract", "months"),
    Fact("kickoff_booked", pl.Boolean, "kickoff", "Whether a kickoff was held or is booked"),
    Fact("days_since_meeting", pl.Int64, "meetings", "Days since the last meeting held", "days"),
    Fact("days_to_meeting", pl.Int64, "meetings", "Days until the next booked meeting", "days"),
    Fact("milestone", pl.String, "milestone", "What was reached last"),
    Fact("days_since_milestone", pl.Int64, "milestone", "Days since then", "days"),
    Fact(
        "feedback_asked", pl.Boolean, "feedback", "Whether feedback was asked for within 180 days"
    ),
    Fact(
        "fading_metric",
        pl.String,
        "fading",
        "The metric of a feature whose use fell most in 28 days",
    ),
    Fact(
        "fading_change",
        pl.Float64,
        "fading",
        "Its mean use of 28 days against the 28 before",
        "percent",
    ),
    Fact(
        "departments_active",
        pl.Int64,
        "departments",
        "Departments of which somebody signed in within 90 days",
        "departments",
    ),
    Fact(
        "idle_department",
        pl.String,
        "departments",
        "A department with contacts of whom nobody signed in for 90 days",
    ),
)

GROUP: dict[str, Group] = {group.name: group for group in GROUPS}
FACT: dict[str, Fact] = {fact.name: fact for fact in FACTS}

SCHEMA: dict[str, PolarsDataType] = {
    **{fact.name: fact.dtype for fact in FACTS},
    **{f"{group.name}_on": pl.Date for group in GROUPS},
    **{f"{group.name}_source": pl.String for group in GROUPS},
}
"""Every column of the frame and its type."""


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Build a facts frame from dictionaries; what they leave out is null."""
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def is_fresh(on: date | None, group: Group, today: date) -> bool:
    """Tell whether a group with its newest row `on` that day is known and within its shelf life."""
    if on is None:
        return False
    return group.shelf_days is None or (today - on).days <= group.shelf_days


def freshness(group: Group, today: date) -> pl.Expr:
    """Return how good a group's facts still are: 1 fresh, 0 missing, falling after its shelf life.

    A group is missing when it has no newest row. After `shelf_days` it loses value evenly and is
    worth nothing at three times that age.
    """
    known = pl.col(f"{group.name}_on").is_not_null()
    if group.shelf_days is None:
        return known.cast(pl.Float64)
    age = (pl.lit(today) - pl.col(f"{group.name}_on")).dt.total_days()
    worn = (age - group.shelf_days) / (2 * group.shelf_days)
    return pl.when(known).then((1 - worn).clip(0, 1)).otherwise(0.0)
