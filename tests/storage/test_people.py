"""People: found by address, Slack user or name, and seeing only what they should."""

import pytest

from core.errors import CsmUnknown, Invalid, PersonUnknown
from storage.accounts import Accounts
from storage.database import Database
from storage.people import Csm, People
from storage.tables import Customer


async def _team(people: People) -> tuple[Csm, Csm, Csm]:
    mara = await people.add("Mara@Steward.example", "Mara Voss", "manager", "Europe/Berlin")
    ana = await people.add("ana@steward.example", "Ana Ruiz", manager_email="mara@steward.example")
    zoe = await people.add("zoe@steward.example", "Zoë Ana Lind")
    return mara, ana, zoe


async def _accounts(database: Database, owners: dict[str, str | None]) -> None:
    async with database.write() as session:
        for name, owner in owners.items():
            session.add(Customer(id=name, name=name, csm_id=owner, source="t", source_id=name))


async def test_an_address_finds_its_person_whatever_its_case(database: Database) -> None:
    people = People(database)
    mara, *_ = await _team(people)

    found = await people.by_email(" MARA@steward.example ")

    assert found == mara
    assert found.timezone == "Europe/Berlin"


async def test_an_address_of_nobody_is_refused_with_that_address(database: Database) -> None:
    with pytest.raises(CsmUnknown) as refused:
        await People(database).by_email("nobody@else.example")

    assert refused.value.email == "nobody@else.example"


async def test_adding_the_same_address_again_updates_the_person(database: Database) -> None:
    people = People(database)
    _, ana, _ = await _team(people)

    again = await people.add("ana@steward.example", "Ana Ruiz-Kern", "manager")

    assert again.id == ana.id
    assert again.manager_id == ana.manager_id
    assert (again.name, again.role) == ("Ana Ruiz-Kern", "manager")
    assert len(await people.everyone()) == 3


async def test_a_new_name_takes_no_role_away(database: Database) -> None:
    people = People(database)
    await people.add("root@steward.example", "Root", "admin")

    again = await people.add("root@steward.example", "Rut Root")

    assert (again.name, again.role) == ("Rut Root", "admin")


async def test_a_text_that_is_no_address_is_refused(database: Database) -> None:
    with pytest.raises(Invalid):
        await People(database).add("ana", "Ana Ruiz")


async def test_a_slack_user_is_linked_to_one_person_only(database: Database) -> None:
    people = People(database)
    mara, ana, _ = await _team(people)
    await people.link(mara.id, "U1", None)

    await people.link(ana.id, "U1", "America/New_York")

    linked = await people.by_slack("U1")
    assert linked is not None
    assert (linked.id, linked.timezone) == (ana.id, "America/New_York")
    assert (await people.get(mara.id)).slack_user_id is None
    assert (await people.get(mara.id)).timezone == "Europe/Berlin"
    assert await people.by_slack("U2") is None


async def test_a_part_of_a_name_finds_a_person_when_only_one_has_it(database: Database) -> None:
    people = People(database)
    mara, ana, zoe = await _team(people)

    assert await people.find("zoe") == zoe
    assert await people.find("@Voss") == mara
    assert await people.find("ana ruiz") == ana
    with pytest.raises(PersonUnknown) as refused:
        await people.find("Ana")
    assert refused.value.names == ("Ana Ruiz", "Mara Voss", "Zoë Ana Lind")


async def test_a_csm_sees_their_own_accounts_a_manager_those_below_an_admin_all(
    database: Database,
) -> None:
    people = People(database)
    mara, ana, zoe = await _team(people)
    root = await people.add("root@steward.example", "Root", "admin")

    assert await people.scope(ana) == frozenset({ana.id})
    assert await people.scope(mara) == frozenset({mara.id, ana.id})
    assert await people.scope(root) is None
    assert await people.team(mara) == (ana, mara)
    assert zoe in await people.team(root)


async def test_people_who_manage_each_other_in_a_ring_still_have_a_scope(
    database: Database,
) -> None:
    people = People(database)
    mara, ana, _ = await _team(people)
    await people.add("ana@steward.example", "Ana Ruiz", "manager")
    mara = await people.add("mara@steward.example", "Mara Voss", "manager", None, ana.email)

    assert await people.scope(mara) == frozenset({mara.id, ana.id})


async def test_accounts_that_nobody_owns_can_be_taken_over_at_once(database: Database) -> None:
    people = People(database)
    _, ana, zoe = await _team(people)
    await _accounts(database, {"Beta Inc": zoe.id, "Hooli": None, "Globex": None})

    assert await people.assign(ana.id) == 2
    assert await people.assign(ana.id) == 0
    assert await people.assign(ana.id, ["Beta Inc", "Hooli"]) == 1

    assert len(await Accounts(database).names(frozenset({ana.id}))) == 3
