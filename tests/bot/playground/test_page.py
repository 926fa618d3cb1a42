"""The page in a real browser: by mouse and by keyboard, on a laptop and on a phone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from starlette.responses import PlainTextResponse

from bot.playground.slack import LocalSlack
from tests.bot.playground.browsing import (
    CHROMIUM,
    LAPTOP,
    PHONE,
    QUIET,
    needs_chromium,
    playwright,
)
from tests.bot.playground.running import running

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]

INSIDE = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
APPROACH = "Call Sarah Chen today and agree what has to happen before the renewal."
QUESTION = "What should I do next for Beta Inc?"

from playwright.async_api import Browser, Locator, Page, expect  # noqa: E402 - only where it is installed


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with playwright.async_playwright() as driver:
        launched = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="module")
async def playground() -> AsyncIterator[LocalSlack]:
    async with running(None) as slack:
        yield slack


@pytest_asyncio.fixture(loop_scope="module")
async def broken_playground() -> AsyncIterator[LocalSlack]:
    async with running(PlainTextResponse("broken", 500)) as slack:
        yield slack


@pytest_asyncio.fixture(loop_scope="module", params=[LAPTOP, PHONE], ids=["laptop", "phone"])
async def page(
    browser: Browser, playground: LocalSlack, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    """The page as Ana sees it; the test fails if the browser reports any error."""
    opened = await browser.new_page(viewport=request.param, locale="en-GB", timezone_id="UTC")
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    await opened.goto(playground.hooks_at)
    await expect(opened.get_by_role("textbox", name="Message Steward")).to_be_focused()
    yield opened
    await opened.close()
    assert errors == []


async def ask(page: Page, question: str = QUESTION) -> None:
    await page.get_by_role("textbox", name="Message Steward").fill(question)
    await page.keyboard.press("Enter")


async def test_a_question_is_answered_with_a_card_in_its_thread(page: Page) -> None:
    await ask(page)

    thread = page.get_by_role("region", name="Thread")
    await expect(thread.get_by_text("Check-in call with Beta Inc", exact=True)).to_be_visible()
    await expect(thread.get_by_text(APPROACH, exact=True)).to_be_visible()
    await expect(thread.get_by_text(QUESTION)).to_be_visible()
    await expect(thread.get_by_text("App", exact=True)).to_be_visible()
    await expect(thread.get_by_role("link", name="CRM note, Tue 14")).to_have_attribute(
        "href", "https://example.com/crm/beta"
    )


async def test_dates_are_shown_in_the_browsers_own_zone(
    browser: Browser, playground: LocalSlack
) -> None:
    page = await browser.new_page(timezone_id="America/New_York")
    await page.goto(playground.hooks_at)

    await ask(page)

    await expect(page.get_by_text("Aug 31, 2026")).to_be_visible()


async def test_accepting_by_mouse_replaces_the_buttons(page: Page) -> None:
    await ask(page)

    await page.get_by_role("button", name="Accept").click()

    await expect(page.get_by_text("Accepted by", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Accept")).to_have_count(0)


async def test_deferring_by_mouse_with_a_field_error_on_the_way(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="Defer").click()
    form = page.get_by_role("dialog", name="Defer check-in call")
    until = form.get_by_label("Until")
    save = form.get_by_role("button", name="Defer", exact=True)
    await form.get_by_label("Why").fill("They are on holiday")

    await save.click()
    await expect(until).to_have_accessible_description("Please complete this required field.")
    await expect(until).to_be_focused()
    await until.fill("2020-01-01")
    await save.click()
    await expect(until).to_have_accessible_description("Choose a day in the future.")
    await expect(form.get_by_label("Why")).to_have_value("They are on holiday")
    await until.fill("2026-12-01")
    await save.click()

    await expect(form).to_have_count(0)
    await expect(page.get_by_text("until 2026-12-01").first).to_be_visible()
    await expect(page.get_by_role("button", name="Defer")).to_have_count(0)


async def test_deferring_by_keyboard_alone(page: Page) -> None:
    await ask(page)
    await expect(page.get_by_role("button", name="Defer")).to_be_visible()

    await press_until_focused(page, "Shift+Tab", page.get_by_role("button", name="Defer"))
    await page.keyboard.press("Enter")
    until = page.get_by_role("dialog").get_by_label("Until")
    await expect(until).to_be_focused()
    await page.keyboard.type("12122026")
    await press_until_focused(page, "Tab", page.get_by_role("dialog").get_by_label("Why"))
    await page.keyboard.type("holiday")
    save = page.get_by_role("dialog").get_by_role("button", name="Defer", exact=True)
    await press_until_focused(page, "Tab", save)
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("until 2026-12-12").first).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message Steward")).to_be_focused()


async def test_escape_closes_a_modal_and_gives_the_focus_back(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="Defer").click()
    await expect(page.get_by_role("dialog")).to_be_visible()

    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Defer")).to_be_focused()


async def test_the_focus_stays_inside_an_open_modal(page: Page) -> None:
    await ask(page)
    await page.get_by_role("button", name="Defer").click()
    await expect(page.get_by_role("dialog")).to_be_visible()

    for _ in range(20):
        await page.keyboard.press("Tab")
        assert await page.evaluate(INSIDE)


async def test_a_menu_is_steered_by_arrow_keys(page: Page) -> None:
    await ask(page)
    more = page.get_by_role("button", name="More actions")
    await more.focus()

    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Explain the score")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("More: account").first).to_be_visible()


async def test_a_dangerous_button_asks_first(page: Page) -> None:
    await ask(page)

    await page.get_by_role("button", name="Dismiss").click()
    question = page.get_by_role("dialog", name="Dismiss this?")
    await question.get_by_role("button", name="Keep").click()
    await expect(page.get_by_text("Dismissed by", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Dismiss").click()
    await question.get_by_role("button", name="Dismiss").click()

    await expect(page.get_by_text("Dismissed by", exact=True)).to_be_visible()


async def test_the_status_shows_while_the_app_thinks(page: Page, playground: LocalSlack) -> None:
    await ask(page, "Please think")

    await expect(page.get_by_text("Steward is reading the facts…")).to_be_visible()


async def test_a_message_for_one_person_says_so(page: Page) -> None:
    await ask(page, "Tell me a secret")

    await expect(page.get_by_text("Only visible to you")).to_be_visible()


async def test_a_suggestion_is_asked_by_one_click_and_stays_at_hand(page: Page) -> None:
    await page.get_by_role("button", name="Show me my top actions this week").click()

    await expect(page.get_by_role("region", name="Thread")).to_be_visible()
    await expect(page.get_by_role("group", name="Try one of these")).to_be_visible()


async def test_the_home_tab_is_filled_and_opens_a_modal(page: Page) -> None:
    await page.get_by_role("tab", name="Home").click()

    await page.get_by_role("button", name="Open").click()

    await expect(page.get_by_role("cell", name="Check-in call")).to_be_visible()
    await expect(page.get_by_role("dialog", name="Defer check-in call")).to_be_visible()


async def test_acting_as_somebody_else_shows_their_own_conversation(page: Page) -> None:
    await ask(page)
    await expect(page.get_by_role("button", name="Accept")).to_be_visible()

    if await page.get_by_role("button", name="Conversations").is_visible():
        await page.get_by_role("button", name="Conversations").click()
    await page.get_by_label("Act as").select_option("Ben Okafor")

    await expect(page.get_by_text(QUESTION, exact=True)).to_have_count(1)
    await expect(page.get_by_role("button", name=QUESTION)).to_be_visible()


async def test_the_app_is_named_in_a_channel(page: Page) -> None:
    if await page.get_by_role("button", name="Conversations").is_visible():
        await page.get_by_role("button", name="Conversations").click()
    await page.get_by_role("button", name="customer-success").click()
    await expect(page.get_by_role("textbox")).to_have_value("@Steward ")

    await page.get_by_role("textbox").press_sequentially("and Beta?")
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("You called?").first).to_be_visible()


async def test_a_message_elsewhere_is_announced_in_the_rail(
    page: Page, playground: LocalSlack
) -> None:
    (channel,) = [c.id for c in playground.backend.workspace.channels.values() if not c.is_im]

    await playground.mention(playground.people[1], channel, "and Beta?")

    if await page.get_by_role("button", name="Conversations").is_visible():
        await page.get_by_role("button", name="Conversations").click()
    await page.get_by_role("button", name="customer-success new").click()
    await expect(page.get_by_text("You called?").first).to_be_visible()
    await expect(page.get_by_text("new", exact=True)).to_have_count(0)


async def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    await ask(page)
    await expect(page.get_by_role("button", name="Accept")).to_be_visible()

    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(overflow) == 0


async def test_an_app_that_does_not_answer_is_said_on_the_page(
    browser: Browser, broken_playground: LocalSlack
) -> None:
    page = await browser.new_page()
    await page.goto(broken_playground.hooks_at)

    await ask(page)

    await expect(page.get_by_role("alert")).to_contain_text("Steward did not answer.")
    await expect(page.get_by_text(QUESTION)).to_be_visible()


async def press_until_focused(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until the wanted element has the focus; fail after a round of the page."""
    for _ in range(40):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press(key)
    pytest.fail(f"{key} never reached {wanted}")
