"""Who may not use Steward in Slack: refused wherever they ask, also when they could before."""

from typing import Any

import pytest

from bot.jobs.members import run
from storage.audit import AuditLog, Wanted
from storage.staff import Change, Doing, Staff
from tests.scenarios.office import Json, Office, words

KINDS: dict[str, dict[str, Any]] = {
    "you are a guest here": {"is_restricted": True},
    "and you are a guest": {"is_ultra_restricted": True},
    "you belong to another company": {"team": "T0ELSEWHERE"},
    "was deactivated": {"deleted": True},
    "I talk to people only": {"is_bot": True},
}


def _home(office: Office, user: str) -> str:
    view = office.slack.home(user)
    assert view is not None
    return words(view)


async def _everywhere(office: Office, user: str, card: Json) -> dict[str, str]:
    """Ask, command, point, click, and open what there is; return what is said to each."""
    said = {"question": words(await office.ask("beta", user))}
    await office.slack.command(user, "/steward what next for beta?", office.channel)
    await office.app.settle()
    said["command"] = str(office.slack.ephemerals(user)[-1])
    await office.slack.command(user, "/steward people", office.channel)
    await office.app.settle()
    said["people"] = words(office.slack.open_view(user) or {})
    await office.slack.open_home(user)
    await office.app.settle()
    said["home"] = _home(office, user)
    await office.click(user, card, "recommendation.accept")
    said["click"] = office.whispers(user)[-1]
    await office.click(user, card, "recommendation.defer")
    said["form"] = words(office.slack.open_view(user) or {})
    return said


async def _card(office: Office) -> Json:
    """A card in a channel, where others can press its buttons too."""
    shown = await office.ask("beta")
    await office.app.desk.client.chat_postMessage(
        channel=office.channel, text="shared", blocks=shown["blocks"]
    )
    return office.slack.messages(office.channel)[-1]


@pytest.mark.parametrize("says", KINDS)
async def test_who_is_no_full_member_is_refused_kindly_wherever_they_ask(
    office: Office, says: str
) -> None:
    card = await _card(office)
    await office.slack.become(office.ben, quietly=True, **KINDS[says])

    told = await _everywhere(office, office.ben, card)

    assert {place: said for place, said in told.items() if says not in said} == {}
    kept = await office.services.recommendations.find([_shown(card)])
    assert [one.status for one in kept] == ["recommended"]


async def test_who_becomes_a_guest_loses_access_at_once_and_gets_it_back(office: Office) -> None:
    await office.ask("beta", office.ana)

    await office.slack.become(office.ana, is_restricted=True)
    refused = await office.ask("beta", office.ana)
    await office.slack.become(office.ana, is_restricted=False)
    again = await office.ask("beta", office.ana)

    assert "you are a guest here" in words(refused)
    assert "Beta Inc" in words(again)
    log = await AuditLog(office.database).find(Wanted(action="person."))
    assert [one.entry.action for one in log] == ["person.link", "person.refuse", "person.link"]


async def test_a_change_that_nobody_told_of_is_noticed_within_a_day(office: Office) -> None:
    await office.ask("beta", office.ana)
    await office.slack.become(office.ana, quietly=True, is_restricted=True)

    office.clock.forward(23 * 3600)
    before = await office.ask("beta", office.ana)
    office.clock.forward(1 * 3600)
    after = await office.ask("beta", office.ana)

    assert "Beta Inc" in words(before)
    assert "you are a guest here" in words(after)


async def test_a_leaver_who_asks_nothing_is_noticed_by_the_job(office: Office) -> None:
    await office.ask("beta", office.ana)
    await office.slack.become(office.ana, quietly=True, deleted=True)

    office.clock.forward(20 * 3600)
    await run(office.app.desk)
    await run(office.app.desk)

    known = await office.services.people.known("ana")
    assert known is not None
    assert known.slack_refused == "gone"


async def test_somebody_hired_again_with_the_same_address_is_recognised(office: Office) -> None:
    await office.ask("beta", office.ana)
    await office.slack.become(office.ana, deleted=True)

    again = office.slack.add_user("Ana Souza", email="ana@steward.example", user_id="U0AGAIN")
    answer = await office.ask("beta", again)

    assert "Beta Inc" in words(answer)
    linked = await office.services.people.by_slack("U0AGAIN")
    assert linked is not None
    assert linked.id == "ana"


async def test_a_second_account_with_the_address_of_one_in_use_is_refused(office: Office) -> None:
    await office.ask("beta", office.ana)

    double = office.slack.add_user("Ana Two", email="ana@steward.example", user_id="U0DOUBLE")
    refused = await office.ask("beta", double)
    first = await office.ask("beta", office.ana)

    assert "already uses me from another Slack account" in words(refused)
    assert "Beta Inc" in words(first)


async def test_whoever_gets_another_address_stays_who_they_are(office: Office) -> None:
    await office.ask("beta", office.ana)

    await office.slack.become(office.ana, email="ana.married@steward.example")
    answer = await office.ask("beta", office.ana)

    assert "Beta Inc" in words(answer)


async def test_whoever_gets_a_colleagues_address_is_that_colleague_then(office: Office) -> None:
    await office.ask("beta", office.ana)
    await office.slack.become(office.ben, quietly=True, deleted=True)

    await office.slack.become(office.ana, email="ben@steward.example")

    linked = await office.services.people.by_slack(office.ana)
    assert linked is not None
    assert linked.id == "ben"


async def test_who_no_longer_uses_steward_is_refused_whatever_slack_says(office: Office) -> None:
    await office.ask("beta", office.ana)
    doing = Doing(None, office.clock())
    await Staff(office.database).change("ana", Change(active=False), doing=doing)

    answer = await office.ask("beta", office.ana)

    assert "I do not know Ana@steward.example yet" in words(answer)


async def test_who_installed_it_is_the_first_admin_and_only_the_first(office: Office) -> None:
    office.app.desk.installers.append(office.zoe)
    office.app.desk.installers.append(office.slack.add_user("Yan", email="yan@steward.example"))

    welcome = await office.ask("beta", office.zoe)
    second = await office.ask("beta", office.app.desk.installers[1])

    assert "Beta Inc" in words(welcome)
    assert "I do not know yan@steward.example yet" in words(second)
    (said,) = await AuditLog(office.database).find(Wanted(action="person.add"))
    assert (said.entry.by, (said.entry.after or {})["role"]) == ("installation", "admin")


def _shown(card: Json) -> str:
    return str(card["blocks"][0]["block_id"]).partition(".")[0]
