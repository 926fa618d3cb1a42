from typing import Any

import pytest

from bot.playground.slack.blocks import faults_of_blocks, faults_of_view
from bot.playground.slack.limits import Surface
from tests.bot.playground.sample import card, defer_form, home, option, text

Json = dict[str, Any]


def section(words: str) -> Json:
    return {"type": "section", "text": text(words, "mrkdwn")}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": text("Go"), "action_id": "go"} | fields


def select(**fields: Any) -> Json:
    listed = [option("One", "1"), option("Two", "2")]
    return {"type": "static_select", "action_id": "pick", "options": listed} | fields


def table(words: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": words}]]}


BAD_MESSAGES = [
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([section("")], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "fields": [text("x")] * 11}], "/blocks/0/fields"),
    ([{"type": "section", "fields": [text("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ([{"type": "header", "text": text("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": text("x", "mrkdwn")}], "/blocks/0/text"),
    ([section("x")] * 51, "/blocks"),
    ([{"type": "sparkles"}], "/blocks/0/type"),
    ([section("x") | {"colour": "red"}], "/blocks/0"),
    ([actions(*[button(action_id=str(n)) for n in range(26)])], "/blocks/0/elements"),
    ([actions(button(text=text("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(style="loud"))], "/blocks/0/elements/0/style"),
    ([actions(button(), button())], "/blocks/0"),
    ([actions(select(initial_option=option("Six", "6")))], "/blocks/0/elements/0/initial_option"),
    ([actions(select(options=[]))], "/blocks/0/elements/0"),
    ([actions({"type": "overflow", "options": [option("x", str(n)) for n in range(6)]})],
     "/blocks/0/elements/0/options"),
    ([section("x") | {"block_id": "a"}, section("y") | {"block_id": "a"}], "/blocks"),
    ([{"type": "image", "image_url": "https://example.com/a.png"}], "/blocks/0"),
    ([{"type": "context", "elements": [text("x")] * 11}], "/blocks/0/elements"),
    ([{"type": "alert", "text": text("x")}], "/blocks/0/type"),
    ([table(), table()], "/blocks"),
    ([table("x" * 10_001)], "/blocks/0/rows/0/0/text"),
    ([{"type": "markdown", "text": "x" * 7000}] * 2, "/blocks"),
    ([{"type": "card", "subtitle": text("x")}], "/blocks/0"),
    ([{"type": "card", "actions": [button(action_id=str(n)) for n in range(4)]}],
     "/blocks/0/actions"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "pointer"), BAD_MESSAGES)
def test_a_fault_in_a_message_is_named_with_its_json_pointer(
    blocks: list[Json], pointer: str
) -> None:
    faults = faults_of_blocks(blocks, "message")

    assert any(fault.endswith(f"[json-pointer:{pointer}]") for fault in faults), faults


def test_a_card_with_everything_on_it_has_no_faults() -> None:
    assert faults_of_blocks(card(), "message") == []


def test_views_that_follow_the_rules_have_no_faults() -> None:
    assert faults_of_view(defer_form()) == []
    assert faults_of_view(home()) == []


@pytest.mark.parametrize(
    ("block", "surfaces"),
    [
        ({"type": "alert", "text": text("x")}, ["modal"]),
        ({"type": "markdown", "text": "x"}, ["message"]),
        (table(), ["message", "home"]),
        (section("x"), ["message", "modal", "home"]),
    ],
)
def test_a_block_is_taken_only_on_its_surfaces(block: Json, surfaces: list[Surface]) -> None:
    every: tuple[Surface, ...] = ("message", "modal", "home")

    taken = [surface for surface in every if not faults_of_blocks([block], surface)]

    assert taken == surfaces


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": text("x" * 25)}, "/view/title/text"),
        ({"submit": text("x" * 25)}, "/view/submit/text"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"blocks": [section("x")] * 101}, "/view/blocks"),
        ({"surprise": 1}, "/view"),
        ({"submit": None}, "/view"),
    ],
)
def test_a_fault_in_a_view_is_named_with_its_json_pointer(change: Json, pointer: str) -> None:
    view = {name: value for name, value in (defer_form() | change).items() if value is not None}

    faults = faults_of_view(view)

    assert any(fault.endswith(f"[json-pointer:{pointer}]") for fault in faults), faults
