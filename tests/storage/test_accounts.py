"""Accounts are listed for those who own them."""

from storage.accounts import Accounts, Named
from storage.database import Database
from storage.staff import Doing, Staff
from storage.tables import Customer
from tests.core.builders import NOW


async def test_names_are_those_of_the_owners_asked_for(database: Database) -> None:
    ana = await Staff(database).add("ana@steward.example", "Ana", doing=Doing(None, NOW))
    async with database.write() as session:
        session.add(Customer(id="2", name="Hooli", source="t", source_id="2"))
        session.add(
            Customer(
                id="1", name="Beta Inc", csm_id=ana.id, domain="b.io", source="t", source_id="1"
            )
        )
    accounts = Accounts(database)

    mine = await accounts.names(frozenset({ana.id}))

    assert mine == (Named("1", "Beta Inc", ana.id, "b.io"),)
    assert [named.name for named in await accounts.names(None)] == ["Beta Inc", "Hooli"]
    assert await accounts.names(frozenset()) == ()


async def test_an_account_is_found_by_its_id_or_not_at_all(database: Database) -> None:
    async with database.write() as session:
        session.add(Customer(id="2", name="Hooli", source="t", source_id="2"))
    accounts = Accounts(database)

    assert await accounts.get("2") == Named("2", "Hooli")
    assert await accounts.get("3") is None


async def test_prospects_are_nobodys_accounts_to_name(database: Database) -> None:
    async with database.write() as session:
        session.add(Customer(id="2", name="Hooli", prospect=True, source="t", source_id="2"))

    assert await Accounts(database).names(None) == ()


async def test_accounts_of_one_name_are_told_apart_by_what_all_have_and_none_share(
    database: Database,
) -> None:
    async with database.write() as session:
        for id, arr in (("1", 5_000.0), ("2", 7_000.0)):
            session.add(
                Customer(
                    id=id, name="Beta", country="France", arr=arr, source="crm", source_id=f"C{id}"
                )
            )
        session.add(Customer(id="3", name="Beta", country="France", source="crm", source_id="C3"))
    accounts = Accounts(database)

    assert await accounts.told_apart(["1", "2"]) == {"1": "$5K ARR", "2": "$7K ARR"}
    assert await accounts.told_apart(["1", "3"]) == {"1": "C1 in crm", "3": "C3 in crm"}
