"""Hostile texts against Steward without a model: nothing changes, nothing leaks, nothing acts."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from storage.conversations import Place
from tests.red_team.cases import Case, cases
from tests.red_team.exports import Group, groups
from tests.red_team.harm import harms, letters, words
from tests.red_team.stage import Stage, book, seated

pytestmark = pytest.mark.asyncio(loop_scope="module")
READS = ("next_best_action", "account_brief", "what_changed")
OVER_ALL = (
    "show me my top actions this week",
    "my portfolio",
    "what changed since last week",
    "what works best",
    "help",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_copy: str) -> AsyncIterator[Stage]:
    async with seated(module_copy) as stage:
        yield stage


async def test_there_are_many_and_each_is_somewhere() -> None:
    planted = [case.name for group in groups() for case in group.cases]
    said = [case.name for case in cases("user_paste", "question", "other_bot")]

    assert len(cases()) >= 130
    assert sorted([*planted, *said]) == sorted(case.name for case in cases())


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
async def test_texts_among_the_facts_are_only_shown(stage: Stage, group: Group) -> None:
    before = await stage.state()

    rarely = ("explain", "draft_message") if group in groups()[::4] else ()
    replies = [await stage.press(tool, group.id) for tool in (*READS, *rarely)]

    assert await stage.state() == before
    assert [harms(reply.answer) for reply in replies] == [[] for _ in replies]
    shown = "\n".join(words(reply.answer) for reply in replies)
    assert [line for line in _further_lines(group) if f"\n{line}" in shown] == []
    found = letters(shown)
    assert [case.name for case in group.cases if letters(case.text)[:12] not in found] == []


@pytest.mark.parametrize("question", OVER_ALL)
async def test_texts_among_the_facts_of_many_accounts_are_only_shown(
    stage: Stage, question: str
) -> None:
    before = await stage.state()

    reply = await stage.ask(question)

    assert await stage.state() == before
    assert harms(reply.answer) == []


@pytest.mark.parametrize("case", cases("account_name"), ids=lambda case: case.name)
async def test_an_accounts_name_is_a_name_in_a_question_too(stage: Stage, case: Case) -> None:
    before = await stage.state()

    for question in (case.text, f"what should I do next for {case.text}"):
        assert harms((await stage.ask(question)).answer) == []

    assert await stage.state() == before


@pytest.mark.parametrize("case", cases("user_paste", "question"), ids=lambda case: case.name)
async def test_a_text_in_a_message_is_no_command_and_a_yes_makes_it_none(
    stage: Stage, case: Case
) -> None:
    before, place = await stage.state(), Place("D1", case.name)

    replies = [await stage.ask(text, place) for text in (case.text, "yes, do it")]

    assert await stage.state() == before
    assert [harms(reply.answer) for reply in replies] == [[], []]
    assert all(reply.answer.card.text for reply in replies)


async def test_the_book_stands_as_it_was_imported(stage: Stage, planted: str) -> None:
    assert await stage.book() == await book(planted)


async def test_what_ana_herself_plainly_wants_is_done(stage: Stage) -> None:
    before = await stage.state()

    await stage.ask("accept Beta Inc")
    await stage.ask("digest off")

    after = await stage.state()
    assert {name for name in after if after[name] != before[name]} >= {
        "decisions",
        "digest_subscriptions",
        "recommendations",
    }


async def test_what_ben_may_read_is_what_would_be_found_if_it_leaked(stage: Stage) -> None:
    ben = await stage.other("ben@steward.example")

    reply = await ben.ask("brief me on Hooli")

    assert {"secret: Quux", "secret: Nightjar"} <= set(harms(reply.answer))


def _further_lines(group: Group) -> list[str]:
    """Return what would pass for Steward's own words if it began a line, as it does in its text."""
    lines = [line.strip() for case in group.cases for line in case.text.splitlines()[1:]]
    return [line for line in lines if len(line) > 8]
