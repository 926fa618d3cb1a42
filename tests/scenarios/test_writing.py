"""My Writing: from a message or over a draft, kept for one person, and never sent anywhere."""

from typing import Any

import pytest

from bot.answers import Answer
from bot.cards.help import help_card
from storage.tables import Contact
from storage.writing import Samples
from tests.scenarios.office import Office, actions, words
from tests.scenarios.person import seated
from tests.storage.book import row, save

EXAMPLE = "Hey Tom,\n\nI'm glad that we're on track, I'll send you the deck.\n\nCheers,\nAna"


@pytest.fixture
async def with_sarah(office: Office) -> Office:
    """Beta Inc's champion can be written to."""
    sarah = {"name": "Sarah Lin", "email": "sarah@beta.example", "role": "champion"}
    await save(office.database, row(Contact, customer_id="beta", **sarah))
    return office


async def _draft(office: Office, message: dict[str, Any]) -> dict[str, Any]:
    """Open the draft of an e-mail."""
    await office.click(office.ana, message, "recommendation.draft")
    view = office.slack.open_view(office.ana)
    assert view is not None
    menu = next(
        element
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element["action_id"] == "draft.choose"
    )
    email = next(one["value"] for one in menu["options"] if "email" in one["value"])
    await office.click(office.ana, view, "draft.choose", email)
    drawn = office.slack.open_view(office.ana)
    assert drawn is not None
    return drawn


async def test_examples_given_over_a_draft_change_it_at_once(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask()
    view = await _draft(office, message)
    assert "Best regards,\nAna Souza" in words(view)

    await office.click(office.ana, view, "writing.open")
    form = office.slack.open_view(office.ana)
    assert form is not None
    assert form["previous_view_id"] == view["id"]
    assert await office.submit(office.ana, sample_1=EXAMPLE) == {}
    said = office.slack.open_view(office.ana)
    assert said is not None
    assert "Your examples are kept. The draft below is in your words" in words(said)

    await office.slack.close(office.ana, said)
    below = office.slack.open_view(office.ana)
    assert below is not None
    assert below["id"] == view["id"]
    after = words(below)
    assert "Hey Sarah,\n\n" in after
    assert "Cheers,\nAna" in after
    assert "In your tone, from 1 example of how you write." in after
    assert after == words(await _draft(office, message))
    assert await Samples(office.database).of("ben") == ()


async def test_the_form_says_what_it_sees_and_what_it_cannot_use(office: Office) -> None:
    await Samples(office.database).keep("ana", [EXAMPLE], now=office.clock())
    office.assistant.says = Answer(help_card())
    message = await office.ask("help")
    assert "writing.open" in actions(message)

    await office.click(office.ana, message, "writing.open")
    form = office.slack.open_view(office.ana)
    assert form is not None
    assert "greeting “Hey Sarah,”, closing “Cheers,”" in words(form)
    wrong = await office.submit(office.ana, sample_1="Too short")

    assert wrong == {"sample_1": "That is too short to learn from. Paste a whole message."}
    assert await Samples(office.database).of("ana") == (EXAMPLE,)


async def test_a_message_that_holds_an_example_keeps_its_lines(demo: str) -> None:
    async with seated(demo, "Ana") as ana:
        kept = await ana.ask(f"Use this as an example of how I write:\n{EXAMPLE}")
        draft = await ana.ask("draft an email to Beta Inc")

    assert "closing “Cheers,”" in kept["text"]
    assert "writing.open" in actions(kept)
    assert "Hey Sarah,\n\n" in draft["text"]
