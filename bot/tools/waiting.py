"""What somebody waits for, held against what Steward would notice at that account."""

from bot.language.events import Event
from bot.tools.tool import Asker, Parts
from core.errors import Invalid
from core.happenings import HAPPENINGS
from storage.accounts import Named
from storage.recommendations import Occasions


async def awaited(event: Event, named: Named, asker: Asker, services: Parts) -> str:
    """Return the happening that is meant; raises Invalid where nothing would tell of it."""
    known = await services.recommendations.occasions(named.id, as_of=asker.now)
    wanted = _of_person(event, known, named.name)
    if wanted not in {one.name for one in known.happenings}:
        raise Invalid(
            f"I cannot wait until {HAPPENINGS[wanted].label} at {named.name}: nothing that I read "
            f"would tell me. {_instead(known)} “snooze {named.name} until Friday”.",
            field="until",
        )
    return wanted


def _of_person(event: Event, known: Occasions, account: str) -> str:
    """Return the happening that is meant by the person who is to be back."""
    if not event.who:
        return event.happening
    if event.who in (known.champion or "").lower().split():
        return "champion_back"
    if event.who in (known.sponsor or "").lower().split():
        return "sponsor_met"
    people = " or ".join(name for name in (known.champion, known.sponsor) if name)
    raise Invalid(
        f"I do not know {event.who.capitalize()} as the champion or sponsor of {account}. "
        + (f"I notice when {people} is back; or say" if people else "Say")
        + f" a day, as in “snooze {account} until Friday”.",
        field="until",
    )


def _instead(known: Occasions) -> str:
    labels = [one.label for one in known.happenings[:4]]
    if not labels:
        return "Say a day, as in"
    return f"I can wait until {', or until '.join(labels)}; or say a day, as in"
