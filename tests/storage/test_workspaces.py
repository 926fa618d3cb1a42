"""Installed workspaces: sealed tokens, one renewal at a time, removal, return and the end."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from core.errors import Misconfigured
from storage.database import Database
from storage.install_states import GOOD, InstallStates
from storage.people import People
from storage.schema import migrate, revision
from storage.tables import Csm
from storage.vault import Vault, new_key
from storage.workspaces import EARLY, KEPT, RENEWING, Grant, Workspace, Workspaces
from tests.core.builders import NOW
from tests.storage.book import row, save

KEY = new_key()
ACME = Workspace(
    id="T0ACME",
    name="Acme",
    app_id="A1",
    bot_id="B1",
    bot_user_id="U1",
    scopes=("chat:write", "im:write"),
    installed_at=NOW,
    installed_by="U9",
)
GRANT = Grant("xoxe.xoxb-secret", "xoxe-refresh", NOW + timedelta(hours=12))
SOON = NOW + timedelta(hours=12) - EARLY + timedelta(seconds=1)


@pytest.fixture
async def workspaces(database: Database) -> Workspaces:
    made = Workspaces(database, Vault([KEY]))
    await made.admit(ACME, GRANT)
    return made


async def _stored(database: Database) -> str:
    async with database.read() as session:
        return str((await session.execute(text("select * from workspaces"))).all())


async def test_an_installation_is_found_again_and_its_tokens_are_sealed(
    database: Database, workspaces: Workspaces
) -> None:
    assert await workspaces.find("T0ACME") == replace(ACME, expires_at=GRANT.expires_at)
    assert await workspaces.grant("T0ACME") == GRANT
    assert "secret" not in await _stored(database)
    assert "refresh" not in await _stored(database)
    assert "secret" not in f"{GRANT!r}{GRANT}"
    assert await workspaces.grant("T0OTHER") is None


async def test_a_key_that_is_new_opens_what_the_former_sealed_and_lets_it_go(
    database: Database, workspaces: Workspaces
) -> None:
    new = new_key()

    with pytest.raises(Misconfigured, match="behind the present one"):
        await Workspaces(database, Vault([new])).grant("T0ACME")
    await Workspaces(database, Vault([new, KEY])).reseal()

    assert await Workspaces(database, Vault([new])).grant("T0ACME") == GRANT


async def test_a_sealed_token_does_not_open_in_another_workspaces_row(
    database: Database, workspaces: Workspaces
) -> None:
    await workspaces.admit(replace(ACME, id="T0EVIL"), Grant("xoxb-evil"))
    async with database.write() as session:
        await session.execute(
            text(
                "update workspaces set bot_token = (select bot_token from workspaces "
                "where id = 'T0ACME') where id = 'T0EVIL'"
            )
        )

    with pytest.raises(Misconfigured, match="another workspace"):
        await workspaces.grant("T0EVIL")


async def test_of_many_replicas_one_renews_a_token(
    database: Database, workspaces: Workspaces
) -> None:
    assert await workspaces.due(NOW) == ()
    assert await workspaces.due(SOON) == ("T0ACME",)

    held = await asyncio.gather(*(workspaces.begin_renewal("T0ACME", SOON) for _ in range(5)))

    assert [one for one in held if one] == [GRANT]
    fresh = Grant("xoxe.xoxb-fresh", "xoxe-next", SOON + timedelta(hours=12))
    assert await workspaces.renewed("T0ACME", fresh, held=SOON)
    assert await workspaces.grant("T0ACME") == fresh
    assert await workspaces.due(SOON) == ()


async def test_who_died_renewing_is_followed_and_comes_too_late(workspaces: Workspaces) -> None:
    await workspaces.begin_renewal("T0ACME", SOON)
    later = SOON + RENEWING + timedelta(seconds=1)

    assert await workspaces.begin_renewal("T0ACME", SOON) is None
    assert await workspaces.begin_renewal("T0ACME", later) == GRANT

    assert not await workspaces.renewed("T0ACME", Grant("late"), held=SOON)
    assert await workspaces.renewed("T0ACME", Grant("in time"), held=later)


async def test_a_removed_workspace_has_no_tokens_and_may_come_back(
    database: Database, workspaces: Workspaces
) -> None:
    later = NOW + timedelta(days=3)

    assert await workspaces.remove("T0ACME", since=later, now=later)

    found = await workspaces.find("T0ACME")
    assert found
    assert found.state(later) == "removed"
    assert await workspaces.grant("T0ACME") is None
    assert "gAAAA" not in await _stored(database)
    assert not await workspaces.remove("T0ACME", since=later, now=later)

    await workspaces.admit(replace(ACME, installed_at=later), GRANT)
    assert await workspaces.grant("T0ACME") == GRANT


async def test_an_old_word_of_removal_does_not_touch_what_was_installed_since(
    workspaces: Workspaces,
) -> None:
    before = NOW - timedelta(minutes=1)

    assert not await workspaces.remove("T0ACME", since=before, now=NOW)
    assert await workspaces.grant("T0ACME") == GRANT


async def test_a_removed_workspace_is_forgotten_with_its_data_after_thirty_days(
    database: Database, workspaces: Workspaces
) -> None:
    inside = database.for_workspace("T0ACME")
    await migrate(inside)
    await save(inside, row(Csm, id="x", name="Ana", email="x@x", role="csm"))
    await workspaces.remove("T0ACME", since=NOW, now=NOW)

    assert await workspaces.forget(NOW + KEPT - timedelta(seconds=1)) == ()
    assert len(await People(inside).everyone()) == 1
    assert await workspaces.forget(NOW + KEPT + timedelta(seconds=1)) == ("T0ACME",)

    assert await workspaces.find("T0ACME") is None
    assert await revision(database.for_workspace("T0ACME")) is None


async def test_a_state_works_once_and_not_for_long(database: Database) -> None:
    states = InstallStates(database)
    for name in ("a", "b", "c"):
        await states.issue(name, now=NOW)

    used = await asyncio.gather(*(states.consume("a", now=NOW) for _ in range(3)))

    assert sorted(used) == [False, False, True]
    assert not await states.consume("never given", now=NOW)
    assert not await states.consume("b", now=NOW + GOOD)
    await states.issue("d", now=NOW + GOOD)
    assert not await states.consume("c", now=NOW)
