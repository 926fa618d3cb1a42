"""Help shows what to type, by example, about the accounts of whoever asks."""

from collections.abc import Awaitable, Callable

from bot.assistant import Reply
from storage.database import Database
from storage.tables import Csm
from tests.storage.book import row, save

Ask = Callable[..., Awaitable[Reply]]


async def test_the_examples_name_the_readers_own_accounts(ask: Ask) -> None:
    mine = (await ask("help")).answer.card.text
    bens = (await ask("help", "ben")).answer.card.text

    assert "What should I do next for Alpha Corp?" in mine
    assert "Snooze Beta Inc until Friday" in mine
    assert "Snooze Gamma Ltd until Friday" in bens
    assert "Beta Inc" not in bens


async def test_somebody_without_accounts_is_told_so_before_the_examples(
    ask: Ask, sqlite: Database
) -> None:
    await save(sqlite, row(Csm, id="nina", name="Nina New", email="nina@steward.example"))

    assert (await ask("help", "nina")).answer.card.text.startswith("You own no accounts")
    assert "You own no accounts" not in (await ask("help")).answer.card.text


async def test_somebody_without_accounts_is_not_asked_which_one_they_mean(
    ask: Ask, sqlite: Database
) -> None:
    await save(sqlite, row(Csm, id="nina", name="Nina New", email="nina@steward.example"))

    said = (await ask("what should I do next?", "nina")).answer

    assert "no accounts" in said.card.text
    assert not said.asks


async def test_what_help_suggests_is_understood(ask: Ask) -> None:
    text = (await ask("help")).answer.card.text
    examples = [line.split("“")[1].rstrip("”") for line in text.splitlines() if ": “" in line][:9]

    tools = [(await ask(example)).tools[0].name for example in examples]

    assert tools == [
        "next_best_action",
        "top_actions",
        "explain",
        "account_brief",
        "what_changed",
        "draft_message",
        "decide",
        "what_works",
        "digest_settings",
    ]
