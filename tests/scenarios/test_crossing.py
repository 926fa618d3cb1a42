"""One workspace tries to get at another: every listener, job and endpoint, with stolen ids."""

import json
import logging
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import select, text

from bot.api.reading import PATH
from bot.cards.forms import TITLES, Origin
from bot.cards.people import Plan
from bot.cards.share import Source
from bot.desk import Desk
from bot.jobs.scheduler import jobs
from bot.jobs.scheduler import run as run_job
from bot.playground.slack import NotAnswered
from storage.database import Database
from storage.sources.demo import fill
from storage.tables import Base, DigestSubscription, table
from storage.tokens import Tokens, new_secret
from tests.bot.asgi import ask
from tests.scenarios.campus import A, B, Campus, introduce, open_campus
from tests.scenarios.office import Json
from tests.scenarios.payloads import Forger, Stolen, listened_to

CANARY = "Kanarienvogel"
"""In the name of every account, person and contact of the workspace that nothing may leave."""

SECRET = "s" * 43

UNFORESEEN = "unexpected error"
"""In the log for a payload that a listener could not read at all."""

READ_ALL_THE_SAME = {
    "answer.share_send": "Slack itself knows no such conversation in ours",
    "learning.forget": "it sets a play of ours back, and then has no message of ours to redraw",
}
"""Where all payloads end in an unforeseen error after they were read, and why."""

LAST = ("tokens_revoked", "app_uninstalled")
"""After these nothing is answered any more, so they come when all else was tried."""


@dataclass(slots=True)
class Heist:
    """Two workspaces: one with data that is watched, one that tries to see or change it."""

    campus: Campus
    ours: Desk
    theirs: Desk
    stolen: Stolen
    refused: int = 0

    @property
    def user(self) -> str:
        return self.campus.a.people[0]


async def test_no_listener_job_or_endpoint_leads_into_another_workspace(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_campus(database) as campus:
        heist = await _prepared(campus)
        assert CANARY in await _get(heist, PATH, new_secret(SECRET, B))
        before, told = await _everything(heist.theirs), len(campus.b.backend.calls)
        assert CANARY in str(before)
        caplog.set_level(logging.INFO)
        caplog.clear()

        answers = [
            *await _through_jobs(heist),
            *await _through_the_api(heist),
            *await _through_listeners(heist, caplog),
        ]

        came_out = f"{answers}{[call.arguments for call in campus.a.backend.calls]}{caplog.text}"
        assert len(answers) > 300
        assert CANARY not in came_out
        assert all(secret not in came_out for secret in campus.town.granted)
        assert await _everything(heist.theirs) == before
        assert len(campus.b.backend.calls) == told
        assert await campus.one.many.app.desks.enter(A, None) is None  # it has removed itself


async def _prepared(campus: Campus) -> Heist:
    for slack in (campus.a, campus.b):
        await campus.install(slack)
    ours, theirs = await campus.one.desk(A), await campus.one.desk(B)
    now = campus.clock()
    await introduce(ours, "Ana")
    await fill(theirs.services.database, accounts=4, today=now.date(), now=now)
    await _mark(theirs)
    for desk, secret in ((ours, "o" * 43), (theirs, SECRET)):
        services = desk.services
        await Tokens(services.database).create(
            new_secret(secret, services.database.workspace),
            csm_id=(await services.people.by_email("ana@steward.example")).id,
            name="x",
            by="test",
            now=now,
        )
    return Heist(campus, ours, theirs, await _stolen(campus, theirs))


async def _mark(desk: Desk) -> None:
    """Put the canary into every name, and let everybody see everything."""
    async with desk.services.database.write() as session:
        for kind in ("customers", "csms", "contacts"):
            await session.execute(text(f"update {kind} set name = name || ' {CANARY}'"))
        await session.execute(text("update csms set role = 'admin'"))


async def _stolen(campus: Campus, theirs: Desk) -> Stolen:
    """Let somebody there ask and subscribe, and write down every id of it."""
    user = campus.b.people[0]
    await campus.b.command(user, "/steward digest on")
    await campus.b.say(user, "top actions")
    await campus.settle()
    message = next(one for one in campus.b.answers(user) if CANARY in json.dumps(one))
    async with theirs.services.database.read() as session:
        ids = {
            name: [*await session.scalars(text(f"select id from {name} limit 2"))]
            for name in ("recommendations", "customers", "csms", "digest_subscriptions")
        }
    recommendation, account, csm = (
        ids[name][0] for name in ("recommendations", "customers", "csms")
    )
    origin = Origin(recommendation, 1, message["channel"], message["ts"])
    verb = next(iter(TITLES))
    values = [recommendation, f"{verb}:{recommendation}", account, csm, "2"]
    return Stolen(
        user=user,
        channel=message["channel"],
        message=json.loads(json.dumps(message).replace(CANARY, "")),
        values=tuple(values + ids["digest_subscriptions"]),
        metadata=(
            origin.packed(),
            json.dumps({"key": f"feedback:{recommendation}"}),
            Plan("change", id=csm, was={"role": "csm"}, change={"role": "admin"}).packed(),
            Plan("hand_over", id=csm, to=csm, expected=1).packed(),
            Source(user, message["channel"], message["ts"]).packed,
            "",
        ),
    )


async def _through_listeners(heist: Heist, log: pytest.LogCaptureFixture) -> list[str]:
    """Send each listener what is stolen; each must make something of at least one payload."""
    slack = heist.campus.a
    await slack.say(heist.user, "help")  # so that the conversation is there
    forger, answers, lost = Forger(slack, heist.user, heist.stolen), [], []
    for kind, name in sorted(listened_to(), key=lambda one: one[1] in LAST):
        payloads = list(forger.payloads(kind, name))
        before = log.text.count(UNFORESEEN)
        for payload in payloads:
            answers.append(await _sent(heist, kind, payload))  # noqa: PERF401 - one after the other
        await heist.campus.settle()
        if log.text.count(UNFORESEEN) - before >= len(payloads):
            lost.append(name)
    assert set(lost) <= set(READ_ALL_THE_SAME), lost
    return answers


async def _sent(heist: Heist, kind: str, payload: Json) -> str:
    mail = heist.campus.a.mail
    try:
        if kind == "event":
            return (await mail.event(payload)).body
        if kind == "command":
            return (await mail.command(payload)).body
        return (await mail.interaction(payload)).body
    except NotAnswered as error:
        heist.refused += 1
        return str(error)


async def _through_jobs(heist: Heist) -> list[str]:
    """Run every job, with a digest of ours that is to go to their conversation."""
    database, now = heist.ours.services.database, heist.campus.clock()
    async with database.write() as session:
        channels = table(DigestSubscription)
        await session.execute(channels.update().values(channel=heist.stolen.channel))
    for job in jobs():
        await run_job(heist.ours, job)
    await heist.campus.settle()
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await heist.ours.poster.chat_postMessage(channel=heist.stolen.channel, text="hello")
    return [f"{job.name} at {now}" for job in jobs()]


async def _through_the_api(heist: Heist) -> list[str]:
    web = heist.campus.one.web
    for wrong in (new_secret(SECRET, A), new_secret(SECRET), new_secret("o" * 43, B)):
        answer = await ask(web, PATH, method="GET", headers=_bearer(wrong))
        assert answer.status == 401, answer
    schema = (await ask(web, "/openapi.json", method="GET")).json
    return [
        await _asked(heist, method.upper(), path, value)
        for path, operations in schema["paths"].items()
        for method in operations
        for value in heist.stolen.values
    ]


async def _asked(heist: Heist, method: str, path: str, value: str) -> str:
    filled = "/".join(value if part.startswith("{") else part for part in path.split("/"))
    answer = await ask(
        heist.campus.one.web,
        f"{filled}?customerId={value}&limit=5",
        method=method,
        body=b'{"outcome": "successful", "until": "2099-01-01", "reason": "not_relevant"}',
        headers=_bearer(new_secret("o" * 43, A)) | {"content-type": "application/json"},
    )
    return answer.body


async def _get(heist: Heist, path: str, secret: str) -> str:
    return (await ask(heist.campus.one.web, path, method="GET", headers=_bearer(secret))).body


def _bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


async def _everything(desk: Desk) -> dict[str, list[Any]]:
    """Return every row of a workspace, except when a token was used last."""
    found = {}
    async with desk.services.database.read() as session:
        for name, one in sorted(Base.metadata.tables.items()):
            columns = [column for column in one.c if column.name != "last_used_at"]
            rows = (await session.execute(select(*columns))).all()
            found[name] = sorted(map(repr, rows))
    return found
