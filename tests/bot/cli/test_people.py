"""Adding people, listing them, giving them accounts."""

from tests.bot.cli.conftest import Steward


def test_a_person_who_was_added_is_listed(steward: Steward) -> None:
    steward("people", "add", "Mia@example.com", "--name", "Mia Berg", "--role", "manager")
    added = steward(
        "people", "add", "jo@example.com", "--name", "Jo Ek", "--manager", "mia@example.com"
    )

    listed = steward("people", "list")

    assert added.out == "Jo Ek <jo@example.com> is in as csm.\n"
    assert "mia@example.com" in listed.out
    assert "manager" in listed.out
    assert listed.out.count("Mia Berg") == 2


def test_accounts_change_hands_by_name(demo: Steward) -> None:
    said = demo("people", "assign", "ben@steward.example", "beta inc")

    assert said.out == "1 account is Ben Carter's now.\n"
    assert "Ben Carter" in demo("ask", "what next for Beta Inc", "--as", "ben@steward.example").out


def test_an_account_that_does_not_exist_is_answered_with_near_names(demo: Steward) -> None:
    said = demo("people", "assign", "ben@steward.example", "Beta Incorporated")

    assert said.code == 1
    assert "Beta Inc" in said.err


def test_assigning_nothing_says_what_can_be_assigned(demo: Steward) -> None:
    said = demo("people", "assign", "ben@steward.example")

    assert said.code == 1
    assert "--unowned" in said.err


def test_a_time_zone_that_does_not_exist_is_refused(steward: Steward) -> None:
    said = steward("people", "add", "jo@example.com", "--name", "Jo", "--timezone", "Mars/Base")

    assert said.code == 1
    assert "Mars/Base" in said.err
    assert "Jo" not in steward("people", "list").out
