"""Every tool keeps what a tool promises."""

import jsonschema
import pytest

from bot.tools.catalogue import tools
from bot.tools.tool import Tool

TOOLS = tools()
every_tool = pytest.mark.parametrize("tool", TOOLS, ids=[one.name for one in TOOLS])


def test_no_two_tools_share_a_name() -> None:
    assert len({one.name for one in TOOLS}) == len(TOOLS)


@every_tool
def test_a_tool_is_the_only_one_of_its_file_and_bears_its_name(tool: type[Tool]) -> None:
    assert tool.__module__ == f"bot.tools.{tool.name}"


@every_tool
def test_a_tool_says_when_to_use_it(tool: type[Tool]) -> None:
    assert (tool.__doc__ or "").startswith("Use when")


@every_tool
def test_a_tool_describes_its_arguments_in_a_valid_schema(tool: type[Tool]) -> None:
    schema = tool.model_json_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    for name, argument in schema["properties"].items():
        assert argument.get("description"), f"{name} has no description"


@every_tool
def test_a_tool_has_examples_that_differ(tool: type[Tool]) -> None:
    lowered = [example.casefold() for example in tool.examples]

    assert len(tool.examples) >= 10
    assert len(set(lowered)) == len(lowered)


def test_no_phrase_is_an_example_of_two_tools() -> None:
    owners: dict[str, set[str]] = {}
    for tool in TOOLS:
        for example in tool.examples:
            owners.setdefault(example.casefold(), set()).add(tool.name)

    assert {phrase: names for phrase, names in owners.items() if len(names) > 1} == {}
