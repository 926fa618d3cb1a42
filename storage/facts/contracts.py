"""The contracts that run: of the accounts in question, and of their owners' other accounts."""

from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from storage.facts.columns import query
from storage.facts.window import CUSTOMERS, Scope
from storage.tables import Contract, table

CONTRACTS = table(Contract)


def of_their_owners(window: Scope) -> ColumnElement[bool]:
    """Keep the accounts whose owner has one in question; those of nobody are one portfolio."""
    if window.is_whole:
        return true()
    owners = select(CUSTOMERS.c.csm_id).where(*window.conditions())
    unowned = CUSTOMERS.c.csm_id.is_(None)
    any_unowned = window.customers.where(unowned).correlate(None).exists()
    return or_(CUSTOMERS.c.csm_id.in_(owners), and_(unowned, any_unowned))


def _running(window: Scope) -> Select[Any]:
    peers = select(CUSTOMERS.c.id).where(of_their_owners(window))
    return select(
        CONTRACTS.c.customer_id,
        CONTRACTS.c.starts_on,
        CONTRACTS.c.ends_on,
        CONTRACTS.c.arr,
        CONTRACTS.c.currency,
        CONTRACTS.c.source,
    ).where(
        true() if window.is_whole else CONTRACTS.c.customer_id.in_(peers),
        CONTRACTS.c.starts_on <= window.day,
        or_(CONTRACTS.c.ends_on.is_(None), CONTRACTS.c.ends_on >= window.day),
        or_(CONTRACTS.c.cancelled_on.is_(None), CONTRACTS.c.cancelled_on > window.day),
        CONTRACTS.c.trial.is_(False),
    )


RUNNING = query(
    _running, "id", "starts", "ends", "arr", "currency", "source", starts=pl.Date, ends=pl.Date
)
"""Term, revenue, currency and source of each contract that runs on that day."""
