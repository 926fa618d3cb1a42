"""From a recommendation to a message that can be sent: the modal, its menu and its links."""

from dataclasses import replace

import pytest

from storage.tables import Contact
from tests.scenarios.office import Office, actions, words
from tests.storage.book import row, save


@pytest.fixture
async def with_sarah(office: Office) -> Office:
    """Beta Inc's champion has an address, and what is recommended comes with templates."""
    sarah = {"name": "Sarah Lin", "email": "sarah@beta.example", "role": "champion"}
    await save(office.database, row(Contact, customer_id="beta", **sarah))
    for where in (office.assistant.offers, office.advisor.offers):
        where[0] = replace(where[0], resources=("champion_outreach_call",))
    return office


def _urls(view: dict[str, object]) -> dict[str, str]:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return {
        element["action_id"]: element["url"]
        for block in blocks
        for element in block.get("elements", [])
        if "url" in element
    }


async def test_the_button_opens_what_helps_filled_and_addressed(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask()

    await office.click(office.ana, message, "recommendation.draft")

    view = office.slack.open_view(office.ana)
    assert view is not None
    assert "Hi Sarah, I noticed" in words(view)
    assert set(_urls(view)) == {"link.google_calendar", "link.outlook_calendar"}


async def test_another_template_is_chosen_in_the_same_modal(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask()
    await office.click(office.ana, message, "recommendation.draft")
    view = office.slack.open_view(office.ana)
    assert view is not None
    menu = next(
        element
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "draft.choose"
    )
    email = next(
        o["value"] for o in menu["options"] if o["value"].startswith("champion_outreach_e")
    )

    await office.click(office.ana, view, "draft.choose", email)

    after = office.slack.open_view(office.ana)
    assert after is not None
    assert after["id"] == view["id"]
    assert "Hi Sarah,\n\nI noticed that you have been quieter" in words(after)
    assert "To: Sarah Lin (sarah@beta.example)" in words(after)
    assert "to=sarah%40beta.example" in _urls(after)["link.gmail"]
    assert "<mailto:sarah@beta.example?subject=Checking%20in&amp;body=" in words(after)


async def test_a_link_is_noticed_and_changes_nothing(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask()
    await office.click(office.ana, message, "recommendation.draft")
    view = office.slack.open_view(office.ana)
    assert view is not None

    await office.click(office.ana, view, "link.google_calendar")

    after = office.slack.open_view(office.ana)
    assert after is not None
    assert after["blocks"] == view["blocks"]


async def test_after_acceptance_the_draft_is_the_next_step(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask()

    await office.click(office.ana, message, "recommendation.accept")

    shown = office.now_shown(message)
    assert "Next step:" in words(shown)
    assert actions(shown)[0] == "recommendation.draft"


async def test_whoever_may_not_see_the_account_gets_no_draft(with_sarah: Office) -> None:
    office = with_sarah
    message = await office.ask(user=office.ben)
    await office.click(office.ben, message, "recommendation.draft")

    view = office.slack.open_view(office.ben)
    assert view is not None
    assert "Sarah" not in words(view)
    assert "Ana" in words(view)
