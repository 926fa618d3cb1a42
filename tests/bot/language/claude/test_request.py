"""Requests are built from the profile of the model, and Steward's own tools fit into them."""

import json
import subprocess
import sys

import pytest

from bot.language.claude.definitions import definitions
from bot.language.claude.profiles import PROFILES, profile_of
from bot.language.claude.prompts import prompt
from bot.language.claude.request import Voice, request
from bot.language.claude.told import Tokens
from bot.settings import Settings
from bot.tools.catalogue import tools
from tests.bot.language.claude.contract import Json, check_tools
from tests.bot.language.claude.model import TOOLS

MESSAGE = {"role": "user", "content": [{"type": "text", "text": "hello"}]}


def test_stewards_own_tools_keep_the_contract() -> None:
    check_tools(definitions(tools()))


@pytest.mark.parametrize("tool", definitions(tools()), ids=lambda tool: str(tool["name"]))
def test_a_tool_says_when_to_use_it_and_what_each_argument_is(tool: Json) -> None:
    properties = tool["input_schema"]["properties"]

    assert tool["description"]
    assert all(one["description"] for one in properties.values())
    assert '"title"' not in json.dumps(tool["input_schema"])


def test_a_change_is_described_as_something_that_only_buttons_make() -> None:
    (decide,) = [one for one in definitions(tools()) if one["name"] == "decide"]

    assert "the user sees a card and decides with its buttons" in decide["description"]


@pytest.mark.parametrize("role", ["chat", "analysis", "plan"])
def test_the_models_of_the_settings_are_known_with_their_prices(role: str) -> None:
    settings = Settings()
    model = getattr(settings, f"llm_model_{role}")

    assert profile_of(model) in PROFILES
    assert getattr(settings, f"llm_effort_{role}") in profile_of(model).efforts


def test_the_shared_beginning_is_long_enough_to_be_cached() -> None:
    voice = Voice("claude-haiku-5-5", profile_of("claude-haiku-5-5"), "low")

    made = request(voice, [MESSAGE], tools(), user="u", last=False)

    assert made["system"][-1]["cache_control"] == {"type": "ephemeral"}


def test_a_beginning_that_is_too_short_to_be_cached_is_not_marked() -> None:
    voice = Voice("claude-haiku-4-5", profile_of("claude-haiku-4-5"), "low")

    made = request(voice, [MESSAGE], TOOLS, user="u", last=False)

    assert "cache_control" not in made["system"][0]
    assert "output_config" not in made


def test_a_long_prompt_costs_more_where_its_maker_says_so() -> None:
    haiku = profile_of("claude-haiku-5-5")

    assert haiku.cost(Tokens(input=100_000)) == pytest.approx(0.01)
    assert haiku.cost(Tokens(input=1, cache_read=100_000)) == pytest.approx(0.0050005)


def test_an_unknown_model_is_taken_for_a_dear_one_that_accepts_little() -> None:
    unknown = profile_of("our-gateways-own")

    assert unknown.efforts == ()
    assert all(unknown.prices.input >= one.prices.input for one in PROFILES)


def test_the_prompt_has_nothing_in_it_that_changes() -> None:
    assert "$" not in prompt("system")
    assert "$problems" in prompt("repair")


def test_the_package_of_the_api_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys, bot.language.claude.claude, bot.doctor.claude;"
        "sys.exit('anthropic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
