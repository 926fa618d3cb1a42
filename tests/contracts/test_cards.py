"""What holds for every card: within Slack's limits, harmless, complete in words, answered."""

import json
import re
from typing import Any

import polars as pl
import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.cards.recommendation import card
from bot.playground.slack.blocks import faults_of_blocks, faults_of_view
from core.plays.play import Play
from core.recommend import build
from storage.database import Database
from tests.contracts.gallery import HOSTILE, Exhibit, gallery
from tests.core.builders import BETA, CATALOGUE, ENGINE, NOW, TODAY, ranking
from tests.every import every
from tests.scenarios.office import open_office

EXHIBITS = gallery()
SETTLED = {"champion_silent_days": 2, "health_change_7d": 0.0, "health": 90.0}
"""What Beta Inc would need for plays that wait while it is in trouble."""

ACTION = re.compile(r"^[a-z]+(\.[a-z_]+)+(\.\d+)?$")
shown = every(EXHIBITS)


@shown
def test_it_is_within_slacks_limits(exhibit: Exhibit) -> None:
    if exhibit.card is None:
        assert faults_of_view(exhibit.payload) == []
        return
    assert faults_of_blocks(exhibit.blocks, "message") == []
    assert len(json.dumps(exhibit.blocks, ensure_ascii=False)) <= 13_000
    assert len(exhibit.blocks) <= 50


@shown
def test_its_text_says_it_all_for_phones_and_screen_readers(exhibit: Exhibit) -> None:
    if exhibit.card is not None:
        assert 10 <= len(exhibit.card.text) <= 3_900


@shown
def test_no_two_blocks_share_an_id_and_every_block_has_one(exhibit: Exhibit) -> None:
    ids = [block["block_id"] for block in exhibit.blocks]

    assert len(ids) == len(set(ids))


@shown
def test_what_can_be_pressed_is_a_noun_with_a_verb_and_holds_only_an_id(exhibit: Exhibit) -> None:
    for element in _elements(exhibit.blocks):
        if element["type"] in ("button", "overflow"):
            assert ACTION.match(element["action_id"]), element["action_id"]
        if element["type"] == "button":
            assert len(element["value"]) <= 60
            assert 0 < len(element["accessibility_label"]) <= 75


@shown
def test_at_most_one_button_is_primary_and_at_most_one_input_takes_the_focus(
    exhibit: Exhibit,
) -> None:
    elements = _elements(exhibit.blocks)

    assert sum(element.get("style") == "primary" for element in elements) <= 1
    assert sum(bool(element.get("focus_on_load")) for element in elements) <= 1


@shown
def test_customer_text_stays_text(exhibit: Exhibit) -> None:
    for text in _marked(exhibit.blocks):
        bare = re.sub(
            r"<!date\^[^<>]*>|<#C\d+>|<https://example\.slack\.com[^<>]*>|<mailto:[^<>]*>", "", text
        )
        assert "<" not in bare
        assert ">" not in bare
        assert "*Acme*" not in bare
        assert "_&lt;" not in bare


@shown
def test_nothing_is_cut_in_the_middle_of_an_escape(exhibit: Exhibit) -> None:
    for text in _marked(exhibit.blocks):
        assert not re.search(r"&(?!amp;|lt;|gt;)", text)


@pytest.mark.parametrize("play", CATALOGUE.plays.values(), ids=list(CATALOGUE.plays))
def test_a_plays_card_shows_all_its_words(play: Play) -> None:
    ranked = ranking({**BETA, **SETTLED, **play.example})
    row = ranked.filter(pl.col("play") == play.name).row(0, named=True)

    made = card(build(row, ENGINE), today=TODAY, now=NOW)

    assert faults_of_blocks(list(made.blocks), "message") == []
    assert "…" not in made.text
    assert not [text for text in _marked(list(made.blocks)) if "…" in text]


def test_the_worst_names_are_among_what_is_shown() -> None:
    assert any("&lt;!channel&gt;" in text for e in EXHIBITS for text in _marked(e.blocks))
    assert "<!channel>" in HOSTILE


async def test_every_button_and_form_has_a_listener(sqlite: Database) -> None:
    async with open_office(sqlite) as office:
        found = {
            action: (await office.app.async_dispatch(_press(action, value))).status
            for action, value in sorted(_pressable())
        } | {
            form: (await office.app.async_dispatch(_submit(form))).status for form in _submittable()
        }
        await office.app.settle()

    assert {name for name, status in found.items() if status == 404} == set()
    assert len(found) >= 12


def _pressable() -> set[tuple[str, str]]:
    return {
        (element["action_id"], element.get("value") or element["options"][0]["value"])
        for exhibit in EXHIBITS
        for block in exhibit.blocks
        for element in _elements([block])
        if element["type"] in ("button", "overflow")
        or (element["type"] == "static_select" and block["type"] == "actions")
    }


def _submittable() -> set[str]:
    views = [exhibit.view for exhibit in EXHIBITS if exhibit.view]
    return {view["callback_id"] for view in views if "callback_id" in view}


def _press(action: str, value: str) -> AsyncBoltRequest:
    pressed: dict[str, Any] = {"action_id": action, "block_id": "r1.v1.do", "type": "button"}
    pressed |= {"selected_option": {"value": value}} if ":" in value else {"value": value}
    body = {
        "type": "block_actions",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "trigger_id": f"1.{action}",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
        "channel": {"id": "C1"},
        "message": {"ts": "1.1", "blocks": []},
        "actions": [pressed],
    }
    return AsyncBoltRequest(body=json.dumps(body), mode="socket_mode")


def _submit(form: str) -> AsyncBoltRequest:
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": form,
        "title": {"type": "plain_text", "text": "Form"},
        "blocks": [],
        "private_metadata": '{"recommendation": "r1", "version": 1}',
        "state": {"values": {}},
    }
    body = {
        "type": "view_submission",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "view": view,
    }
    return AsyncBoltRequest(body=json.dumps(body), mode="socket_mode")


def _elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in blocks:
        found += block.get("elements", []) if block["type"] == "actions" else []
        found += [block[name] for name in ("accessory", "element") if name in block]
    return found


def _marked(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for one in value for text in _marked(one)]
    if not isinstance(value, dict):
        return []
    if value.get("type") == "mrkdwn":
        return [value["text"]]
    return [text for one in value.values() for text in _marked(one)]
