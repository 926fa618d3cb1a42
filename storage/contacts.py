"""The people at an account who can be written to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import col

from storage.database import Database
from storage.tables import Contact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account, with role and e-mail address."""

    name: str
    role: str
    email: str


class Contacts:
    """Looks up the addresses of an account's people."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def reachable(self, account_id: str, on: date) -> tuple[Person, ...]:
        """Return who at an account has a role and an e-mail address on that day, by name.

        Whether the asker may see the account is the caller's to know.
        """
        query = (
            select(col(Contact.name), col(Contact.role), col(Contact.email))
            .where(
                col(Contact.customer_id) == account_id,
                col(Contact.role).is_not(None),
                col(Contact.email).is_not(None),
                or_(col(Contact.joined_on).is_(None), col(Contact.joined_on) <= on),
                or_(col(Contact.left_on).is_(None), col(Contact.left_on) > on),
            )
            .order_by(col(Contact.name), col(Contact.id))
        )
        async with self._database.read() as session:
            found = await session.execute(query)
            return tuple(Person(name, role, email) for name, role, email in found if role and email)
