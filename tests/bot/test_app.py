"""The app as a whole: what it believes, what it acknowledges, what it needs to be built."""

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.app import NOT_HERE, slack_app
from bot.playground.slack.identity import TEAM
from storage.database import Database
from tests.scenarios.office import Office, open_office

NOWHERE = "http://127.0.0.1:1/api/"


def _request(body: dict[str, Any], secret: str) -> AsyncBoltRequest:
    raw, at = json.dumps(body), str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=raw)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": "application/json",
        "x-slack-request-timestamp": at,
        "x-slack-signature": str(signature),
    }
    return AsyncBoltRequest(body=raw, headers=headers)


def _event(office: Office, team: str = TEAM) -> dict[str, Any]:
    event = {"type": "message", "channel_type": "im", "user": office.ana, "text": "beta"}
    event |= {"channel": "D1", "ts": "1.1"}
    return {"type": "event_callback", "team_id": team, "event_id": "Ev1", "event": event}


async def test_it_is_built_without_a_word_to_slack(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        client = AsyncWebClient(token="xoxb-1", base_url=NOWHERE)

        app = slack_app(office.services, client=client, signing_secret="s")

    assert app.desk.poster.retry_handlers == []
    assert len(app.desk.client.retry_handlers) == 2


async def test_a_request_that_slack_did_not_sign_is_refused(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        answer = await office.app.async_dispatch(_request(_event(office), "another secret"))

        assert answer.status == 401
        assert office.assistant.asked == []


async def test_without_a_signing_secret_no_http_request_is_believed(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        client = AsyncWebClient(token=office.slack.token, base_url=office.slack.api_url)
        app = slack_app(office.services, client=client, signing_secret=None)

        answer = await app.async_dispatch(_request(_event(office), "a guess"))

        assert answer.status == 401


async def test_a_question_that_could_not_be_kept_is_not_acknowledged(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        async with office.database.write() as session:
            await session.execute(text("alter table inbox rename to gone"))

        answer = await office.app.async_dispatch(
            _request(_event(office), office.slack.signing_secret)
        )

        assert answer.status == 503
        async with office.database.write() as session:
            await session.execute(text("alter table gone rename to inbox"))


async def test_a_question_is_kept_before_it_is_acknowledged(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        answer = await office.app.async_dispatch(
            _request(_event(office), office.slack.signing_secret)
        )
        async with office.database.read() as session:
            kept = (await session.scalars(text("select key from inbox"))).all()

        assert answer.status == 200
        assert kept == ["Ev1"]


async def test_what_came_for_another_team_is_refused_and_not_kept(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        answer = await office.app.async_dispatch(
            _request(_event(office, team="T0OTHER"), office.slack.signing_secret)
        )
        async with office.database.read() as session:
            kept = (await session.scalars(text("select key from inbox"))).all()

        assert (answer.status, answer.body) == (200, NOT_HERE)
        assert kept == []
        assert office.assistant.asked == []


async def test_what_bolt_reads_in_the_environment_changes_nothing(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "xoxb-another")

    async with open_office(sqlite) as office:
        known, unknown = [
            await office.app.async_dispatch(_request(event, office.slack.signing_secret))
            for event in (_event(office), _event(office, team="T0OTHER"))
        ]
        await office.app.settle()

        assert (known.status, known.body) == (200, "")
        assert unknown.body == NOT_HERE
        assert len(office.assistant.asked) == 1
