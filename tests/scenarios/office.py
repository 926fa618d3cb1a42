"""An office: Slack with people in it, Steward's app over a small book, and answers to order."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.advice import Top
from bot.answers import Answer
from bot.app import StewardApp, slack_app
from bot.cards.recommendation import card
from bot.cards.top import top_card
from bot.changes import Changes
from bot.drafting import Drafts
from bot.metrics import Metrics
from bot.playground.slack import AsgiDelivery, LocalSlack
from bot.services import Services
from bot.tools.tool import Asker, ToolCall
from core.errors import StewardError
from core.recommendations import AccountId, CsmId, Recommendation, RecommendationId
from core.rules import Rules
from storage.accounts import Accounts
from storage.contacts import Contacts
from storage.conversations import Turn
from storage.database import Database
from storage.digests import Digests
from storage.inbox import Inbox
from storage.learning_resets import Resets
from storage.outbox import Outbox
from storage.people import People
from storage.recommendations import Recommendations
from storage.results import PastResults
from storage.tables import Csm
from tests.bot.playground.clock import Clock
from tests.core.builders import beta
from tests.storage.book import begin, row, save

Json = dict[str, Any]


@dataclass(slots=True)
class Advisor:
    """Stands for the advisor: offers what it is told to."""

    recommendations: Recommendations
    offers: list[Recommendation] = field(default_factory=list)
    refuses: StewardError | None = None
    accounts: int = 3

    async def top(self, asker: Asker, *, store: bool = True, **_: object) -> Top:
        if self.refuses is not None:
            raise self.refuses
        found: Sequence[Recommendation] = self.offers
        if store:
            found = await self.recommendations.offer(self.offers, now=asker.now)
        return Top(
            recommendations=tuple(found),
            underway=await self.recommendations.underway(None),
            total=len(found),
            accounts=self.accounts,
            owner_name=asker.csm.name,
            missing=(),
        )

    async def keep(
        self, found: Sequence[Recommendation], asker: Asker
    ) -> tuple[Recommendation, ...]:
        return await self.recommendations.offer(found, now=asker.now)


@dataclass(slots=True)
class Assistant:
    """Stands for the assistant: `beta` is a card, `list` several, anything else is refused."""

    recommendations: Recommendations
    offers: list[Recommendation]
    asked: list[tuple[str, Asker]] = field(default_factory=list)
    picked: list[tuple[str, str]] = field(default_factory=list)
    refuses: Exception | None = None
    tools: tuple[ToolCall, ...] = ()
    says: Answer | None = None

    async def answer(
        self, question: str, asker: Asker, *_: object, **__: object
    ) -> SimpleNamespace:
        self.asked.append((question, asker))
        if self.refuses is not None:
            raise self.refuses
        if self.says is not None:
            return SimpleNamespace(answer=self.says, tools=self.tools, turn=_turn(question, asker))
        found = await self.recommendations.offer(self.offers, now=asker.now)
        made = _list(found, asker) if "list" in question else _card(found[0], asker)
        return SimpleNamespace(answer=made, tools=self.tools, turn=_turn(question, asker))

    async def pick(
        self, name: str, account_id: str, asker: Asker, *_: object, **__: object
    ) -> SimpleNamespace:
        self.picked.append((name, account_id))
        found = await self.recommendations.offer(self.offers, now=asker.now)
        return SimpleNamespace(answer=_card(found[0], asker), tools=self.tools, turn=None)

    async def went(self, key: str, **_: str) -> None:
        """Take that an answer was given elsewhere than where it was asked for."""


def _turn(question: str, asker: Asker) -> Turn:
    return Turn(asker.request_key, asker.now, question)


def _card(one: Recommendation, asker: Asker) -> Answer:
    return Answer(card(one, today=asker.today, now=asker.now), shows=(one.id,), surface="card")


def _list(found: Sequence[Recommendation], asker: Asker) -> Answer:
    heading = "Your top actions"
    shown = top_card(
        found,
        heading=heading,
        today=asker.today,
        now=asker.now,
        total=9,
        missing=("No support data.",),
    )
    return Answer(shown, shows=tuple(one.id for one in found), surface="list", heading=heading)


@dataclass(slots=True)
class Office:
    """Everything a scenario touches; Ana and Ben are CSMs, Gus is a guest, Zoe a stranger."""

    slack: LocalSlack
    app: StewardApp
    database: Database
    clock: Clock
    advisor: Advisor
    assistant: Assistant
    ana: str
    ben: str
    gus: str
    zoe: str
    channel: str

    @property
    def services(self) -> Services:
        return self.app.desk.services

    async def ask(self, text: str = "beta", user: str = "") -> Json:
        """Write to Steward and return its answer once all is quiet."""
        await self.slack.say(user or self.ana, text)
        await self.app.settle()
        return self.slack.answers(user or self.ana)[-1]

    async def click(self, user: str, on: Json, action: str, value: Any = None) -> None:
        await self.slack.click(user, on, action, value)
        await self.app.settle()

    async def submit(self, user: str, **values: Any) -> dict[str, str]:
        view = self.slack.open_view(user)
        assert view is not None
        wrong = await self.slack.submit(user, view, values)
        await self.app.settle()
        return wrong

    def now_shown(self, message: Json) -> Json:
        """Return a message as it is now."""
        held = self.slack.messages(message["channel"])
        return next(one for one in held if one["ts"] == message["ts"])

    def whispers(self, user: str) -> list[str]:
        """Return what only this person was told, oldest first."""
        return [one["text"] for one in self.slack.ephemerals(user)]


@asynccontextmanager
async def open_office(database: Database) -> AsyncIterator[Office]:
    await begin(database)
    await save(database, row(Csm, id="mara", name="Mara Manager", email="mara@x", role="manager"))
    clock = Clock()
    async with LocalSlack().serving() as slack:
        recommendations = Recommendations(database)
        offers = [beta_for("beta", "Beta Inc"), beta_for("alpha", "Alpha Corp")]
        advisor = Advisor(recommendations, list(offers))
        assistant = Assistant(recommendations, list(offers))
        services = _services(database, recommendations, advisor, assistant, clock)
        client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
        app = slack_app(services, client=client, signing_secret=slack.signing_secret)
        slack.deliver_to(AsgiDelivery(AsyncSlackRequestHandler(app)))
        people = {
            "ana": slack.add_user("Ana Souza", email="Ana@steward.example", tz="Europe/Berlin"),
            "ben": slack.add_user("Ben Carter", email="ben@steward.example", tz="America/New_York"),
            "gus": slack.add_user("Gus Guest", email="ana@steward.example.com", is_restricted=True),
            "zoe": slack.add_user("Zoe New", email="zoe@steward.example"),
        }
        channel = slack.add_channel("customer-success", list(people.values()))
        yield Office(
            slack=slack,
            app=app,
            database=database,
            clock=clock,
            advisor=advisor,
            assistant=assistant,
            channel=channel,
            **people,
        )
        await app.settle()


def beta_for(account: str, name: str, *, owner: str = "ana") -> Recommendation:
    """The seed's recommendation for Beta Inc, for any account of the book."""
    made = beta()
    return replace(
        made,
        id=RecommendationId(""),
        account=replace(made.account, id=AccountId(account), name=name),
        owner=CsmId(owner),
        headline=made.headline.replace("Beta Inc", name),
    )


def _services(
    database: Database,
    recommendations: Recommendations,
    advisor: Advisor,
    assistant: Assistant,
    clock: Callable[[], datetime],
) -> Services:
    return cast(
        "Services",
        SimpleNamespace(
            settings=SimpleNamespace(
                digest_time="08:30", questions_a_minute=10_000, clicks_a_minute=10_000
            ),
            rules=Rules.shipped(),
            database=database,
            people=People(database),
            accounts=Accounts(database),
            recommendations=recommendations,
            advisor=advisor,
            digests=Digests(database),
            results=PastResults(database),
            resets=Resets(database),
            changes=Changes(database, People(database), Accounts(database)),
            drafts=Drafts(database, People(database), Contacts(database), Rules.shipped()),
            inbox=Inbox(database),
            outbox=Outbox(database),
            assistant=assistant,
            clock=clock,
            metrics=Metrics(clock),
        ),
    )


def words(message: Json) -> str:
    """Return all the text that a message or view shows, blocks included."""
    return "\n".join(_words(message.get("blocks", [])))


def actions(message: Json) -> list[str]:
    """Return the action ids that a message or view offers."""
    return [
        element["action_id"]
        for block in message["blocks"]
        for element in block.get("elements", [])
        if "action_id" in element
    ]


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [word for one in value for word in _words(one)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [
        word for key, one in value.items() if key != "text" or not own for word in _words(one)
    ]


def day_after(clock: Clock, days: int) -> date:
    """The local date so many days from the clock's today, as Ana sees it."""
    return (clock().astimezone(ZoneInfo("Europe/Berlin")) + timedelta(days=days)).date()
