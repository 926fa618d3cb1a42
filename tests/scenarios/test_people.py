"""People: an admin changes them in a modal, with a preview; a manager looks at the team."""

import pytest

from storage.audit import AuditLog, Wanted
from storage.database import Database
from storage.staff import Change, Doing, Staff
from storage.tables import Csm
from tests.scenarios.office import Json, Office, actions, words
from tests.storage.book import row, save


@pytest.fixture
async def rita(office: Office) -> str:
    """An admin, in Slack."""
    await save(office.database, row(Csm, id="rita", name="Rita Root", email="rita@x", role="admin"))
    return office.slack.add_user("Rita Root", email="rita@x", tz="Europe/Berlin")


def _modal(office: Office, user: str) -> Json:
    view = office.slack.open_view(user)
    assert view is not None
    return view


async def _open(office: Office, user: str) -> Json:
    await office.slack.command(user, "/steward people")
    await office.app.settle()
    return _modal(office, user)


async def _press(office: Office, user: str, action: str, value: str | None = None) -> Json:
    await office.click(user, _modal(office, user), action, value)
    return _modal(office, user)


async def _submit(office: Office, user: str, **values: str) -> Json:
    assert await office.submit(user, **values) == {}
    return _modal(office, user)


async def _person(office: Office, id: str) -> tuple[str, str | None, bool]:
    (one,) = [one for one in await Staff(office.database).everybody() if one.id == id]
    return one.role, one.manager_id, one.active


async def test_an_admin_sees_everybody_with_role_manager_accounts_and_slack(
    office: Office, rita: str
) -> None:
    await office.slack.open_home(rita)
    await office.app.settle()
    home = office.slack.home(rita)
    assert home is not None

    await office.click(rita, home, "people.open")

    shown = words(_modal(office, rita))
    assert "*Ana Souza* · CSM" in shown
    assert "ana@steward.example · 2 accounts" in shown
    assert "Has not written to me in Slack yet" in shown
    assert "Known in Slack" in shown
    assert "Assign 1 Account Without Owner" in shown


async def test_a_role_changes_after_a_preview_that_says_what_follows(
    office: Office, rita: str
) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "mara")

    preview = await _submit(office, rita, role="admin")
    before = await _person(office, "mara")
    done = await _submit(office, rita)

    assert "Role: Manager → Admin" in words(preview)
    assert "Sees 0 accounts now, all accounts afterwards" in words(preview)
    assert before[0] == "manager"
    assert (await _person(office, "mara"))[0] == "admin"
    assert "Mara Manager was changed." in words(done)
    (said,) = await AuditLog(office.database).find(Wanted(action="person.change"))
    assert (said.entry.by, said.entry.before, said.entry.after) == (
        "rita",
        {"role": "manager"},
        {"role": "admin"},
    )
    assert said.entry.request_key.startswith("form:")


async def test_a_manager_and_an_end_are_set_in_the_same_form(office: Office, rita: str) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "ben")

    preview = await _submit(office, rita, manager="mara", active="no")
    await _submit(office, rita)

    assert "Reports to: nobody → Mara Manager" in words(preview)
    assert "1 account stays theirs until handed over" in words(preview)
    assert await _person(office, "ben") == ("csm", "mara", False)
    said = await office.ask("beta", office.ben)
    assert "I do not know ben@steward.example yet" in words(said)


async def test_somebody_new_is_added_and_recognised_when_they_write(
    office: Office, rita: str
) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.new", "new")
    await _submit(office, rita, email="Zoe@steward.example", name="Zoe New", role="csm")

    done = await _submit(office, rita)
    answer = await office.ask("beta", office.zoe)

    assert "Zoe New is in." in words(done)
    assert "Beta Inc" in words(answer)


async def test_all_accounts_are_handed_over_after_saying_how_many(
    office: Office, rita: str
) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "ana")
    form = await _press(office, rita, "people.give", "ana")
    preview = await _submit(office, rita, to="ben")

    done = await _submit(office, rita)

    assert "Ana Souza: 2 accounts" in words(form)
    assert "2 accounts of Ana Souza go to Ben Carter" in words(preview)
    assert "Ben Carter has 3 accounts then" in words(preview)
    assert "2 accounts changed hands." in words(done)
    assert await Staff(office.database).owned() == {"ben": 3, None: 1}


async def test_accounts_without_owner_are_given_to_somebody(office: Office, rita: str) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.give", "nobody")
    preview = await _submit(office, rita, to="ben")

    await _submit(office, rita)

    assert "1 account that nobody owns goes to Ben Carter" in words(preview)
    assert (await Staff(office.database).owned())["ben"] == 2


async def test_the_last_admin_and_ones_own_rights_stay(office: Office, rita: str) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "rita")
    await _submit(office, rita, role="csm")

    alone = await _submit(office, rita)
    doing = Doing(None, office.clock())
    await Staff(office.database).change("ben", Change(role="admin"), doing=doing)
    await _open(office, rita)
    await _press(office, rita, "people.edit", "rita")
    await _submit(office, rita, role="csm")
    refused = await _submit(office, rita)

    assert "Make somebody else one first" in words(alone)
    assert "These are your own rights" in words(refused)
    assert (await _person(office, "rita"))[0] == "admin"


async def test_what_changed_since_the_preview_is_not_overwritten(office: Office, rita: str) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "ben")
    await _submit(office, rita, role="manager")
    doing = Doing(None, office.clock())
    await Staff(office.database).change("ben", Change(role="admin"), doing=doing)

    refused = await _submit(office, rita)

    assert "was changed meanwhile" in words(refused)
    assert (await _person(office, "ben"))[0] == "admin"


async def test_an_admin_who_is_none_any_more_changes_nothing(office: Office, rita: str) -> None:
    await _open(office, rita)
    await _press(office, rita, "people.edit", "ben")
    await _submit(office, rita, role="admin")
    await _end_admin(office.database, office)

    refused = await _submit(office, rita)

    assert "is for the admins of Steward" in words(refused)
    assert (await _person(office, "ben"))[0] == "csm"


async def _end_admin(database: Database, office: Office) -> None:
    staff, doing = Staff(database), Doing(None, office.clock())
    await staff.change("mara", Change(role="admin"), doing=doing)
    await staff.change("rita", Change(role="csm"), doing=doing)


async def test_a_manager_reads_the_team_and_can_change_nothing(office: Office) -> None:
    mara = office.slack.add_user("Mara Manager", email="mara@x")
    staff, doing = Staff(office.database), Doing(None, office.clock())
    await staff.change("ana", Change(manager_id="mara"), doing=doing)

    shown = await _open(office, mara)

    assert "Ana Souza" in words(shown)
    assert "Ben Carter" not in words(shown)
    assert not [one for one in actions(shown) if one.startswith("people.")]
    assert "accessory" not in str(shown["blocks"])


async def test_a_csm_has_no_list_and_is_told_who_has(office: Office) -> None:
    shown = await _open(office, office.ana)

    assert "is for the admins of Steward" in words(shown)
    await office.slack.open_home(office.ana)
    await office.app.settle()
    assert "people.open" not in actions(office.slack.home(office.ana) or {})


async def test_many_people_are_paged_and_found_by_a_part_of_their_name(
    office: Office, rita: str
) -> None:
    many = [
        row(Csm, id=f"p{n}", name=f"Person {n:02}", email=f"p{n}@steward.example")
        for n in range(12)
    ]
    await save(office.database, *many)
    first = await _open(office, rita)

    second = await _press(office, rita, "people.next")
    found = await _submit(office, rita, find="person 07")

    assert "Page 1 of 2, 16 people" in words(first)
    assert "Person 11" in words(second)
    assert "Person 07" in words(found)
    assert "Person 11" not in words(found)
