"""The support tickets of an account: those that are open, and a year and a half of solved ones."""

from random import Random

from storage.sources.demo.contacts import Known
from storage.sources.demo.days import Calendar, office
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Ticket

SUBJECTS = {
    "access": (
        "New colleague cannot sign in",
        "Password reset e-mail does not arrive",
        "How do we remove a former employee?",
        "Single sign-on asks for the password twice",
    ),
    "reporting": (
        "Weekly report shows last month's figures",
        "Export to CSV cuts off long comments",
        "Can the dashboard be shared read-only?",
        "Totals differ between the report and the list",
    ),
    "integrations": (
        "Calendar sync stopped on Tuesday",
        "Webhook is delivered twice",
        "Import maps the wrong date column",
        "API answers 429 during the nightly run",
    ),
    "billing": ("Invoice needs our order number", "Please change the billing address"),
    "how_to": (
        "How do we archive old projects?",
        "Where can I set the default reminder?",
        "Can two teams share one template?",
        "How to bulk edit owners",
    ),
    "performance": ("List takes long to load in the morning", "Search is slow since the update"),
}


def write_tickets(
    sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], rng: Random, on: Calendar
) -> None:
    """Write the sketch's open tickets and solved ones every few weeks, the newest not long ago."""
    askers = [contact for contact in known if contact.role != "executive_sponsor"]
    for ticket in sketch.tickets:
        ledger.add(
            Ticket,
            contact_id=rng.choice(askers).id,
            subject=ticket.subject,
            category=ticket.category,
            priority=ticket.priority,
            status="open",
            opened_at=on.at(ticket.days, office(rng)),
            first_response_minutes=float(rng.randint(20, 600)),
        )
    ago = (sketch.churned or 0) + rng.randint(9, 24)
    while ago < sketch.history:
        _write_solved(ledger, rng.choice(askers), ago, rng, on)
        ago += rng.randint(12, 55)


def _write_solved(ledger: Ledger, asker: Known, ago: int, rng: Random, on: Calendar) -> None:
    category = rng.choice(tuple(SUBJECTS))
    opened, minute = on.workday(ago), office(rng)
    took = rng.randint(0, min(8, opened - 1))
    ledger.add(
        Ticket,
        contact_id=asker.id,
        subject=rng.choice(SUBJECTS[category]),
        category=category,
        priority=rng.choices(("low", "normal", "high", "urgent"), (25, 60, 12, 3))[0],
        status="solved",
        opened_at=on.at(opened, minute),
        closed_at=on.at(opened - took, minute + rng.randint(30, 400)),
        escalated=rng.random() < 0.04,
        satisfaction=rng.choice((None, 3.0, 4.0, 4.0, 5.0, 5.0)),
        first_response_minutes=float(rng.randint(10, 900)),
    )
