"""The accounts of seed 000's examples, as the document tells them; all of them are Ana's."""

from storage.sources.demo.sketch import (
    Company,
    Deal,
    Message,
    OpenTicket,
    Person,
    Qbr,
    Risk,
    Segment,
    Sketch,
)


def of_ana() -> tuple[Sketch, ...]:
    """Return Ana's stories, Beta Inc first."""
    return (_beta(), _alpha(), _acme(), _gamma(), _delta(), _epsilon(), _zeta(), _eta(), _theta())


def _company(
    name: str, segment: Segment, arr: int, industry: str, country: str, employees: int, use: str
) -> Company:
    return Company(name, "ana", segment, industry, country, employees, arr, use)


def _beta() -> Sketch:
    """Champion silent for 14 days, health 78 to 66 in a week, usage down 25 %, renewal in 60."""
    return Sketch(
        _company(
            "Beta Inc", "mid-market", 120_000, "Business services", "United States", 420,
            "quarterly forecasting",
        ),
        champion=Person("Sarah Lin", "Head of Revenue Operations"),
        sponsor=Person("Tom Reed", "Chief Operating Officer"),
        renewal_in=60,
        health=66,
        health_week=-12,
        health_month=-13,
        usage_change=-25,
        seat_use=0.6,
        adoption=0.62,
        champion_silent=14,
        contact_days=16,
        sponsor_silent=70,
        value_days=48,
        qbr=Qbr(47, None, False, "not_started"),
        tickets=(
            OpenTicket(6, "normal", "reporting", "Forecast report shows last quarter's targets"),
            OpenTicket(11, "low", "how_to", "How do we archive closed regions?"),
        ),
        risks=(Risk(4, "usage_drop", "medium", "Weekly active users fell by a quarter"),),
        exact=True,
    )  # fmt: skip


def _alpha() -> Sketch:
    """Strong and stable, renewal in 85 days, an expansion of $30K identified."""
    return Sketch(
        _company(
            "Alpha Corp", "enterprise", 200_000, "Manufacturing", "Germany", 3_100,
            "production planning",
        ),
        champion=Person("Miriam Brandt", "Director of Planning"),
        sponsor=Person("Jonas Hoffmann", "VP Operations"),
        terms=3,
        renewal_in=85,
        health=82,
        health_month=1,
        usage_change=2,
        seat_use=0.84,
        adoption=0.75,
        champion_silent=1,
        contact_days=5,
        sponsor_silent=21,
        value_days=41,
        deals=(
            Deal(
                "Scenario planning for two more plants", "cross_sell", "Scenario planning",
                "qualified", 30_000, 24, 75,
            ),
        ),
        exact=True,
    )  # fmt: skip


def _acme() -> Sketch:
    """QBR in 18 days with nothing prepared; otherwise quiet water."""
    return Sketch(
        _company(
            "Acme Corp", "enterprise", 150_000, "Industrial goods", "United States", 1_900,
            "field service scheduling",
        ),
        champion=Person("Daniel Walsh", "Director of Field Service"),
        sponsor=Person("Helen Abbott", "VP Service"),
        renewal_in=195,
        health=76,
        contact_days=6,
        sponsor_silent=34,
        value_days=37,
        seat_use=0.81,
        qbr=Qbr(18, None, False, "not_started"),
        messages=(
            Message(
                52, "note", "", "Champion promoted",
                "Daniel Walsh is Director of Field Service since the first of the month.",
            ),
        ),
        exact=True,
    )  # fmt: skip


def _gamma() -> Sketch:
    """Healthy, but nobody told them for more than a quarter what they got."""
    return Sketch(
        _company(
            "Gamma Ltd", "mid-market", 85_000, "Wholesale", "United Kingdom", 310,
            "order tracking",
        ),
        champion=Person("Grace Thompson", "Customer Operations Manager"),
        sponsor=Person("Victor Evans", "Managing Director"),
        renewal_in=175,
        health=84,
        contact_days=12,
        sponsor_silent=44,
        value_days=104,
        exact=True,
    )  # fmt: skip


def _delta() -> Sketch:
    """Five open tickets, three of them pressing, four about the same thing."""
    return Sketch(
        _company(
            "Delta Co", "mid-market", 65_000, "Logistics", "Netherlands", 260, "route planning"
        ),
        champion=Person("Petra Klein", "Head of Dispatch"),
        sponsor=Person("Oscar Olsen", "COO"),
        renewal_in=230,
        health=71,
        health_week=-3,
        health_month=-6,
        usage_change=-6,
        contact_days=9,
        value_days=52,
        tickets=(
            OpenTicket(
                2, "urgent", "integrations", "Route sync failed for all depots this morning"
            ),
            OpenTicket(4, "high", "integrations", "Carrier webhook is delivered twice"),
            OpenTicket(8, "high", "integrations", "Import maps the wrong delivery date"),
            OpenTicket(13, "normal", "integrations", "API answers 429 during the nightly run"),
            OpenTicket(19, "normal", "reporting", "Totals differ between report and list"),
        ),
        exact=True,
    )


def _epsilon() -> Sketch:
    """Uses 7 of the 25 features that it pays for."""
    return Sketch(
        _company("Epsilon", "mid-market", 45_000, "Education", "France", 180, "course scheduling"),
        champion=Person("Camille Moreau", "Programme Manager"),
        sponsor=Person("Bruno Dubois", "Chief of Staff"),
        renewal_in=255,
        health=72,
        adoption=0.28,
        contact_days=8,
        value_days=33,
        exact=True,
    )


def _zeta() -> Sketch:
    """QBR in 12 days, preparation not booked."""
    return Sketch(
        _company(
            "Zeta Inc", "mid-market", 50_000, "Insurance", "United States", 340,
            "claims triage",
        ),
        champion=Person("Marcus Quinn", "Director of Claims"),
        sponsor=Person("Laura Castillo", "CFO"),
        terms=3,
        renewal_in=165,
        health=79,
        contact_days=7,
        value_days=45,
        qbr=Qbr(12, None, True, "draft"),
        exact=True,
    )  # fmt: skip


def _eta() -> Sketch:
    """Healthy and full: 96 % of the seats in use, an upsell open."""
    return Sketch(
        _company("Eta Corp", "mid-market", 42_000, "Retail", "Spain", 230, "stock forecasting"),
        champion=Person("Beatriz Reyes", "Head of Supply"),
        sponsor=Person("Carlos Vargas", "COO"),
        renewal_in=215,
        health=88,
        health_month=3,
        usage_change=4,
        seat_use=0.96,
        adoption=0.72,
        contact_days=5,
        value_days=29,
        deals=(Deal("15 more seats", "seats", "Seats", "proposal", 12_000, 18, 40),),
        exact=True,
    )


def _theta() -> Sketch:
    """Its sponsor has not been heard of for four months."""
    return Sketch(
        _company("Theta", "mid-market", 55_000, "Biotech", "Sweden", 140, "trial documentation"),
        champion=Person("Karin Lindgren", "Head of Clinical Operations"),
        sponsor=Person("Anders Virtanen", "Chief Medical Officer"),
        renewal_in=240,
        health=74,
        contact_days=10,
        sponsor_silent=118,
        value_days=57,
        exact=True,
    )
