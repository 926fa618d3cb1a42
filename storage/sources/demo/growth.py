"""The accounts of seeds 002 and 004: the one with a plan in review, and those ready to expand."""

from storage.sources.demo.sketch import (
    Company,
    Deal,
    Message,
    OpenTicket,
    Person,
    Risk,
    Sketch,
)


def of_others() -> tuple[Sketch, ...]:
    """Return the stories of Ben, Chloe and Dev."""
    return (_techcorp(), _techflow(), _datadrive(), _cloudfirst(), _nexus())


def _techcorp() -> Sketch:
    """$250K, strong champion, no executive behind her, 55 % of the features in use."""
    return Sketch(
        Company(
            "TechCorp Industries", "ben", "enterprise", "Technology", "United States", 2_400,
            250_000, "scaling customer success operations",
        ),
        champion=Person("Sarah Chen", "VP Product"),
        sponsor=None,
        renewal_in=152,
        health=68,
        health_month=-2,
        adoption=0.55,
        seat_use=0.78,
        contact_days=8,
        value_days=61,
        deals=(
            Deal(
                "Premium analytics tier", "upgrade", "Premium analytics", "qualified", 50_000, 31,
                160,
            ),
            Deal("50 seats for the support team", "seats", "Seats", "discovery", 50_000, 12, 210),
        ),
        risks=(Risk(26, "competitor", "high", "Evaluates alternatives before the renewal"),),
        exact=True,
    )  # fmt: skip


def _techflow() -> Sketch:
    """Usage at 95 % of capacity, health 92, asked twice about seats, champion promoted to VP."""
    return Sketch(
        Company(
            "TechFlow Inc", "chloe", "enterprise", "Software", "Ireland", 900, 170_000,
            "release coordination",
        ),
        champion=Person("Sarah Chen", "VP Engineering Operations"),
        sponsor=Person("Liam Walsh", "Chief Technology Officer"),
        renewal_in=185,
        health=92,
        health_month=2,
        usage_change=6,
        seat_use=0.95,
        adoption=0.82,
        champion_silent=1,
        contact_days=4,
        sponsor_silent=13,
        value_days=24,
        deals=(Deal("50 more seats", "seats", "Seats", "qualified", 85_000, 11, 50),),
        messages=(
            Message(
                26, "email", "in", "More seats for the platform team?",
                "We are close to our limit. What would thirty more seats cost from next month?",
            ),
            Message(
                12, "email", "in", "Re: More seats for the platform team?",
                "Two more teams would like to join, so rather fifty seats. Can we talk this "
                "quarter, while there is budget?",
            ),
            Message(
                19, "note", "", "Champion promoted",
                "Sarah Chen was promoted to VP Engineering Operations and keeps the product.",
            ),
        ),
        exact=True,
    )  # fmt: skip


def _datadrive() -> Sketch:
    """Asks what the enterprise plan has that its own lacks."""
    return Sketch(
        Company(
            "DataDrive Co", "dev", "mid-market", "Data services", "India", 620, 110_000,
            "pipeline monitoring",
        ),
        champion=Person("Rahul Gupta", "Head of Data Operations"),
        sponsor=Person("Priya Nakamura", "VP Data"),
        renewal_in=140,
        health=87,
        health_month=3,
        usage_change=5,
        seat_use=0.91,
        adoption=0.84,
        contact_days=6,
        sponsor_silent=25,
        value_days=35,
        deals=(
            Deal("Move to the enterprise plan", "upgrade", "Enterprise plan", "proposal", 120_000,
                 20, 80),
        ),
        messages=(
            Message(
                9, "email", "in", "Enterprise plan",
                "Which controls come with the enterprise plan? Our security team asks for audit "
                "logs and single sign-on.",
            ),
        ),
        exact=True,
    )  # fmt: skip


def _cloudfirst() -> Sketch:
    """A second team wants to join."""
    return Sketch(
        Company(
            "CloudFirst", "chloe", "mid-market", "Cloud hosting", "Portugal", 380, 75_000,
            "incident reviews",
        ),
        champion=Person("Ines Pereira", "Director of Reliability"),
        sponsor=Person("Goran Costa", "COO"),
        renewal_in=260,
        health=83,
        health_month=2,
        usage_change=8,
        seat_use=0.86,
        adoption=0.7,
        contact_days=7,
        value_days=42,
        deals=(Deal("Seats for the Lisbon team", "seats", "Seats", "discovery", 45_000, 15, 90),),
        messages=(
            Message(
                15, "email", "in", "New team in Lisbon",
                "A team of twenty starts in Lisbon next quarter. Could they work in our space?",
            ),
        ),
        exact=True,
    )  # fmt: skip


def _nexus() -> Sketch:
    """Asks for features that the next plan has."""
    return Sketch(
        Company(
            "Nexus Corp", "dev", "mid-market", "Telecommunications", "Singapore", 760, 98_000,
            "network change approvals",
        ),
        champion=Person("Wei Tanaka", "Change Manager"),
        sponsor=Person("Aiko Sato", "VP Networks"),
        renewal_in=200,
        health=81,
        usage_change=3,
        seat_use=0.88,
        adoption=0.8,
        contact_days=9,
        value_days=50,
        tickets=(
            OpenTicket(7, "low", "feature_request", "Approval by two people for one change"),
            OpenTicket(16, "low", "feature_request", "Calendar of all planned changes"),
        ),
        deals=(Deal("Approvals add-on", "cross_sell", "Approvals", "qualified", 65_000, 29, 70),),
        exact=True,
    )  # fmt: skip
