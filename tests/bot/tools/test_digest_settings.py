"""The digest is set where it was asked for, and what is set is told."""

from bot.tool_parts import ToolParts
from tests.bot.tools.conftest import Ask


async def test_a_person_gets_it_in_their_conversation_at_their_time(
    ask: Ask, parts: ToolParts
) -> None:
    reply = await ask("send me my digest at 7:30 every day")

    found = await parts.digests.for_csm("ana")
    assert found is not None
    assert (found.channel, found.kind, found.local_time) == ("D1", "person", "07:30")
    assert (found.timezone, found.scope, found.enabled) == ("Europe/Berlin", "me", True)
    assert "07:30 (Europe/Berlin)" in reply.answer.card.text


async def test_a_channel_gets_it_when_it_is_asked_for_there(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("post the daily digest here at 9am", "mara", channel="C7")

    found = await parts.digests.for_channel("C7")
    assert found is not None
    assert (found.kind, found.local_time, found.scope) == ("channel", "09:00", "team")
    assert "in that channel" in reply.answer.card.text
    assert "digest off here" in reply.answer.card.text


async def test_what_is_said_to_stop_a_channels_digest_stops_it(ask: Ask, parts: ToolParts) -> None:
    await ask("post the daily digest here at 9am", channel="C7")

    reply = await ask("digest off here", channel="C7")

    found = await parts.digests.for_channel("C7")
    assert found is not None
    assert not found.enabled
    assert "post the digest here" in reply.answer.card.text


async def test_without_a_time_it_comes_at_the_usual_one(ask: Ask, parts: ToolParts) -> None:
    assert "at 08:30" in (await ask("digest")).answer.card.text

    await ask("digest on")

    found = await parts.digests.for_csm("ana")
    assert found is not None
    assert found.local_time == "08:30"


async def test_a_linked_channel_gets_it(ask: Ask, parts: ToolParts) -> None:
    await ask("send the daily digest to <#C42|cs-team> at 8")

    assert await parts.digests.for_channel("C42") is not None


async def test_a_channel_that_is_only_named_is_asked_for_as_a_link(ask: Ask) -> None:
    reply = await ask("send the daily digest to #cs-team at 8")

    assert "pick the channel" in reply.answer.card.text


async def test_it_stops_and_says_how_to_start_again(ask: Ask, parts: ToolParts) -> None:
    await ask("digest on")

    reply = await ask("turn off the digest")

    found = await parts.digests.for_csm("ana")
    assert found is not None
    assert not found.enabled
    assert "digest on" in reply.answer.card.text
    assert "off already" in (await ask("digest off")).answer.card.text


async def test_a_question_shows_the_setting_and_changes_nothing(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("when do I get my digest?")

    assert "no daily digest" in reply.answer.card.text
    assert await parts.digests.for_csm("ana") is None


async def test_a_terminal_says_kindly_that_it_is_no_place_for_a_digest(ask: Ask) -> None:
    reply = await ask("digest on", channel=None, slack=None)

    assert "no Slack" in reply.answer.card.text
