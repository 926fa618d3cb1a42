"""Which accounts are read, and as of when; shared by the readers of all groups."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select, true

from storage.tables import Customer, table

CUSTOMERS = table(Customer)


@dataclass(frozen=True, slots=True)
class Window:
    """The accounts in question and the moment; later rows do not exist for it.

    History is counted in UTC days, what is to come from the reader's `today` (the UTC day when it
    is not given), so that a card's countdowns agree with its reader's calendar. `accounts` names
    single accounts, `owners` the CSMs whose accounts are meant; both None means every account,
    also those that nobody owns.
    """

    as_of: datetime
    accounts: tuple[str, ...] | None = None
    owners: frozenset[str] | None = None
    today: date | None = None

    @property
    def reader_day(self) -> date:
        """The day from which what is to come is counted."""
        return self.today or self.day

    @property
    def day(self) -> date:
        """The day of the moment, in UTC."""
        return self.as_of.date()

    @property
    def customers(self) -> Select[tuple[str]]:
        """The ids of the accounts in question, customers on that day."""
        return select(CUSTOMERS.c.id).where(*self.conditions())

    @property
    def is_whole(self) -> bool:
        """Tell whether every account is in question."""
        return self.accounts is None and self.owners is None

    def of(self, customer_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Keep the rows of the accounts in question, and perhaps of more.

        Of the whole book every row is read, which is faster than to look each account up, and of
        named accounts also those that are prospects: they find no account in the frame.
        """
        if self.accounts is not None:
            return customer_id.in_(self.accounts)
        return true() if self.is_whole else customer_id.in_(self.customers)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of `customers` must meet to be in question."""
        found = [
            or_(CUSTOMERS.c.churned_on.is_(None), CUSTOMERS.c.churned_on > self.day),
            or_(CUSTOMERS.c.signed_up_on.is_(None), CUSTOMERS.c.signed_up_on <= self.day),
            CUSTOMERS.c.prospect.is_(False),
        ]
        if self.accounts is not None:
            found.append(CUSTOMERS.c.id.in_(self.accounts))
        if self.owners is not None:
            found.append(CUSTOMERS.c.csm_id.in_(self.owners))
        return found
