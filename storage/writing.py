"""Texts that show how a CSM writes; each person's are theirs alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select

from core.errors import Invalid
from storage.audit import Entry, record
from storage.database import Database
from storage.tables import WritingSample, table

SAMPLES = table(WritingSample)

MOST = 5
"""So many examples a person may have."""

LEAST_WORDS, LONGEST = 8, 3_000
"""An example with fewer words shows nothing, and one with more characters no more than these."""


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody's examples, the newest last, and the one that had to go; empty when none had."""

    kept: tuple[str, ...]
    gone: str


class Samples:
    """The one place that keeps examples of how people write."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def of(self, csm_id: str) -> tuple[str, ...]:
        """Return somebody's examples, in the order in which they were given."""
        statement = (
            select(SAMPLES.c.text)
            .where(SAMPLES.c.csm_id == csm_id)
            .order_by(SAMPLES.c.created_at, SAMPLES.c.id)
        )
        async with self._database.read() as session:
            return tuple(await session.scalars(statement))

    async def keep(self, csm_id: str, texts: Sequence[str], *, now: datetime) -> tuple[str, ...]:
        """Put examples into the place of those that somebody had; return what is kept.

        Blank ones are left out. Raises Invalid for more than five, and for one that is too short
        or too long, naming its field: `sample_1` is the first.
        """
        named = [(place, text.strip()) for place, text in enumerate(texts, 1) if text.strip()]
        if len(named) > MOST:
            raise Invalid(f"Keep at most {MOST} examples.", field=f"sample_{MOST}")
        for place, text in named:
            _check(text, f"sample_{place}")
        kept = tuple(dict.fromkeys(text for _, text in named))
        await self._replace(csm_id, kept, now)
        return kept

    async def add(self, csm_id: str, text: str, *, now: datetime) -> Added:
        """Keep one more example as the newest; the oldest goes where there are five already.

        Raises Invalid for one that is too short or too long.
        """
        text = text.strip()
        _check(text, "sample")
        others = [one for one in await self.of(csm_id) if one != text]
        kept = (*others, text)[-MOST:]
        await self._replace(csm_id, kept, now)
        return Added(kept, others[0] if len(others) == MOST else "")

    async def _replace(self, csm_id: str, kept: Sequence[str], now: datetime) -> None:
        async with self._database.write() as session:
            own = SAMPLES.c.csm_id == csm_id
            gone = await session.execute(delete(SAMPLES).where(own).returning(SAMPLES.c.id))
            before = len(gone.all())
            for place, text in enumerate(kept):
                id = f"{place}-{uuid4()}"[:36]
                session.add(WritingSample(id=id, csm_id=csm_id, text=text, created_at=now))
            await record(session, _entry(csm_id, before, len(kept), now))


def _entry(csm_id: str, before: int, after: int, now: datetime) -> Entry:
    """Return what the audit log is told: how many texts there are, never what they say."""
    samples = {"samples": before}, {"samples": after}
    return Entry("writing.keep", csm_id, by=csm_id, at=now, before=samples[0], after=samples[1])


def _check(text: str, field: str) -> None:
    if len(text.split()) < LEAST_WORDS:
        raise Invalid("That is too short to learn from. Paste a whole message.", field=field)
    if len(text) > LONGEST:
        raise Invalid(f"Keep it under {LONGEST:,} characters; one message is enough.", field=field)
