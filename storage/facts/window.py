"""Which accounts are read, and as of when; shared by the readers of all groups."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, or_, select, true
from sqlalchemy.types import String

from storage.tables import Customer, UtcDateTime, table

CUSTOMERS = table(Customer)

DAYS_BACK = (14, 28, 30, 56)
"""How far statements count back; as parameters, since SQLite would count anew for every row."""


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
    def scope(self) -> "Scope":
        """What statements need to know of it; the rest are their parameters."""
        alone = self.accounts is not None and len(self.accounts) == 1
        return Scope(self.accounts is not None, owned=self.owners is not None, alone=alone)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of its scope's statements."""
        return {
            "day": self.day,
            "as_of": self.as_of,
            "accounts": self.accounts,
            "account": self.accounts[0] if self.accounts else None,
            "owners": sorted(self.owners or ()),
            **{f"day_less_{days}": self.day - timedelta(days=days) for days in DAYS_BACK},
        }

    @property
    def customers(self) -> Select[tuple[str]]:
        """The ids of the accounts in question, customers on that day."""
        return self.scope.customers.params(self.values)


@dataclass(frozen=True, slots=True)
class Scope:
    """What kind of window a statement is for, so that it is made once and not for each reading.

    Its days, moments and accounts are parameters, whose values a window gives. `alone` says that
    of the accounts that are `named` there is one.
    """

    named: bool = False
    owned: bool = False
    alone: bool = False

    @property
    def day(self) -> BindParameter[date]:
        """The day of the moment, in UTC."""
        return bindparam("day", type_=Date())

    @property
    def as_of(self) -> BindParameter[datetime]:
        """The moment."""
        return bindparam("as_of", type_=UtcDateTime())

    def before(self, days: int) -> BindParameter[date]:
        """The day so many days before, one of DAYS_BACK."""
        return bindparam(f"day_less_{days}", type_=Date())

    @property
    def customers(self) -> Select[tuple[str]]:
        """The ids of the accounts in question, customers on that day."""
        return select(CUSTOMERS.c.id).where(*self.conditions())

    @property
    def is_whole(self) -> bool:
        """Tell whether every account is in question."""
        return not (self.named or self.owned)

    def in_order(self, found: Select[Any]) -> Select[Any]:
        """Go through all accounts by id: what is looked up of each lies in indexes in that order.

        A few accounts are not worth it.
        """
        return found.order_by(CUSTOMERS.c.id) if self.is_whole else found

    def of(self, customer_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Keep the rows of the accounts in question, and perhaps of more.

        Of the whole book every row is read, which is faster than to look each account up, and of
        named accounts also those that are prospects: they find no account in the frame.
        """
        if self.named:
            return self._named(customer_id)
        return true() if self.is_whole else customer_id.in_(self.customers)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of `customers` must meet to be in question."""
        found = self.customer()
        if self.named:
            found.append(self._named(CUSTOMERS.c.id))
        if self.owned:
            found.append(CUSTOMERS.c.csm_id.in_(_several("owners")))
        return found

    def _named(self, account: ColumnElement[str]) -> ColumnElement[bool]:
        """Keep what is named; a list of ids has to be written anew into each statement."""
        if self.alone:
            return account == bindparam("account", type_=String())
        return account.in_(_several("accounts"))

    def customer(self) -> list[ColumnElement[bool]]:
        """What a row of `customers` must meet to be a customer on that day."""
        return [
            or_(CUSTOMERS.c.churned_on.is_(None), CUSTOMERS.c.churned_on > self.day),
            or_(CUSTOMERS.c.signed_up_on.is_(None), CUSTOMERS.c.signed_up_on <= self.day),
            CUSTOMERS.c.prospect.is_(False),
        ]


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=String(), expanding=True)
