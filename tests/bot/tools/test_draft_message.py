"""Texts for an account: which one, filled with what, addressed to whom."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.assistant import Reply
from storage.database import Database
from storage.tables import Activity, Contact
from tests.storage.book import NOW, day, days_ago, row, save

Ask = Callable[..., Awaitable[Reply]]


@pytest.fixture
async def sarah(sqlite: Database, ask: Ask) -> None:
    """Beta's champion has been silent for weeks, and her address is known."""
    del ask
    person = row(
        Contact,
        id="sarah",
        customer_id="beta",
        name="Sarah Lin",
        email="sarah@beta.example",
        role="champion",
        joined_on=day(300),
    )
    seen = row(
        Activity, customer_id="beta", contact_id="sarah", kind="login", occurred_at=days_ago(20)
    )
    fresh = row(Activity, customer_id="alpha", kind="login", occurred_at=NOW - timedelta(hours=3))
    await save(sqlite, person, seen, fresh)


def _links(reply: Reply) -> dict[str, dict[str, str]]:
    """Return the fields of each link's address."""
    found = [one for block in reply.answer.card.blocks for one in block.get("elements", [])]
    return {
        one["action_id"]: {k: v[0] for k, v in parse_qs(urlsplit(one["url"]).query).items()}
        for one in found
        if "url" in one
    }


@pytest.mark.usefixtures("sarah")
async def test_an_email_is_addressed_filled_and_signed(ask: Ask) -> None:
    reply = await ask("draft an email to Beta Inc")

    assert reply.tools[0].arguments == {"account": "Beta Inc", "kind": "email"}
    gmail = _links(reply)["link.gmail"]
    assert gmail["to"] == "sarah@beta.example"
    assert gmail["body"].startswith("Hi Sarah,")
    assert gmail["body"].endswith("Ana Souza")
    assert "To: Sarah Lin (sarah@beta.example)" in reply.answer.card.text
    assert "It helps with “" in reply.answer.card.text


@pytest.mark.usefixtures("sarah")
async def test_the_script_of_a_call_invites_nobody(ask: Ask) -> None:
    reply = await ask("call script for Beta Inc pls")

    google = _links(reply)["link.google_calendar"]
    assert "add" not in google
    assert "Ask:" in google["details"]
    assert google["dates"].startswith("20260304T090000Z/")  # ten in the morning in Berlin


@pytest.mark.usefixtures("sarah")
async def test_an_agenda_invites_the_champion(ask: Ask) -> None:
    reply = await ask("agenda for Beta Inc")

    assert _links(reply)["link.google_calendar"]["add"] == "sarah@beta.example"


async def test_an_account_that_needs_nothing_gets_a_general_text(ask: Ask) -> None:
    reply = await ask("write an email to Acme Rockets")

    assert "Hello,\n\nIt has been a while since we last spoke" in reply.answer.card.text
    assert "It helps with" not in reply.answer.card.text
    assert "to" not in _links(reply)["link.gmail"]


@pytest.mark.usefixtures("sarah")
async def test_a_fact_that_was_called_wrong_is_not_in_a_text(ask: Ask) -> None:
    before = await ask("call script for Beta Inc")
    await ask("dismiss Beta Inc, the data is wrong")

    after = await ask("call script for Beta Inc")

    assert "20 days" in before.answer.card.text
    assert "20 days" not in after.answer.card.text


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("write Beta Inc an e-mail about the renewal", "What should next year look like?"),
        ("draft a value update email to Beta Inc", "What your team has reached"),
        ("agenda for the QBR with Beta Inc", "Preparing the QBR with Beta Inc"),
    ],
)
@pytest.mark.usefixtures("sarah")
async def test_a_text_is_about_what_was_asked_for(ask: Ask, asked: str, subject: str) -> None:
    reply = await ask(asked)

    assert f"Subject: {subject}" in reply.answer.card.text
    assert "It helps with" not in reply.answer.card.text


async def test_another_persons_account_gets_no_text(ask: Ask) -> None:
    reply = await ask("draft an email to Gamma Ltd")

    assert not _links(reply)
    assert "Ben Carter" in reply.answer.card.text
