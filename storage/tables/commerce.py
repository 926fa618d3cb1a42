"""What accounts buy, renew and may buy, and the plans for them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Imported, moment, once


class Contract(Imported, table=True):
    """What an account has bought: from a day on, agreed until `ends_on`, or until cancelled."""

    __tablename__ = "contracts"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    starts_on: date
    ends_on: date | None = None
    cancelled_on: date | None = None
    arr: float | None = None
    currency: str = Field(default="USD", max_length=3)
    seats: int | None = None
    plan_tier: str | None = Field(default=None, max_length=60)
    billing: str | None = Field(default=None, max_length=40)
    auto_renew: bool | None = None
    trial: bool = False


class Renewal(Imported, table=True):
    """A renewal to be won. `stage` in the source's words; closed when `closed_on` is set."""

    __tablename__ = "renewal_pipeline"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    renews_on: date = Field(index=True)
    opened_on: date | None = None
    amount: float | None = None
    stage: str | None = Field(default=None, max_length=100)
    closed_on: date | None = None
    won: bool | None = None


class Opportunity(Imported, table=True):
    """A chance to grow, closed when `won` is set.

    `kind`: seats, upgrade, cross_sell, other; new is a deal that wins the customer.
    """

    __tablename__ = "expansion_opportunities"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=500)
    kind: str = Field(default="other", max_length=40)
    product: str | None = Field(default=None, max_length=200)
    stage: str | None = Field(default=None, max_length=100)
    amount: float | None = None
    opened_on: date | None = Field(default=None, index=True)
    expected_on: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    won: bool | None = None


class AccountPlan(Imported, table=True):
    """A plan (seed 002). `status`: draft, pending_review, approved, active."""

    __tablename__ = "account_plans"
    __table_args__ = (once(), UniqueConstraint("customer_id", "fiscal_year"))
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    fiscal_year: str = Field(max_length=10)
    status: str = Field(max_length=20)
    sections: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    created_by: str | None = Field(default=None, foreign_key="csms.id")
    approved_by: str | None = Field(default=None, foreign_key="csms.id")
    created_at: datetime = moment()
    approved_at: datetime | None = moment(nullable=True)
