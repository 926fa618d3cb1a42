"""Ana's last thirty days, as seed 000 tells them: 24 completed, most with success."""

from collections.abc import Mapping

from core.recommendations import DismissReason
from storage.sources.demo.deeds import Deed

_GOOD, _SO_SO, _BAD = "positive", "neutral", "negative"


def _done(days: int, **results: str) -> tuple[Deed, ...]:
    """Return what was completed around a day."""
    return tuple(
        Deed(play, days - number, "completed", result)
        for number, (play, result) in enumerate(results.items())
    )


RECENT: Mapping[str, tuple[Deed, ...]] = {
    "Acme Rockets": (
        *_done(29, champion_outreach=_GOOD, training=_GOOD),
        *_done(11, champion_outreach=_GOOD, value_update=_GOOD),
    ),
    "Northwind Traders": (
        *_done(28, champion_outreach=_GOOD, training=_GOOD),
        *_done(12, champion_outreach=_GOOD),
        Deed("check_in", 20, "dismissed", reason=DismissReason.ALREADY_DONE),
    ),
    "Globex": (
        *_done(27, champion_outreach=_GOOD, value_update=_GOOD),
        *_done(10, champion_outreach=_GOOD, training=_GOOD),
    ),
    "Initech": (
        *_done(29, champion_outreach=_GOOD, training=_GOOD),
        *_done(12, champion_outreach=_GOOD),
        Deed("executive_alignment", 17, "dismissed", reason=DismissReason.NOT_RELEVANT),
    ),
    "Lumière Studio": (
        *_done(26, champion_outreach=_GOOD, training=_SO_SO),
        *_done(9, champion_outreach=_GOOD),
        Deed("qbr_preparation", 19, "dismissed", reason=DismissReason.NOT_NOW),
    ),
    "Target Metrics": (
        *_done(28, training=_GOOD, value_update=_SO_SO),
        *_done(11, champion_outreach=_GOOD),
        Deed("support_issues", 16, "dropped", reason=DismissReason.NOT_NOW),
    ),
    "Pied Piper": (
        *_done(25, training=_GOOD, value_update=_GOOD),
        *_done(10, champion_outreach=_SO_SO),
        Deed("check_in", 18, "dismissed", reason=DismissReason.WRONG_DATA),
    ),
    "Theta": _done(12, training=_GOOD),
}
"""By account; what was done eleven days ago or so is too young for its effect to be measured."""
