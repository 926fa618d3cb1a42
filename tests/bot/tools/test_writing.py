"""“Use this as an example of how I write: …” keeps an example, and only when said as a whole."""

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant import Reply
from bot.tool_parts import ToolParts

Ask = Callable[..., Awaitable[Reply]]

MAIL = "Hey Tom,\n\nI'm glad that we're on track, I'll send you the deck {n}.\n\nCheers,\nAna"
PLAIN = MAIL.format(n="today")


@pytest.mark.parametrize(
    "begins",
    [
        "use this as an example of how I write: ",
        "Here is how I write:\n\n",
        "here's how I usually write my e-mails - ",
        "Please keep the following as a sample of my writing style:\n",
        "ok, this is an example of my tone: ",
        "learn how I write from this message: ",
        "hey Steward, take this mail as an example for my style:\n",
        "here is another example of how I write: ",
        "this is how I sound: ",
        "write like this: ",
    ],
)
async def test_an_example_is_kept_and_what_was_read_from_it_is_told(
    ask: Ask, parts: ToolParts, begins: str
) -> None:
    reply = await ask(begins + PLAIN)

    assert await parts.drafts.samples.of("ana") == (PLAIN,)
    said = reply.answer.card.text
    assert "1 of 5" in said
    assert "greeting “Hey Sarah,”, closing “Cheers,”, signed with your first name" in said
    assert "To remove an example, press My Writing" in said
    assert "writing.open" in str(reply.answer.card.blocks)


async def test_of_six_examples_the_oldest_goes_and_is_named(ask: Ask, parts: ToolParts) -> None:
    for n in range(6):
        reply = await ask("here is how I write: " + MAIL.format(n=n))

    kept = await parts.drafts.samples.of("ana")
    assert kept == tuple(MAIL.format(n=n) for n in range(1, 6))
    said = reply.answer.card.text
    assert "I keep five, so your oldest went: “Hey Tom, I'm glad that we're on track" in said


async def test_the_same_example_twice_is_one(ask: Ask, parts: ToolParts) -> None:
    await ask("here is how I write: " + PLAIN)
    await ask("here is how I write: " + PLAIN)

    assert await parts.drafts.samples.of("ana") == (PLAIN,)


@pytest.mark.parametrize(
    ("example", "says"),
    [("Cheers, Ana", "too short to learn from"), ("word " * 900, "3,000 characters")],
)
async def test_an_example_that_shows_nothing_or_too_much_is_refused(
    ask: Ask, parts: ToolParts, example: str, says: str
) -> None:
    reply = await ask("use this as an example of how I write: " + example)

    assert says in reply.answer.card.text
    assert await parts.drafts.samples.of("ana") == ()


@pytest.mark.parametrize(
    "text",
    [
        f"don't use this as an example of how I write: {PLAIN}",
        f"> use this as an example of how I write: {PLAIN}",
        f"Tom wrote: here is how I write: {PLAIN}",
        f"is this how I write? {PLAIN}",
        f"Hi team,\nplease note. Use this as an example of how I write: {PLAIN}",
        "how do I write?",
        "use this as an example of how I write",
    ],
)
async def test_only_a_whole_plain_command_keeps_an_example(
    ask: Ask, parts: ToolParts, text: str
) -> None:
    await ask(text)

    assert await parts.drafts.samples.of("ana") == ()


async def test_whoever_asks_is_told_what_is_kept(ask: Ask) -> None:
    before = (await ask("show my writing examples")).answer.card.text
    await ask("here is how I write: " + PLAIN)
    after = (await ask("show my writing examples")).answer.card.text

    assert "use this as an example of how I write: …" in before
    assert "greeting “Hey Sarah,”" in after
