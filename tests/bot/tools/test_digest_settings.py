"""The digest is set where it was asked for, and what is set is told."""

from datetime import date

import pytest

from bot.tool_parts import ToolParts
from core.calendar import Absence
from tests.bot.tools.conftest import Ask
from tests.storage.book import NOW


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


async def test_i_am_off_until_a_day_pauses_what_comes_unasked(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("I'm off until the 9th")

    away = await parts.digests.away("ana")
    assert away == Absence(date(2026, 3, 3), date(2026, 3, 9))
    assert "until Mon 9 Mar, when you are back" in reply.answer.card.text

    again = await ask("I'm back")

    assert "Welcome back" in again.answer.card.text
    assert await parts.digests.away("ana") == Absence(date(2026, 3, 3), date(2026, 3, 3))
    assert "You were not away" in (await ask("I'm back")).answer.card.text


@pytest.mark.parametrize(
    ("text", "starts", "back"),
    [
        ("I'm off through Friday", 3, 7),
        ("I'm away next week", 9, 16),
        ("I'm off tomorrow", 4, 5),
        ("I'm on leave from Thursday until the 20th", 5, 20),
        ("pause my digest for two weeks", 3, 17),
    ],
)
async def test_the_words_say_from_when_until_when(
    ask: Ask, parts: ToolParts, text: str, starts: int, back: int
) -> None:
    await ask(text)

    assert await parts.digests.away("ana") == Absence(date(2026, 3, starts), date(2026, 3, back))


async def test_a_pause_shows_in_the_setting_and_digest_on_ends_it(
    ask: Ask, parts: ToolParts
) -> None:
    await ask("digest on")
    await ask("I'm off until the 9th")
    paused = (await ask("digest")).answer.card.text
    assert "Paused: I take it that you are back on Mon 9 Mar" in paused

    on = await ask("digest on")

    assert "Paused" not in on.answer.card.text


async def test_a_pause_needs_a_day_within_a_year(ask: Ask, parts: ToolParts) -> None:
    past = await ask("I'm off until 1 March 2026")
    too_long = await ask("I'm off until 1 March 2028")

    assert "Choose a day after today" in past.answer.card.text
    assert "within the next twelve months" in too_long.answer.card.text
    assert await parts.digests.away("ana") is None


async def test_days_and_holidays_are_set_in_words(ask: Ask, parts: ToolParts) -> None:
    await ask("digest on")
    await ask("digest only on Mondays and Thursdays")
    reply = await ask("digest holidays France")

    kept = await parts.digests.for_csm("ana")
    assert kept is not None
    assert (kept.weekdays, kept.holidays) == (frozenset({1, 4}), "FR")
    said = "Mon and Thu at 08:30 (Europe/Berlin), not on public holidays in France"
    assert said in reply.answer.card.text


async def test_a_country_that_nobody_knows_is_asked_for_again(ask: Ask) -> None:
    reply = await ask("digest holidays Narnia")

    assert "Say “digest holidays Germany”" in reply.answer.card.text


async def test_the_setting_comes_with_a_button_to_its_form(ask: Ask) -> None:
    reply = await ask("digest")

    assert "digest.edit" in str(reply.answer.card.blocks)


async def test_the_log_says_what_became_of_the_last_ones(ask: Ask, parts: ToolParts) -> None:
    assert "No digest has come yet" in (await ask("digest log")).answer.card.text
    await ask("digest on")
    kept = await parts.digests.for_csm("ana")
    assert kept is not None
    days = [date(2026, 3, 2)]
    await parts.digests.pass_over(kept.id, days, state="missed", why="It rained.", now=NOW)

    assert "Mon 2 Mar: missed. It rained." in (await ask("digest log")).answer.card.text


async def test_days_and_time_are_set_together(ask: Ask, parts: ToolParts) -> None:
    reply = await ask("send me my digest on Tuesdays and Thursdays at 7:15")

    kept = await parts.digests.for_csm("ana")
    assert kept is not None
    assert (kept.weekdays, kept.local_time) == (frozenset({2, 4}), "07:15")
    assert "Tue and Thu at 07:15" in reply.answer.card.text


async def test_a_wish_that_is_not_understood_whole_is_said_to_change_nothing(
    ask: Ask, parts: ToolParts
) -> None:
    await ask("digest on")

    time = (await ask("send my digest at 9am london time")).answer.card.text
    days = (await ask("no digest on Fridays please")).answer.card.text
    shown = (await ask("does my digest come on Mondays at 9?")).answer.card.text

    kept = await parts.digests.for_csm("ana")
    assert kept is not None
    assert (kept.local_time, len(kept.weekdays)) == ("08:30", 5)
    assert time.startswith("I changed nothing")
    assert days.startswith("I changed nothing")
    assert "nothing" not in shown


async def test_somebody_elses_channel_digest_is_not_changed(ask: Ask, parts: ToolParts) -> None:
    await ask("post the digest here at 9", "ben", channel="C7")

    reply = await ask("digest off here", channel="C7")

    assert "That channel" in reply.answer.card.text
    found = await parts.digests.for_channel("C7")
    assert found is not None
    assert found.enabled
