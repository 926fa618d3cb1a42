"""The demo portfolio, the real services, the offline language: from a question to an outcome."""

from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest

from bot.digests.round import run_due
from bot.digests.schedules import schedule_of
from core.calendar import instant
from tests.scenarios.office import actions, words
from tests.scenarios.person import Person, seated


@pytest.fixture
async def ana(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Ana") as person:
        yield person


async def test_beta_inc_from_the_question_to_its_outcome_and_back(ana: Person) -> None:
    shown = await ana.ask("what should I do next for Beta Inc")
    assert "Sarah" in words(shown)
    assert "Priority" in words(shown)
    assert actions(shown)[:4] == [
        "recommendation.accept",
        "recommendation.draft",
        "recommendation.defer",
        "recommendation.dismiss",
    ]

    accepted = await ana.click(shown, "recommendation.accept")
    assert "accepted" in words(accepted)
    await ana.click(accepted, "recommendation.complete")
    assert await ana.submit(result="positive", outcome="Sarah is back; call on Tuesday") == {}
    assert "completed · went well" in words(ana.again(shown))

    assert "accepted" in words(await ana.click(ana.again(shown), "recommendation.undo"))


async def test_the_list_the_snooze_in_words_and_help(ana: Person) -> None:
    listed = await ana.ask("show me my top actions this week")
    assert "recommendation.accept" in actions(listed)

    snoozed = await ana.ask("snooze Alpha Corp until Friday")
    assert "deferred" in words(snoozed)
    assert "Fri" in words(snoozed)

    assert "Undo works for ten minutes" in words(await ana.ask("help"))


async def test_an_account_that_nobody_knows_and_a_name_that_two_have(ana: Person) -> None:
    assert "Beta Inc" in words(await ana.ask("what should I do next for Betta Inkk"))
    assert "Acme" in words(await ana.ask("what should I do next for Acme"))


async def test_a_digest_asked_for_in_words_arrives_the_next_morning_once(ana: Person) -> None:
    said = await ana.ask("send me my digest at 8")
    assert "08:00" in said["text"]
    (kept,) = await ana.app.desk.services.digests.enabled()
    schedule, day = schedule_of(kept, None), kept.begins
    while not schedule.comes(day):
        day += timedelta(days=1)
    at_nine = instant(day, time(9), kept.zone)
    ana.clock.forward((at_nine - ana.clock()).total_seconds())

    sent = await run_due(ana.app.desk, now=ana.clock())
    again = await run_due(ana.app.desk, now=ana.clock() + timedelta(minutes=1))

    assert [one.state for one in sent] == ["sent"]
    assert again == []
    digest = ana.slack.answers(ana.id)[-1]
    assert "top 5 actions for" in words(digest)
    assert actions(digest).count("recommendation.accept") == 5


async def test_the_home_tab_draws_the_real_portfolio(ana: Person) -> None:
    await ana.slack.open_home(ana.id)
    await ana.app.settle()

    home = ana.slack.home(ana.id)
    assert home is not None
    assert actions(home).count("recommendation.accept") == 2
    assert {"portfolio.category", "recommendation.show"} <= set(actions(home))
    assert "QBR preparation" in words(home)


async def test_done_in_words_asks_how_it_went_and_keeps_the_answer(ana: Person) -> None:
    await ana.ask("what should I do next for Beta Inc")
    done = await ana.ask("done with Beta Inc: Sarah is back, call booked")
    assert "how did it go?" in words(done)
    assert "outcome.positive" in actions(done)

    judged = await ana.click(done, "outcome.positive")

    assert "went well" in words(judged)
    assert "outcome.positive" not in actions(judged)
