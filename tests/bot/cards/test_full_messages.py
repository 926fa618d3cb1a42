"""What is put around a card stays within what Slack takes as one message."""

from collections.abc import Callable

import pytest

from bot.answers import Card
from bot.cards.blocks import section, takes
from bot.cards.clarify import Pick, or_else
from bot.cards.prose import with_prose, with_word
from bot.cards.share import Room, shareable

SAID = "Beta Inc needs you first. " * 20
LONG = Card("A long card.", (section("x" * 3000, "one"),) * 4)
MANY = Card("Many blocks.", tuple(section("x", str(place)) for place in range(50)))
ROUND: dict[str, Callable[[Card], Card]] = {
    "a model's sentences": lambda card: with_prose(card, SAID, "Ev0123456789"),
    "a word on the model": lambda card: with_word(card, SAID),
    "what else was meant": lambda card: or_else(card, [Pick("x" * 75, "explain", "x" * 75)] * 5),
    "the button to share": lambda card: shareable(card, Room("C1", "x" * 80).packed),
}


@pytest.mark.parametrize("full", [LONG, MANY], ids=["long", "many"])
@pytest.mark.parametrize("put", ROUND.values(), ids=ROUND)
def test_a_full_card_is_shown_whole_and_nothing_that_slack_would_refuse(
    put: Callable[[Card], Card], full: Card
) -> None:
    assert takes(full.blocks)

    shown = put(full)

    assert takes(shown.blocks)
    assert shown.blocks[-len(full.blocks) :] == full.blocks


def test_where_only_the_buttons_find_no_room_the_sentences_stand_above_the_card() -> None:
    nearly = Card("Nearly full.", (section("x" * 2900, "one"),) * 4)

    shown = with_prose(nearly, SAID, "Ev0123456789")

    assert [block["block_id"] for block in shown.blocks] == ["prose", *["one"] * 4]
