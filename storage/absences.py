"""Who is away, and until when: one absence a person, the last that was told."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from core.calendar import Absence
from storage.audit import Entry, record
from storage.database import Database
from storage.tables import AbsenceRow, table
from storage.upsert import insert

ABSENCES = table(AbsenceRow)


class Absences:
    """Keeps who is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def go_away(self, csm_id: str, absence: Absence, *, now: datetime) -> None:
        """Remember that somebody is away, instead of what was known before."""
        row = {
            "csm_id": csm_id,
            "starts_on": absence.starts,
            "back_on": absence.back,
            "noted_at": now,
        }
        async with self._database.write() as session:
            added = insert(session, ABSENCES).values(row)
            await session.execute(added.on_conflict_do_update(index_elements=["csm_id"], set_=row))
            away = {"starts": absence.starts.isoformat(), "back": absence.back.isoformat()}
            await record(session, Entry("absence.set", csm_id, by=csm_id, at=now, after=away))

    async def come_back(self, csm_id: str, *, today: date, now: datetime) -> bool:
        """Remember that somebody is back today; False when they were not away, nor about to be."""
        known = await self.away(csm_id)
        if known is None or known.back <= today:
            return False
        starts = min(known.starts, today)
        await self.go_away(csm_id, Absence(starts, today), now=now)
        return True

    async def away(self, csm_id: str) -> Absence | None:
        """Return the last absence that somebody told of, past ones too; None when there is none."""
        return (await self.absences(csm_id)).get(csm_id)

    async def absences(self, csm_id: str | None = None) -> Mapping[str, Absence]:
        """Return the last absence of each person, by their id."""
        statement = select(ABSENCES)
        if csm_id is not None:
            statement = statement.where(ABSENCES.c.csm_id == csm_id)
        async with self._database.read() as session:
            rows = (await session.execute(statement)).all()
        return {row.csm_id: Absence(row.starts_on, row.back_on) for row in rows}
