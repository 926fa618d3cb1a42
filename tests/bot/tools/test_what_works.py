"""How the card about what works names its period and whose actions it shows."""

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant import Reply

Ask = Callable[..., Awaitable[Reply]]


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("what works", "What works: your actions, last 30 days"),
        ("what works this quarter", "What works: your actions, since 1 Jan 2026"),
        ("what works for me in the last 90 days", "What works: your actions, last 90 days"),
        ("what worked last year", "What works: your actions, 1 Jan 2025 to 31 Dec 2025"),
    ],
)
async def test_a_period_is_named_as_people_name_it(ask: Ask, asked: str, heading: str) -> None:
    reply = await ask(asked)

    assert reply.answer.card.text.startswith(heading)


async def test_who_has_no_team_is_told_so_when_asking_for_it(ask: Ask) -> None:
    reply = await ask("what works for the team")

    assert "your actions (nobody reports to you here)" in reply.answer.card.text
