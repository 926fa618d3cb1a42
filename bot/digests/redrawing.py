"""Draw a digest again as it stands: from what was kept of it and its recommendations as of now."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers import Card
from bot.cards.digest import digest_card
from bot.cards.digest_day import Day
from core.errors import RecommendationGone
from storage.digests import Digests
from storage.recommendations import Recommendations


async def redrawn(
    digests: Digests,
    recommendations: Recommendations,
    delivery: str,
    ids: Sequence[str],
    *,
    today: date,
    now: datetime,
) -> Card:
    """Return a delivered digest; raises RecommendationGone when nothing of it is known."""
    kept = await digests.find(delivery)
    if kept is None or not kept.content:
        raise RecommendationGone(delivery)
    found = await recommendations.find(ids)
    return digest_card(found, Day.unpacked(kept.content), today=today, now=now)
