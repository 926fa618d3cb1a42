"""A digest's setting as forms and sentences show it, and who may change a channel's."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.digest_words import LOGGED, away_said, log_said, schedule_said
from bot.countries import countries, observed
from bot.tools.tool import Asker
from core.calendar import WORKING
from core.errors import NotAllowed
from storage.digests import Digests, Subscription
from storage.people import People


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set, None where nothing is yet; whether its person is away; what became of it."""

    kept: Subscription | None
    away: str
    log: Sequence[str]

    @property
    def is_on(self) -> bool:
        """Tell whether a digest comes."""
        return self.kept is not None and self.kept.enabled

    @property
    def says(self) -> str:
        """When it comes, in words; empty where it does not."""
        return "" if self.kept is None or not self.kept.enabled else when(self.kept)


async def setting_of(digests: Digests, kept: Subscription | None, asker: Asker) -> Setting:
    """Return a subscription as it is shown."""
    log = await digests.log(kept.id, most=LOGGED) if kept else ()
    is_own = kept is None or kept.kind == "person"
    away = await digests.away(asker.csm.id) if is_own else None
    return Setting(kept, away_said(away, asker.today), log_said(log, asker.today))


def when(kept: Subscription) -> str:
    """Return when a digest comes, with whose holidays are days off."""
    return schedule_said(kept, countries().get(observed(kept.holidays, kept.timezone), ""))


def weekdays_of(kept: Subscription | None) -> frozenset[int]:
    """Return the days of a digest, the working days before there is one."""
    return WORKING if kept is None else kept.weekdays


async def check_may_set(kept: Subscription | None, asker: Asker, people: People) -> None:
    """Raise NotAllowed for a channel's digest that somebody outside one's scope has set up."""
    if kept is None or kept.kind == "person" or not kept.enabled:
        return
    scope = await people.scope(asker.csm)
    if scope is not None and kept.csm_id not in {asker.csm.id, *scope}:
        raise NotAllowed("That channel's digest")
