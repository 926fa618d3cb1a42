"""What tools work with, put together once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.briefs import Briefs
    from bot.changes import Changes
    from bot.drafting import Drafts
    from storage.accounts import Accounts
    from storage.digests import Digests
    from storage.learning_resets import Resets
    from storage.people import People
    from storage.recommendations import Recommendations
    from storage.results import PastResults


@dataclass(frozen=True, slots=True)
class ToolParts:
    """What tools work with; `digest_time` is when a digest comes that nobody named a time for."""

    people: "People"
    accounts: "Accounts"
    advisor: "Advisor"
    recommendations: "Recommendations"
    digests: "Digests"
    results: "PastResults"
    digest_time: str
    drafts: "Drafts"
    resets: "Resets"
    changes: "Changes"
    briefs: "Briefs"
