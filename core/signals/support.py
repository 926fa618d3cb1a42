"""Signals of support: friction that keeps coming back."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import Row, count, day

TICKET_PATTERN = Signal(
    name="ticket_pattern",
    label="Ticket pattern",
    trigger=(
        "tickets pile up ({urgent} pressing, {open} open, or {recent} in 30 days when that is "
        "{times_usual} times the usual)"
    ),
    facts=("tickets_30d", "open_tickets", "urgent_tickets", "tickets_usual"),
    when=lambda at: (
        (pl.col("urgent_tickets") >= at["urgent"])
        | (pl.col("open_tickets") >= at["open"])
        | (
            (pl.col("tickets_30d") >= at["recent"])
            & (pl.col("tickets_30d") >= at["times_usual"] * pl.col("tickets_usual"))
        )
    ),
    strength=lambda at: (
        0.5 + 0.5 * ramp("urgent_tickets", {"from": at["urgent"] - 1, "full": at["full"]})
    ),
    weight=0.7,
    value=lambda row: f"{row['tickets_30d']} new, {row['open_tickets']} open",
    says=lambda row: f"{_open(row)} {_lately(row)}".strip(),
    clears="no new tickets came in",
    example={
        "open_tickets": 5,
        "urgent_tickets": 3,
        "tickets_30d": 6,
        "tickets_usual": 1.0,
    },
    limits={"urgent": 2, "open": 4, "recent": 2, "times_usual": 4, "full": 5},
)

TICKET_AGEING = Signal(
    name="ticket_ageing",
    label="Ticket waiting",
    trigger="the oldest open ticket has waited more than {from} days",
    facts=("oldest_ticket_days",),
    when=lambda at: pl.col("oldest_ticket_days") > at["from"],
    strength=lambda at: 0.4 + 0.6 * ramp("oldest_ticket_days", at),
    weight=0.4,
    value=lambda row: count(row["oldest_ticket_days"], "day"),
    says=lambda row: (
        f"The oldest open ticket has waited {count(row['oldest_ticket_days'], 'day')}."
    ),
    clears="the oldest ticket were answered",
    example={"oldest_ticket_days": 20},
    limits={"from": 14, "full": 45},
)


def _open(row: Row) -> str:
    if not row["open_tickets"]:
        return ""
    return (
        f"{count(row['open_tickets'], 'ticket')} open, {row['urgent_tickets']} of them of high or "
        "urgent priority."
    )


def _lately(row: Row) -> str:
    until = row.get("support_on")
    days = f"the 30 days to {day(until, until)}" if until else "30 days"
    usual = f"{row['tickets_usual']:.1f}" if row["tickets_usual"] else "none"
    return f"{count(row['tickets_30d'], 'ticket')} in {days}, against {usual} usually."
