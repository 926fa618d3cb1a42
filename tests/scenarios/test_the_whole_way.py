"""The demo portfolio, the real services, the offline language: from a question to an outcome."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import StewardApp, slack_app
from bot.jobs.digest import run_due
from bot.playground.slack import AsgiDelivery, LocalSlack
from bot.services import build
from bot.settings import Settings
from storage.database import Database
from storage.sources.demo import fill
from tests.bot.playground.clock import Clock
from tests.scenarios.office import Json, actions, words


@dataclass(slots=True)
class Ana:
    """Ana in front of Slack."""

    slack: LocalSlack
    app: StewardApp
    clock: Clock
    id: str

    async def ask(self, text: str) -> Json:
        await self.slack.say(self.id, text)
        await self.app.settle()
        return self.slack.answers(self.id)[-1]

    async def click(self, on: Json, action: str, value: Any = None) -> Json:
        await self.slack.click(self.id, on, action, value)
        await self.app.settle()
        return self.again(on)

    async def submit(self, **values: Any) -> dict[str, str]:
        view = self.slack.open_view(self.id)
        assert view is not None
        wrong = await self.slack.submit(self.id, view, values)
        await self.app.settle()
        return wrong

    def again(self, message: Json) -> Json:
        held = self.slack.answers(self.id)
        return next(one for one in held if one["ts"] == message["ts"])


@pytest.fixture
async def ana(sqlite: Database) -> AsyncIterator[Ana]:
    clock = Clock()
    await fill(sqlite, today=clock().date(), now=clock())
    url = f"sqlite:///{sqlite.url.database}"
    async with LocalSlack().serving() as slack:
        services = build(Settings(database_url=url), clock=clock)
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
        app = slack_app(services, client=client, signing_secret=slack.signing_secret)
        slack.deliver_to(AsgiDelivery(AsyncSlackRequestHandler(app)))
        user = slack.add_user("Ana", email="ana@steward.example", tz="Europe/Berlin")
        yield Ana(slack, app, clock, user)
        await app.settle()
        await services.database.close()


async def test_beta_inc_from_the_question_to_its_outcome_and_back(ana: Ana) -> None:
    shown = await ana.ask("what should I do next for Beta Inc")
    assert "Sarah" in words(shown)
    assert "Priority" in words(shown)
    assert actions(shown)[:3] == [
        "recommendation.accept",
        "recommendation.defer",
        "recommendation.dismiss",
    ]

    accepted = await ana.click(shown, "recommendation.accept")
    assert "accepted" in words(accepted)
    await ana.click(accepted, "recommendation.complete")
    assert await ana.submit(result="positive", outcome="Sarah is back; call on Tuesday") == {}
    assert "completed · went well" in words(ana.again(shown))

    assert "accepted" in words(await ana.click(ana.again(shown), "recommendation.undo"))


async def test_the_list_the_snooze_in_words_and_help(ana: Ana) -> None:
    listed = await ana.ask("show me my top actions this week")
    assert "recommendation.accept" in actions(listed)

    snoozed = await ana.ask("snooze Alpha Corp until Friday")
    assert "deferred" in words(snoozed)
    assert "Fri" in words(snoozed)

    assert "Undo works for ten minutes" in words(await ana.ask("help"))


async def test_an_account_that_nobody_knows_and_a_name_that_two_have(ana: Ana) -> None:
    assert "Beta Inc" in words(await ana.ask("what should I do next for Betta Inkk"))
    assert "Acme" in words(await ana.ask("what should I do next for Acme"))


async def test_a_digest_asked_for_in_words_arrives_the_next_morning_once(ana: Ana) -> None:
    said = await ana.ask("send me my digest at 8")
    assert "08:00" in said["text"]
    tomorrow = (ana.clock() + timedelta(days=1)).replace(hour=9, minute=0)

    sent = await run_due(ana.app.desk, now=tomorrow)
    again = await run_due(ana.app.desk, now=tomorrow + timedelta(minutes=1))

    assert [one.state for one in sent] == ["sent"]
    assert again == []
    digest = ana.slack.answers(ana.id)[-1]
    assert "top 5 actions for" in words(digest)
    assert actions(digest).count("recommendation.accept") == 5


async def test_the_home_tab_draws_the_real_portfolio(ana: Ana) -> None:
    await ana.slack.open_home(ana.id)
    await ana.app.settle()

    home = ana.slack.home(ana.id)
    assert home is not None
    assert actions(home).count("recommendation.accept") == 5


async def test_done_in_words_asks_how_it_went_and_keeps_the_answer(ana: Ana) -> None:
    await ana.ask("what should I do next for Beta Inc")
    done = await ana.ask("done with Beta Inc: Sarah is back, call booked")
    assert "how did it go?" in words(done)
    assert "outcome.positive" in actions(done)

    judged = await ana.click(done, "outcome.positive")

    assert "went well" in words(judged)
    assert "outcome.positive" not in actions(judged)
