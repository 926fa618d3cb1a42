"""Commands about one of many workspaces: who is there, and whose data a command works on."""

import asyncio

from bot.cli.commands import application
from storage.database import Database
from storage.vault import Vault, new_key
from storage.workspaces import Grant, Workspaces
from tests.bot.cli.conftest import Steward
from tests.storage.test_workspaces import ACME

ADDING = ("people", "add", "ana@acme.example", "--name", "Ana")


def _install(steward: Steward, key: str) -> None:
    async def admit() -> None:
        home = Database(steward.url)
        await Workspaces(home, Vault([key])).admit(ACME, Grant("xoxb-hidden"))
        await home.close()

    asyncio.run(admit())


def test_workspaces_are_listed_without_their_tokens(steward: Steward) -> None:
    assert "/slack/install" in steward("workspaces").out
    _install(steward, new_key())

    said = steward("workspaces")

    assert "T0ACME" in said.out
    assert "installed" in said.out
    assert "hidden" not in said.out


def test_a_command_works_on_the_data_of_the_workspace_that_it_names(steward: Steward) -> None:
    steward("workspaces")
    _install(steward, new_key())

    assert steward(*ADDING, "--workspace", "T0ACME").code == 0

    assert "Ana" in steward("people", "list", STEWARD_WORKSPACE="t0acme").out
    assert "Ana" not in steward("people", "list").out
    made = steward("token", "create", "ana@acme.example", "--name", "x", "--workspace", "T0ACME")
    assert made.out.startswith("stw_T0ACME_")
    assert "1 " in steward("doctor", "--workspace", "T0ACME").out


def test_a_workspace_that_is_not_installed_is_declined_and_nothing_is_made(
    steward: Steward,
) -> None:
    said = steward(*ADDING, "--workspace", "T0NOBODY")

    assert said.code == 1
    assert "T0NOBODY is no installed workspace" in said.err
    assert [one.name for one in steward.path.parent.glob("*T0NOBODY*")] == []


def test_migrating_brings_every_installed_workspace_along(steward: Steward) -> None:
    steward("workspaces")
    _install(steward, new_key())

    said = steward("migrate").out

    assert "steward.db is up to date" in said
    assert "steward.T0ACME.db: from empty to" in said


def test_every_command_that_works_with_data_takes_a_workspace(steward: Steward) -> None:
    without = {"serve", "playground", "plays"}
    names = [
        one.name or one.callback.__name__
        for one in application().registered_commands
        if one.callback
    ]

    taking = {name for name in names if "--workspace" in steward(name, "--help").out}

    assert set(names) - taking == without
