"""Making, listing and revoking access tokens."""

import re

import pytest

from tests.bot.cli.conftest import Steward


@pytest.fixture
def ana(steward: Steward) -> Steward:
    steward("people", "add", "ana@example.com", "--name", "Ana Souza")
    return steward


def test_the_secret_is_all_that_goes_to_standard_output_and_is_shown_once(ana: Steward) -> None:
    made = ana("token", "create", "ana@example.com", "--name", "CRM widget", "--days", "30")

    listed = ana("token", "list", COLUMNS="200")

    assert made.code == 0
    assert re.fullmatch(r"stw_[\w-]{43}\n", made.out)
    assert "acts as Ana Souza (csm)" in made.err
    assert "active" in listed.out
    assert made.out[:10] in listed.out
    assert made.out.strip() not in listed.out


def test_a_revoked_token_is_listed_as_revoked(ana: Steward) -> None:
    ana("token", "create", "ana@example.com", "--name", "CRM")
    id = ana("token", "list", COLUMNS="200").out.splitlines()[1].split()[0]

    said = ana("token", "revoke", id)

    assert said.out == "CRM of ana@example.com can no longer be used.\n"
    assert "revoked" in ana("token", "list", COLUMNS="200").out


def test_a_token_for_nobody_is_refused(steward: Steward) -> None:
    said = steward("token", "create", "zoe@example.com", "--name", "CRM")

    assert said.code == 1
    assert said.out == ""
    assert "steward people add zoe@example.com" in said.err


def test_a_token_that_does_not_exist_cannot_be_revoked(ana: Steward) -> None:
    said = ana("token", "revoke", "nothing")

    assert said.code == 1
    assert "steward token list" in said.err
