"""What a brief is made of: of one account, as of a moment, the newest and most pressing."""

from dataclasses import replace

from core.briefs import Background
from storage.briefs import background
from storage.database import Database
from storage.tables import AccountPlan, Activity, Contact, Meeting, Opportunity, Ticket
from tests.storage.book import NOW, begin, day, days_ago, row, save


async def test_everything_of_one_account_is_known_as_of_a_moment(database: Database) -> None:
    await begin(database)
    of = {"customer_id": "beta"}
    sarah = {"contact_id": "sarah"}
    met = {"kind": "qbr", "title": "QBR"}
    await save(
        database,
        row(Contact, id="sarah", name="Sarah Lin", role="champion", joined_on=day(90), **of),
        row(Contact, id="new", name="Not Yet", role="champion", joined_on=day(-5), **of),
        row(Contact, id="old", name="Tom Reed", role="user", left_on=day(5), **of),
        row(Activity, kind="login", occurred_at=days_ago(3), **sarah, **of),
        row(
            Activity,
            kind="call",
            subject="Plans",
            body="All well.",
            occurred_at=days_ago(9),
            **sarah,
            **of,
        ),
        row(
            Activity, kind="email", direction="out", subject="Dates", occurred_at=days_ago(4), **of
        ),
        row(
            Activity, kind="email", direction="out", subject="Later", occurred_at=days_ago(-1), **of
        ),
        row(Meeting, starts_at=days_ago(20), notes="Liked it.", **met, **of),
        row(Meeting, starts_at=days_ago(-20), booked_at=days_ago(1), **met, **of),
        row(Meeting, starts_at=days_ago(-30), booked_at=days_ago(-1), **met, **of),
        row(Ticket, subject="Old", priority="low", opened_at=days_ago(40), **of),
        row(Ticket, subject="Done", opened_at=days_ago(40), closed_at=days_ago(1), **of),
        row(Opportunity, name="Seats", amount=5.0, opened_on=day(9), **of),
        row(Opportunity, name="Lost", opened_on=day(9), closed_on=day(2), won=False, **of),
        row(
            AccountPlan,
            fiscal_year="FY26",
            status="pending_review",
            sections={},
            created_at=days_ago(6),
            **of,
        ),
        row(Ticket, customer_id="alpha", subject="Not theirs", opened_at=days_ago(2)),
    )

    async with database.read() as session:
        found = await background(session, "beta", NOW)
        nothing = await background(session, "gamma", NOW)

    kinds = [(one.kind, one.what, one.who, one.note) for one in found.touches]
    assert kinds == [
        ("email_out", "Dates", "", ""),
        ("call", "Plans", "Sarah Lin", "All well."),
        ("meeting", "QBR", "", "Liked it."),
        ("qbr", "QBR", "", "Liked it."),
    ]
    assert {one.name: (one.signed_in, one.left_on) for one in found.people} == {
        "Sarah Lin": (days_ago(3), None),
        "Tom Reed": (None, day(5)),
    }
    assert [one.subject for one in found.tickets] == ["Old"]
    assert [one.name for one in found.deals] == ["Seats"]
    assert [one.at for one in found.booked] == [days_ago(-20)]
    assert found.plan is not None
    assert (found.plan.fiscal_year, found.plan.status) == ("FY26", "pending_review")
    assert nothing == replace(Background())
