"""The forms promise only what then happens."""

from bot.cards.forms import Origin, dismiss_view
from core.eligibility import REST_AFTER_DISMISSAL
from core.recommendations import DismissReason
from tests.contracts.gallery import ordinary


def test_each_reason_for_a_dismissal_says_how_long_the_play_then_rests() -> None:
    view = dismiss_view(ordinary(), Origin("r1", 1))

    (asked,) = [block for block in view["blocks"] if block.get("block_id") == "reason"]
    promised = {
        DismissReason(one["value"]): one["description"]["text"]
        for one in asked["element"]["options"]
    }
    assert promised.keys() == REST_AFTER_DISMISSAL.keys()
    for reason, days in REST_AFTER_DISMISSAL.items():
        assert f"{days} days" in promised[reason]
