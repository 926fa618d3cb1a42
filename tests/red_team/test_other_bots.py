"""Hostile texts of other bots in Slack: never answered, and a person's shortcut only reads them."""

import html

from bot.answers import Answer, Card
from bot.playground.slack import events
from tests.red_team.cases import cases
from tests.red_team.harm import harms
from tests.red_team.stage import Stage
from tests.scenarios.office import Json
from tests.scenarios.person import Person, seated

SAID = cases("other_bot")


async def test_what_another_bot_says_is_not_answered(own_copy: str) -> None:
    async with seated(own_copy, "Ana") as ana:
        channel = ana.slack.add_channel("customer-success", [ana.id])
        await ana.ask("help")
        before = await _state(ana)

        for case in SAID:
            for event in _events(ana, channel, case.text):
                await ana.slack.mail.event(events.envelope(ana.slack.backend, event))
        await ana.app.settle()

        assert await _state(ana) == before
        assert (len(ana.slack.answers(ana.id)), ana.slack.answers(channel)) == (1, [])
        assert len(SAID) >= 14


async def test_a_shortcut_on_another_bots_message_only_reads_names_in_it(own_copy: str) -> None:
    async with seated(own_copy, "Ana") as ana:
        channel = ana.slack.add_channel("customer-success", [ana.id])
        await ana.ask("help")
        before = await _state(ana)

        for case in SAID:
            message = await ana.slack.say(ana.id, case.text, channel)
            await ana.slack.shortcut(ana.id, message, "account.next")
            await ana.app.settle()

        assert {name for name, rows in (await _state(ana)).items() if rows != before[name]} <= {
            "inbox",
            "outbox",
            "recommendation_messages",
        }
        answers = ana.slack.answers(ana.id)
        assert len(answers) == 1 + len(SAID)
        assert [harms(_read(answer)) for answer in answers] == [[] for _ in answers]


def _events(ana: Person, channel: str, text: str) -> list[Json]:
    """Return a bot's text in Ana's name: directly, in a thread, by mention, the old way."""
    direct = ana.slack.place(ana.id)
    assert direct is not None
    made = {"type": "message", "text": text, "ts": "1.1", "event_ts": "1.1", "bot_id": "B0OTHER"}
    in_dm = made | {"channel": direct.id, "channel_type": "im", "user": ana.id}
    mention = made | {"type": "app_mention", "channel": channel, "user": ana.id}
    old = {**made, "subtype": "bot_message", "username": "Ana", "channel": channel}
    return [in_dm, in_dm | {"thread_ts": "1.0"}, mention, old]


async def _state(ana: Person) -> dict[str, list[tuple[object, ...]]]:
    services = ana.app.desk.services
    state = await Stage(services, await services.people.by_email("ana@steward.example")).state()
    return dict(state)


def _read(message: Json) -> Answer:
    return Answer(Card(html.unescape(message["text"]), tuple(message["blocks"])))
