"""People: found by address, Slack user or name, and seeing only what they should."""

import asyncio

import pytest
from sqlalchemy import update

from core.errors import AdminsOnly, CsmUnknown, Invalid, PersonUnknown
from storage.accounts import Accounts
from storage.audit import AuditLog, Entry, Wanted
from storage.database import Database
from storage.people import Csm, People
from storage.staff import NOBODY, Change, Doing, Staff
from storage.tables import Csm as CsmRow
from storage.tables import Customer, table
from tests.core.builders import NOW

HERE = Doing(None, NOW)
CSMS = table(CsmRow)


async def _team(staff: Staff) -> tuple[Csm, Csm, Csm]:
    mara = await staff.add(
        "Mara@Steward.example", "Mara Voss", "manager", "Europe/Berlin", doing=HERE
    )
    ana = await staff.add(
        "ana@steward.example", "Ana Ruiz", manager_email="mara@steward.example", doing=HERE
    )
    zoe = await staff.add("zoe@steward.example", "Zoë Ana Lind", doing=HERE)
    return mara, ana, zoe


async def _accounts(database: Database, owners: dict[str, str | None]) -> None:
    async with database.write() as session:
        for name, owner in owners.items():
            session.add(Customer(id=name, name=name, csm_id=owner, source="t", source_id=name))


async def test_an_address_finds_its_person_whatever_its_case(database: Database) -> None:
    people, staff = People(database), Staff(database)
    mara, *_ = await _team(staff)

    found = await people.by_email(" MARA@steward.example ")

    assert found == mara
    assert found.timezone == "Europe/Berlin"


async def test_an_address_of_nobody_is_refused_with_that_address(database: Database) -> None:
    with pytest.raises(CsmUnknown) as refused:
        await People(database).by_email("nobody@else.example")

    assert refused.value.email == "nobody@else.example"


async def test_adding_the_same_address_again_updates_the_person(database: Database) -> None:
    people, staff = People(database), Staff(database)
    _, ana, _ = await _team(staff)

    again = await staff.add("ana@steward.example", "Ana Ruiz-Kern", "manager", doing=HERE)

    assert again.id == ana.id
    assert again.manager_id == ana.manager_id
    assert (again.name, again.role) == ("Ana Ruiz-Kern", "manager")
    assert len(await people.everyone()) == 3


async def test_a_new_name_takes_no_role_away(database: Database) -> None:
    staff = Staff(database)
    await staff.add("root@steward.example", "Root", "admin", doing=HERE)

    again = await staff.add("root@steward.example", "Rut Root", doing=HERE)

    assert (again.name, again.role) == ("Rut Root", "admin")


async def test_a_text_that_is_no_address_is_refused(database: Database) -> None:
    with pytest.raises(Invalid):
        await Staff(database).add("ana", "Ana Ruiz", doing=HERE)


async def test_a_slack_user_is_linked_to_one_person_only(database: Database) -> None:
    people, staff = People(database), Staff(database)
    mara, ana, _ = await _team(staff)
    await people.link(mara.id, "U1", None, now=NOW)

    await people.link(ana.id, "U1", "America/New_York", now=NOW)

    linked = await people.by_slack("U1")
    assert linked is not None
    assert (linked.id, linked.timezone) == (ana.id, "America/New_York")
    assert (await people.get(mara.id)).slack_user_id is None
    assert (await people.get(mara.id)).timezone == "Europe/Berlin"
    assert await people.by_slack("U2") is None


async def test_a_part_of_a_name_finds_a_person_when_only_one_has_it(database: Database) -> None:
    people, staff = People(database), Staff(database)
    mara, ana, zoe = await _team(staff)

    assert await people.find("zoe") == zoe
    assert await people.find("@Voss") == mara
    assert await people.find("ana ruiz") == ana
    with pytest.raises(PersonUnknown) as refused:
        await people.find("Ana")
    assert refused.value.names == ("Ana Ruiz", "Mara Voss", "Zoë Ana Lind")


async def test_a_csm_sees_their_own_accounts_a_manager_those_below_an_admin_all(
    database: Database,
) -> None:
    people, staff = People(database), Staff(database)
    mara, ana, zoe = await _team(staff)
    root = await staff.add("root@steward.example", "Root", "admin", doing=HERE)

    assert await people.scope(ana) == frozenset({ana.id})
    assert await people.scope(mara) == frozenset({mara.id, ana.id})
    assert await people.scope(root) is None
    assert await people.team(mara) == (ana, mara)
    assert zoe in await people.team(root)


async def test_people_who_manage_each_other_in_a_ring_still_have_a_scope(
    database: Database,
) -> None:
    mara, ana, _ = await _team(Staff(database))
    async with database.write() as session:  # as an import may bring it
        await session.execute(update(CSMS).where(CSMS.c.id == mara.id).values(manager_id=ana.id))

    assert await People(database).scope(mara) == frozenset({mara.id, ana.id})


async def test_nobody_is_made_the_manager_of_their_own_manager(database: Database) -> None:
    staff = Staff(database)
    mara, ana, _ = await _team(staff)

    with pytest.raises(Invalid, match="reports to them"):
        await staff.change(mara.id, Change(manager_id=ana.id), doing=HERE)


async def test_only_an_admin_changes_people_and_that_is_read_then(database: Database) -> None:
    staff = Staff(database)
    mara, ana, zoe = await _team(staff)
    root = await staff.add("root@steward.example", "Root", "admin", doing=HERE)
    await staff.add("rita@steward.example", "Rita", "admin", doing=HERE)
    await staff.change(root.id, Change(role="csm"), doing=HERE)

    for former in (root, mara):
        doing = Doing(former, NOW)
        with pytest.raises(AdminsOnly):
            await staff.change(ana.id, Change(role="admin"), doing=doing)
        with pytest.raises(AdminsOnly):
            await staff.hand_over(zoe.id, former.id, doing=doing)
        with pytest.raises(AdminsOnly):
            await staff.add("new@steward.example", "New", doing=doing)


async def test_steward_keeps_an_admin_and_nobody_drops_their_own_rights(
    database: Database,
) -> None:
    staff = Staff(database)
    root = await staff.add("root@steward.example", "Root", "admin", doing=HERE)

    for change in (Change(role="csm"), Change(active=False)):
        with pytest.raises(Invalid, match="the only one"):
            await staff.change(root.id, change, doing=HERE)
    await staff.add("rita@steward.example", "Rita", "admin", doing=HERE)
    for change in (Change(role="manager"), Change(active=False)):
        with pytest.raises(Invalid, match="your own rights"):
            await staff.change(root.id, change, doing=Doing(root, NOW))


async def test_two_admins_who_remove_each_other_at_once_do_not_both_succeed(
    database: Database,
) -> None:
    staff = Staff(database)
    root = await staff.add("root@steward.example", "Root", "admin", doing=HERE)
    rita = await staff.add("rita@steward.example", "Rita", "admin", doing=HERE)

    ends = await asyncio.gather(
        staff.change(root.id, Change(role="csm"), doing=Doing(rita, NOW)),
        staff.change(rita.id, Change(role="csm"), doing=Doing(root, NOW)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in ends) == ["AdminsOnly", "Csm"]


async def test_a_person_changes_with_an_entry_that_says_from_what_to_what(
    database: Database,
) -> None:
    staff = Staff(database)
    mara, ana, _ = await _team(staff)
    root = await staff.add("root@steward.example", "Root", "admin", doing=HERE)

    doing = Doing(root, NOW, key="form:V1")
    await staff.change(ana.id, Change(role="manager", manager_id=NOBODY), doing=doing)
    await staff.change(ana.id, Change(role="manager"), doing=doing)

    (said,) = await AuditLog(database).find(Wanted(action="person.change"))
    assert said.entry == Entry(
        "person.change",
        ana.id,
        by=root.id,
        by_name="Root",
        at=NOW,
        before={"role": "csm", "manager_id": mara.id},
        after={"role": "manager", "manager_id": None},
        request_key="form:V1",
    )


async def test_all_accounts_of_a_person_are_handed_over_each_with_an_entry(
    database: Database,
) -> None:
    staff = Staff(database)
    _, ana, zoe = await _team(staff)
    await _accounts(database, {"Beta Inc": zoe.id, "Hooli": zoe.id, "Globex": None})

    assert await staff.hand_over(zoe.id, ana.id, doing=HERE) == 2
    assert await staff.owned() == {ana.id: 2, None: 1}
    (said,) = await AuditLog(database).find(Wanted(account="Hooli"))
    assert (said.entry.before, said.entry.after) == ({"owner": zoe.id}, {"owner": ana.id})


async def test_who_is_refused_in_slack_is_known_but_lets_nobody_in(database: Database) -> None:
    people = People(database)
    _, ana, _ = await _team(Staff(database))
    await people.link(ana.id, "U1", None, now=NOW)

    await people.refuse("U1", "guest", now=NOW)
    await people.refuse("U1", "guest", now=NOW)

    assert await people.by_slack("U1") is None
    with pytest.raises(CsmUnknown):
        await people.get(ana.id)
    known = await people.known(ana.id)
    assert known is not None
    assert (known.name, known.slack_refused) == ("Ana Ruiz", "guest")
    await people.link(ana.id, "U2", None, now=NOW)
    assert await people.by_slack("U2") == await people.get(ana.id)
    log = await AuditLog(database).find(Wanted(person=ana.id))
    assert [one.entry.action for one in log if one.entry.action != "person.add"] == [
        "person.link",
        "person.refuse",
        "person.link",
    ]


async def test_accounts_that_nobody_owns_can_be_taken_over_at_once(database: Database) -> None:
    staff = Staff(database)
    _, ana, zoe = await _team(staff)
    await _accounts(database, {"Beta Inc": zoe.id, "Hooli": None, "Globex": None})

    assert await staff.assign(ana.id, doing=HERE) == 2
    assert await staff.assign(ana.id, doing=HERE) == 0
    assert await staff.assign(ana.id, ["Beta Inc", "Hooli"], doing=HERE) == 1

    assert len(await Accounts(database).names(frozenset({ana.id}))) == 3
