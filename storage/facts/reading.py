"""What the readers of all groups are handed: a session, the accounts and moment, the feeds."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from storage.facts.feeds import Feeds
from storage.facts.window import Window


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the facts."""

    session: AsyncSession
    window: Window
    feeds: Feeds
