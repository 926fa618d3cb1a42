"""Signals of support: friction that keeps coming back."""

import polars as pl

from core.signals.signal import Signal, ramp
from core.wording import count

TICKET_PATTERN = Signal(
    name="ticket_pattern",
    label="Ticket pattern",
    facts=("open_tickets", "urgent_tickets", "tickets_30d"),
    when=(pl.col("urgent_tickets") >= 2)
    | (pl.col("open_tickets") >= 4)
    | (pl.col("tickets_30d") >= 6),
    strength=0.5 + 0.5 * ramp("urgent_tickets", 1, 5),
    weight=0.7,
    value=lambda row: f"{row['open_tickets']} open, {row['urgent_tickets']} urgent",
    says=lambda row: (
        f"{count(row['open_tickets'], 'ticket')} open, {row['urgent_tickets']} of them of high or "
        f"urgent priority; {row['tickets_30d']} opened in 30 days."
    ),
    clears="the open tickets were solved",
    example={"open_tickets": 5, "urgent_tickets": 3, "tickets_30d": 6},
)

TICKET_AGEING = Signal(
    name="ticket_ageing",
    label="Ticket waiting",
    facts=("oldest_ticket_days",),
    when=pl.col("oldest_ticket_days") > 14,
    strength=0.4 + 0.6 * ramp("oldest_ticket_days", 14, 45),
    weight=0.4,
    value=lambda row: count(row["oldest_ticket_days"], "day"),
    says=lambda row: (
        f"The oldest open ticket has waited {count(row['oldest_ticket_days'], 'day')}."
    ),
    clears="the oldest ticket were answered",
    example={"oldest_ticket_days": 20},
)
