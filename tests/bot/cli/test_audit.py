"""The audit log on the command line: readable, as JSON, and checked."""

import json
import sqlite3

from tests.bot.cli.conftest import Steward


def test_what_was_done_here_is_told_from_what_to_what(demo: Steward) -> None:
    demo("people", "change", "ana@steward.example", "--role", "manager")
    demo("people", "assign", "ben@steward.example", "beta inc")

    said = demo("audit").out.splitlines()

    assert said[-2].endswith("command line  person.change  Ana Souza  role: csm → manager")
    assert said[-1].endswith(
        "command line  account.assign  Beta Inc  owner: Ana Souza → Ben Carter"
    )


def test_the_log_is_narrowed_by_account_person_action_and_day(demo: Steward) -> None:
    demo("people", "change", "ana@steward.example", "--role", "manager")
    demo("people", "assign", "ben@steward.example", "beta inc")

    def actions(*options: str) -> list[str]:
        told = demo("audit", "--json", *options).out.splitlines()
        return [json.loads(one)["action"] for one in told]

    assert actions("--account", "Beta Inc") == ["account.assign"]
    assert actions("--person", "ana@steward.example") == ["person.change"]
    assert actions("--action", "account.") == ["account.assign"]
    assert actions("--since", "2100-01-01") == []
    assert "is no day" in demo("audit", "--since", "soon").err


def test_a_log_that_was_tampered_with_does_not_pass(demo: Steward) -> None:
    demo("people", "change", "ana@steward.example", "--role", "manager")
    assert demo("audit", "--verify").out.endswith("entries, as they were written.\n")

    with sqlite3.connect(demo.path) as file:
        file.execute("drop trigger agent_activity_log_no_update")
        file.execute("update agent_activity_log set actor_name = 'Nobody'")

    said = demo("audit", "--verify")
    assert said.code == 1
    assert "it was changed" in said.err


def test_accounts_are_handed_over_after_a_look_at_how_many(demo: Steward) -> None:
    looked = demo("people", "hand-over", "ana@steward.example", "ben@steward.example", "--dry-run")
    done = demo("people", "hand-over", "ana@steward.example", "ben@steward.example")

    count = looked.out.split()[0]
    assert looked.out == f"{count} accounts of Ana Souza would be Ben Carter's.\n"
    assert done.out == f"{count} accounts of Ana Souza: Ben Carter's now.\n"


def test_who_is_inactive_is_still_listed_and_can_come_back(steward: Steward) -> None:
    steward("people", "add", "mia@example.com", "--name", "Mia Berg")

    gone = steward("people", "change", "mia@example.com", "--inactive")
    listed = steward("people", "list")
    back = steward("people", "change", "mia@example.com", "--active")

    assert gone.out == "Mia Berg <mia@example.com> is csm, and may not use Steward.\n"
    assert "csm, inactive" in listed.out
    assert back.out == "Mia Berg <mia@example.com> is csm.\n"
