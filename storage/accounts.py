"""The names of accounts, for telling which one a person means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, bindparam, select
from sqlmodel import col

from core.wording import money
from storage.database import Database
from storage.tables import Csm, Customer


@dataclass(frozen=True, slots=True)
class Named:
    """An account as it can be named: id, name, who owns it, and its web domain when known."""

    id: str
    name: str
    owner_id: str | None = None
    domain: str | None = None


class Accounts:
    """Looks accounts up by id or owner."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def names(self, owners: frozenset[str] | None) -> tuple[Named, ...]:
        """Return the accounts of these owners by name; of everybody and nobody when None.

        Accounts that have left are among them: their history may still be asked about.
        Prospects are not: nobody looks after them yet.
        """
        query = _NAMES if owners is None else _NAMES.where(col(Customer.csm_id).in_(owners))
        async with self._database.read() as session:
            return tuple(_named(row) for row in await session.execute(query))

    async def get(self, id: str) -> Named | None:
        """Return the account with that id, None when there is none; a prospect is none yet."""
        async with self._database.read() as session:
            row = (await session.execute(_BY_ID, {"account": id})).one_or_none()
            return _named(row) if row else None

    async def told_apart(self, ids: Sequence[str]) -> dict[str, str]:
        """Return what distinguishes accounts of one name, for a person to choose by.

        It is the first of web domain, owner, country, segment, industry and ARR that all of them
        have and no two share; where there is none, the id that each has in its source.
        """
        query = (
            select(Customer, col(Csm.name))
            .join(Csm, col(Csm.id) == col(Customer.csm_id), isouter=True)
            .where(col(Customer.id).in_(ids))
        )
        async with self._database.read() as session:
            found = [(row, owner) for row, owner in await session.execute(query)]
        for mark in _MARKS:
            marks = {row.id: said for row, owner in found if (said := mark(row, owner))}
            if len(set(marks.values())) == len(found):
                return marks
        return {}


_MARKS: tuple[Callable[[Customer, str | None], str | None], ...] = (
    lambda row, _: row.domain,
    lambda _, owner: owner,
    lambda row, _: row.country,
    lambda row, _: row.segment,
    lambda row, _: row.industry,
    lambda row, _: f"{money(row.arr, row.currency)} ARR" if row.arr is not None else None,
    lambda row, _: f"{row.source_id} in {row.source}",
)


def _query() -> Select[str, str, str | None, str | None]:
    return select(col(Customer.id), col(Customer.name), col(Customer.csm_id), col(Customer.domain))


# Made once: that takes longer than to run them.
_CUSTOMERS = _query().where(col(Customer.prospect).is_(False))
_NAMES = _CUSTOMERS.order_by(col(Customer.name), col(Customer.id))
_BY_ID = _CUSTOMERS.where(col(Customer.id) == bindparam("account"))


def _named(row: Row[str, str, str | None, str | None]) -> Named:
    return Named(id=row[0], name=row[1], owner_id=row[2], domain=row[3])
