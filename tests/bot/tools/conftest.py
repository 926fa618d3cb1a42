"""A small book with Ana, Ben and their manager, and an assistant to ask about it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest

from bot.advisor import Advisor
from bot.assistant import Assistant, Reply
from bot.briefs import Briefs
from bot.changes import Changes
from bot.drafting import Drafts
from bot.tool_parts import ToolParts
from bot.tools.tool import Asker
from core.rules import Rules
from storage.accounts import Accounts
from storage.contacts import Contacts
from storage.database import Database
from storage.digests import Digests
from storage.learning_resets import Resets
from storage.people import People
from storage.recommendations import Recommendations
from storage.results import PastResults
from storage.tables import Csm, Customer
from tests.bot.language.book import LANGUAGE
from tests.storage.book import NOW, begin, row, save

Ask = Callable[..., Awaitable[Reply]]
"""Ask as `who` (an id) at a moment, from a channel; each question with a key of its own."""


@pytest.fixture
async def parts(sqlite: Database) -> ToolParts:
    await begin(sqlite)
    await save(
        sqlite,
        row(Csm, id="mara", name="Mara Voss", email="mara@steward.example", role="manager"),
        row(Customer, id="acme", name="Acme Corp", csm_id="ana"),
        row(Customer, id="rockets", name="Acme Rockets", csm_id="ana"),
    )
    people, accounts = People(sqlite), Accounts(sqlite)
    recommendations = Recommendations(sqlite)
    advisor = Advisor(sqlite, recommendations, people, accounts, Rules.shipped())
    return ToolParts(
        people,
        accounts,
        advisor,
        recommendations,
        Digests(sqlite),
        PastResults(sqlite),
        "08:30",
        Drafts(sqlite, people, Contacts(sqlite), Rules.shipped()),
        Resets(sqlite),
        changes := Changes(sqlite, people, accounts),
        Briefs(sqlite, changes, advisor),
    )


@pytest.fixture
def assistant(parts: ToolParts) -> Assistant:
    return Assistant(LANGUAGE, parts)


@pytest.fixture
async def asker(parts: ToolParts) -> Callable[..., Awaitable[Asker]]:
    keys = count()

    async def asking(
        who: str = "ana",
        *,
        now: datetime = NOW,
        channel: str | None = "D1",
        key: str = "",
        slack: str | None = "U1",
    ) -> Asker:
        csm = replace(await parts.people.get(who), timezone="Europe/Berlin")
        return Asker(csm, now, key or f"key{next(keys)}", channel=channel, slack_user_id=slack)

    return asking


@pytest.fixture
def ask(assistant: Assistant, asker: Callable[..., Awaitable[Asker]]) -> Ask:
    async def asked(text: str, who: str = "ana", **where: object) -> Reply:
        return await assistant.answer(text, await asker(who, **where))

    return asked
