"""Prepare what helps with an account: resources filled with its facts, addressed, with links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.links import Event, Link, Mail, event_links, mail_links, next_slot
from bot.tools.tool import Asker
from core.doubts import without_doubted
from core.drafts import Draft, draft
from core.engine import Moment
from core.errors import AccountUnknown
from core.resources.resource import Reader
from core.rules import Rules
from core.tone import Tone, measure
from core.wording import Row
from storage.contacts import Contacts, Person
from storage.database import Database
from storage.facts import Window, read
from storage.flags import standing
from storage.people import People
from storage.writing import Samples

ANY_AGENDA = "check_in_agenda"
"""The agenda for a meeting for which no play has one."""

ROLES: dict[Reader, str] = {"champion": "champion", "sponsor": "executive_sponsor"}
_ADDRESS = re.compile(r"[!-~]{1,64}@[\w.-]{3,255}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with whom it goes to, when its event could be, and the links that open it.

    `address` is empty when nobody knows it; `recipient` is then whom to look it up for, if known.
    `samples` counts the sender's own texts that its tone is taken from.
    """

    draft: Draft
    recipient: str
    address: str
    start: datetime | None
    links: tuple[Link, ...]
    samples: int = 0


class Drafts:
    """Fills the templates of the catalogue with what is known at the moment they are opened."""

    def __init__(
        self, database: Database, people: People, contacts: Contacts, rules: Rules
    ) -> None:
        """Take what facts and people are read from, and the rules with the catalogue."""
        self._database = database
        self._people = people
        self._contacts = contacts
        self._catalogue = rules.catalogue
        self.samples = Samples(database)

    def names(self, play: str, shown: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the resources of a play; of one that is gone, those that were shown with it."""
        known = self._catalogue.plays.get(play)
        wanted = known.resources if known else shown
        return tuple(name for name in wanted if name in self._catalogue.resources)

    def agendas(self, plays: Iterable[str]) -> tuple[str, ...]:
        """Return the agendas that help with some plays; the last one fits any meeting."""
        known = self._catalogue.resources
        helps = (name for play in plays for name in self.names(play))
        return (*(name for name in helps if known[name].kind == "agenda"), ANY_AGENDA)

    async def prepare(
        self, account_id: str, names: Sequence[str], asker: Asker
    ) -> tuple[Prepared, ...]:
        """Return the named resources, filled; raises AccountUnknown for what asker may not see."""
        row = await self._facts(account_id, asker)
        people = await self._contacts.reachable(account_id, asker.now.date())
        tone = measure(await self.samples.of(asker.csm.id), asker.csm.name)
        return tuple(self._prepared(name, row, people, asker, tone) for name in names)

    def _prepared(
        self, name: str, row: Row, people: Iterable[Person], asker: Asker, tone: Tone | None
    ) -> Prepared:
        resource = self._catalogue.resources[name]
        made = draft(resource, row, sender=asker.csm.name, today=asker.today, tone=tone)
        recipient = row.get(resource.to) or ""
        address = _address(resource.to, recipient, people)
        start = next_slot(asker.now, asker.zone) if resource.minutes else None
        opens = links(made, address, start)
        from_own = tone.samples if tone is not None and made.kind == "email" else 0
        return Prepared(made, recipient, address, start, opens, from_own)

    async def _facts(self, account_id: str, asker: Asker) -> Row:
        scope = await self._people.scope(asker.csm)
        window = Window(asker.now, accounts=(account_id,), owners=scope, today=asker.today)
        async with self._database.read() as session:
            found = await read(session, window)
            doubts = await standing(session, window.as_of, window.accounts)
        found = without_doubted(found, doubts, Moment(window.as_of, window.reader_day))
        if found.is_empty():
            raise AccountUnknown(account_id)
        return found.row(0, named=True)


def links(made: Draft, address: str, start: datetime | None) -> tuple[Link, ...]:
    """Return what opens a draft; the script of a call is nobody's business but the caller's."""
    if made.kind == "link":
        return (Link("page", "Open Page", made.url),)
    if start is None:
        to = address if made.kind == "email" else ""
        return mail_links(Mail(made.subject, made.text, to))
    guest = address if made.kind == "agenda" else ""
    return event_links(Event(made.subject, made.text, start, made.minutes, guest))


def _address(to: Reader, name: str, people: Iterable[Person]) -> str:
    """Return the address of whom the facts name; empty when it is not known or is none."""
    found = (one.email for one in people if one.role == ROLES[to] and one.name.strip() == name)
    return next((email for email in found if _ADDRESS.fullmatch(email)), "")
