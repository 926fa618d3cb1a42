"""What every tool must bring: a name, when to use it, and examples to learn from."""

import re

import pytest

from bot.language.offline.phrasebook import phrases
from bot.tools.catalogue import tools
from bot.tools.tool import Tool

HOLES = {"{account}", "{date}", "{person}", "{time}", "{channel}", "{reason}", "{outcome}"}


@pytest.mark.parametrize("tool", tools(), ids=lambda tool: tool.name)
def test_a_tool_says_when_to_use_it_and_what_its_arguments_are(tool: type[Tool]) -> None:
    assert re.fullmatch(r"[a-z_]+", tool.name)
    assert (tool.__doc__ or "").startswith("Use ")
    assert all(field.description for field in tool.model_fields.values())
    account = tool.model_fields.get("account")
    assert tool.needs_account == (account is not None and account.is_required())


@pytest.mark.parametrize("tool", tools(), ids=lambda tool: tool.name)
def test_a_tool_has_a_few_examples_with_known_holes_and_many_phrases(tool: type[Tool]) -> None:
    taught = [phrase.text for phrase in phrases() if phrase.label == tool.name]

    assert len(set(tool.examples)) == len(tool.examples) >= 4
    assert len(set(taught)) == len(taught) >= (100 if tool.taught else 0)
    holes = {hole for text in (*tool.examples, *taught) for hole in re.findall(r"\{.*?\}", text)}
    assert holes <= HOLES
    assert not tool.needs_account or all("{account}" in text for text in tool.examples)


def test_no_example_belongs_to_two_tools() -> None:
    examples = [text.lower() for tool in tools() for text in tool.examples]

    assert len(set(examples)) == len(examples)


def test_names_are_unique() -> None:
    assert len({tool.name for tool in tools()}) == len(tools()) >= 6
