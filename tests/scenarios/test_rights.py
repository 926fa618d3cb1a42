"""Presses in Slack, true and forged: every button, by everybody, as the rights stand then."""

import json
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from bot.cards.selection import Selection
from bot.portfolio import redrawn
from core.errors import NotAllowed
from storage.audit import AuditLog, Wanted
from storage.staff import Change, Doing, Staff
from storage.tables import Csm
from tests.scenarios.office import Json, Office, beta_for, words
from tests.storage.book import row, save

SECRETS = ("Sarah", "120", "hasn't logged in", "Outreach")
"""What the card of Beta Inc says and nobody else may read."""

PRESSES: Mapping[str, Mapping[str, Any]] = {
    "recommendation.accept": {},
    "recommendation.undo": {},
    "recommendation.defer": {},
    "recommendation.dismiss": {},
    "recommendation.complete": {},
    "recommendation.show": {},
    "recommendation.draft": {},
    "recommendation.defer_until.tomorrow": {},
    "recommendation.more": {"selected_option": {"value": "why:{id}"}},
    "notice.positive": {},
    "notice.not_yet": {},
    "outcome.positive": {},
}
"""Every button about a recommendation, with what it carries besides the id."""

MANAGING: Mapping[str, Mapping[str, Any]] = {
    "people.edit": {"value": "ana"},
    "people.new": {"value": "new"},
    "people.give": {"value": "ana"},
    "learning.forget": {"selected_option": {"value": "champion_outreach"}},
    "learning.restore.0": {"value": "x"},
}
"""What only an admin may press."""


@pytest.fixture
async def shown(office: Office) -> Json:
    """Ana's card of Beta Inc, which Ben is about to press buttons of."""
    return await office.ask("beta")


async def _press(
    office: Office, user: str, shown: Json, action: str, carried: Mapping[str, Any], **forged: Any
) -> None:
    """Send a press that no button on screen stands for, as if by Slack."""
    id = _id(shown)
    slack = office.slack
    payload = {
        "type": "block_actions",
        "user": {"id": user, "team_id": slack.backend.workspace.team},
        "team": {"id": slack.backend.workspace.team},
        "api_app_id": "A0STEWARD",
        "token": "none",
        "trigger_id": slack.backend.triggers.issue(user),
        "container": {
            "type": "message",
            "channel_id": shown["channel"],
            "message_ts": shown["ts"],
        },
        "channel": {"id": shown["channel"]},
        "message": shown,
        "state": {"values": {}},
        "actions": [
            {
                "type": "button",
                "action_id": action,
                "block_id": f"{id}.v1.do",
                "value": id,
                "action_ts": "1.1",
            }
            | json.loads(json.dumps(carried).replace("{id}", id))
        ],
    }
    await slack.mail.interaction(payload | forged)
    await office.app.settle()


def _id(shown: Json) -> str:
    return str(shown["blocks"][0]["block_id"]).partition(".")[0]


def _read_by(office: Office, user: str) -> str:
    """Return all that somebody can read: answers, whispers, the modal, the Home tab."""
    own = [words(one) + one.get("text", "") for one in office.slack.answers(user)]
    views = [
        words(view) for view in (office.slack.open_view(user), office.slack.home(user)) if view
    ]
    return "\n".join([*own, *office.whispers(user), *views])


async def _standing(office: Office, shown: Json) -> tuple[str, int]:
    one = await office.services.recommendations.get(_id(shown))
    return one.status.value, one.version


@pytest.mark.parametrize("forgery", ["as it is", "another's channel", "another version"])
async def test_no_press_of_a_colleague_shows_or_changes_anything(
    office: Office, shown: Json, forgery: str
) -> None:
    before = await _standing(office, shown)
    for action, carried in PRESSES.items():
        forged: dict[str, Any] = {}
        if forgery == "another's channel":
            place = {"type": "message", "channel_id": office.channel, "message_ts": shown["ts"]}
            forged = {"container": place, "channel": {"id": office.channel}}
        if forgery == "another version":
            carried = {**carried, "block_id": f"{_id(shown)}.v0.do"}
        await _press(office, office.ben, shown, action, carried, **forged)
        assert await _standing(office, shown) == before, action
    copies = await office.services.recommendations.copies(_id(shown))
    assert {(one.channel, one.ts) for one in copies} == {(shown["channel"], shown["ts"])}

    told = _read_by(office, office.ben)
    assert [secret for secret in SECRETS if secret in told] == []
    log = await AuditLog(office.database).find(Wanted(action="access."))
    assert len(log) >= len(PRESSES) - 2
    assert {(one.entry.by, one.entry.account) for one in log} == {("ben", "beta")}


@pytest.mark.parametrize("role", ["csm", "manager"])
async def test_what_only_an_admin_may_press_does_nothing_for_others(
    office: Office, shown: Json, role: str
) -> None:
    staff, doing = Staff(office.database), Doing(None, office.clock())
    await staff.change("ben", Change(role="manager" if role == "manager" else "csm"), doing=doing)
    held = office.slack.backend.workspace
    for action, carried in MANAGING.items():
        view = {
            "id": "V0",
            "type": "modal",
            "private_metadata": json.dumps({"kind": "list"}),
            "title": {"type": "plain_text", "text": "People"},
            "blocks": [],
            "state": {"values": {}},
        }
        forged = {"view": view} if action.startswith("people.") else {}
        await _press(office, office.ben, shown, action, carried, **forged)

    assert held.users
    assert await office.services.resets.standing(as_of=office.clock()) == ()
    assert "ana@steward.example" not in _read_by(office, office.ben)


async def test_a_card_of_nobodys_account_can_be_pressed_by_an_admin_only(office: Office) -> None:
    await save(office.database, row(Csm, id="rita", name="Rita", email="rita@x", role="admin"))
    rita = office.slack.add_user("Rita", email="rita@x")
    office.assistant.offers = [beta_for("free", "Free Agent", owner="rita")]
    shown = await office.ask("beta", rita)

    await _press(office, office.ana, shown, "recommendation.accept", {})
    refused = await _standing(office, shown)
    await _press(office, rita, shown, "recommendation.accept", {})

    assert refused == ("recommended", 1)
    assert (await _standing(office, shown))[0] == "accepted"


async def test_an_id_that_nobody_made_is_answered_and_changes_nothing(
    office: Office, shown: Json
) -> None:
    for action, value in product(PRESSES, ("nothing", "' or 1", "*")):
        carried = {"value": value, "selected_option": {"value": f"why:{value}"}}
        await _press(office, office.ana, shown, action, carried | {"block_id": "x.v1.do"})

    assert await _standing(office, shown) == ("recommended", 1)
    assert "no longer exists" in office.whispers(office.ana)[-1]


async def test_a_role_that_was_taken_between_showing_and_pressing_counts(office: Office) -> None:
    """Mara sees Ana's card as her manager; when she presses, she is none any more."""
    staff, doing = Staff(office.database), Doing(None, office.clock())
    mara = office.slack.add_user("Mara Manager", email="mara@x")
    await staff.change("ana", Change(manager_id="mara"), doing=doing)
    shown = await office.ask("beta", mara)
    await staff.change("mara", Change(role="csm"), doing=doing)

    await office.click(mara, shown, "recommendation.accept")

    assert await _standing(office, shown) == ("recommended", 1)
    assert "belongs to Ana Souza" in office.whispers(mara)[-1]


async def test_an_account_that_was_handed_over_between_is_its_new_owners(
    office: Office, shown: Json
) -> None:
    await Staff(office.database).hand_over("ana", "ben", doing=Doing(None, office.clock()))

    await office.click(office.ana, shown, "recommendation.accept")
    refused = await _standing(office, shown)
    await _press(office, office.ben, shown, "recommendation.accept", {})

    assert refused == ("recommended", 1)
    assert "belongs to Ben Carter" in office.whispers(office.ana)[-1]
    assert (await _standing(office, shown))[0] == "accepted"


async def test_nobody_shares_another_ones_answer_or_an_account_that_is_no_longer_theirs(
    office: Office,
) -> None:
    await office.slack.mention(office.ana, office.channel, "beta")
    await office.app.settle()
    shown = office.slack.answers(office.ana)[-1]
    room = {"value": _button(shown, "answer.share")}

    await _press(office, office.ben, shown, "answer.share", room)
    await Staff(office.database).hand_over("ana", "ben", doing=Doing(None, office.clock()))
    await _press(office, office.ana, shown, "answer.share", room)

    assert office.slack.answers(office.channel) == []
    assert "belongs to Ben Carter" in office.whispers(office.ana)[-1]
    log = await AuditLog(office.database).find(Wanted(action="access."))
    assert [one.entry.by for one in log] == ["ben", "ana"]


def _button(shown: Json, action: str) -> str:
    found = [one for block in shown["blocks"] for one in block.get("elements", ())]
    return str(next(one["value"] for one in found if one.get("action_id") == action))


async def test_what_is_under_way_follows_the_account_to_its_new_owner(
    office: Office, shown: Json
) -> None:
    await office.click(office.ana, shown, "recommendation.accept")

    await Staff(office.database).hand_over("ana", "ben", doing=Doing(None, office.clock()))

    recommendations = office.services.recommendations
    assert await recommendations.underway(frozenset({"ana"})) == ()
    assert len(await recommendations.underway(frozenset({"ben"}))) == 1


async def test_a_page_is_not_redrawn_for_whom_its_account_is_no_longer(office: Office) -> None:
    reader = Doing(None, office.clock())
    (one, _) = await office.services.recommendations.offer(
        office.assistant.offers, now=office.clock()
    )
    heading = f"ana {Selection().packed()}"
    await redrawn(office.services, heading, [one.id], now=office.clock())
    await Staff(office.database).hand_over("ana", "ben", doing=reader)

    with pytest.raises(NotAllowed):
        await redrawn(office.services, heading, [one.id], now=office.clock())
