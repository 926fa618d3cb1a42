"""What Slack refuses for good, or for one moment: said where it was asked for, and done after."""

import pytest

from bot.playground.slack.trouble import Refused, ServerError
from tests.scenarios.office import Office
from tests.scenarios.test_faults import DEEDS, later, trouble

MENTION, SHARE, FORM = DEEDS["mention"], DEEDS["share"], DEEDS["form"]


async def test_an_answer_that_slack_refuses_for_good_is_told_of_where_it_was_asked(
    office: Office,
) -> None:
    with trouble(office, "chat.postMessage", Refused("messages_tab_disabled")):
        await MENTION.do(office, {})
        await office.app.settle()
        await later(office)

    assert "direct message" in office.whispers(office.ana)[-1]
    assert len(office.slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived"])
async def test_what_cannot_be_shared_is_said_and_can_be_sharedlater(
    office: Office, code: str
) -> None:
    answer = await SHARE.before(office)
    with trouble(office, "chat.postMessage", Refused(code)):
        await SHARE.do(office, answer)
        await office.app.settle()
        await later(office)
    assert "I am no member" in office.whispers(office.ana)[-1]

    await office.click(office.ana, answer, "answer.share")

    assert await SHARE.done(office, answer) == 1


async def test_nothing_is_shared_while_nobody_can_tell_who_reads_there(office: Office) -> None:
    answer = await SHARE.before(office)
    place = office.slack.place(office.channel)
    assert place is not None
    place.is_ext_shared = True
    with trouble(office, "conversations.info", ServerError()):
        await SHARE.do(office, answer)
        await office.app.settle()
    await later(office)

    assert await SHARE.done(office, answer) == 0
    assert "another company" in office.whispers(office.ana)[-1]


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_form_that_opened_too_late_is_asked_for_again(office: Office, code: str) -> None:
    shown = await office.ask()
    with trouble(office, "views.open", Refused(code)):
        await office.click(office.ana, shown, "recommendation.dismiss")
    assert "press the button again" in office.whispers(office.ana)[-1]

    await office.click(office.ana, shown, "recommendation.dismiss")

    assert await FORM.done(office, shown) == 1


@pytest.mark.parametrize(("name", "method"), [("form", "views.update"), ("home", "views.publish")])
async def test_what_changed_under_the_hand_is_drawn_again(
    office: Office, name: str, method: str
) -> None:
    deed = DEEDS[name]
    shown = await deed.before(office)
    await office.slack.open_home(office.ana)
    await office.app.settle()
    office.slack.fail(method, Refused("hash_conflict"))

    await deed.do(office, shown)
    await office.app.settle()

    assert await deed.done(office, shown) == 1
