"""Who at an account can be written to."""

from storage.contacts import Contacts, Person
from storage.database import Database
from storage.tables import Contact
from tests.storage.book import TODAY, begin, day, row, save


async def test_people_with_a_role_and_an_address_who_are_there_can_be_written_to(
    database: Database,
) -> None:
    await begin(database)
    there = {"customer_id": "beta", "role": "champion"}
    await save(
        database,
        row(Contact, name="Sarah Lin", email="sarah@beta.example", **there),
        row(Contact, name="Gone", email="gone@beta.example", left_on=day(1), **there),
        row(Contact, name="To Come", email="new@beta.example", joined_on=day(-9), **there),
        row(Contact, name="Silent", **there),
        row(Contact, name="Nobody", email="no@beta.example", customer_id="beta"),
        row(Contact, name="Else", email="x@alpha.example", role="champion", customer_id="alpha"),
    )

    found = await Contacts(database).reachable("beta", TODAY)

    assert found == (Person("Sarah Lin", "champion", "sarah@beta.example"),)
