"""Who is who: CSMs, accounts and the people at them."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.base import Imported, moment, once


class Csm(Imported, table=True):
    """A person who uses Steward: csm, manager or admin. `email` is lower case.

    `slack_checked_at` says when Slack was last asked who they are there, `slack_refused` what they
    are that may not use Steward (a guest, or gone); empty for whoever may.
    """

    __tablename__ = "csms"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    name: str = Field(max_length=300)
    email: str | None = Field(default=None, max_length=320, unique=True)
    role: str = Field(default="csm", max_length=20)
    slack_user_id: str | None = Field(default=None, max_length=40, unique=True)
    timezone: str | None = Field(default=None, max_length=64)
    manager_id: str | None = Field(default=None, foreign_key="csms.id", index=True)
    active: bool = True
    slack_checked_at: datetime | None = moment(nullable=True)
    slack_refused: str | None = Field(default=None, max_length=20)


class Customer(Imported, table=True):
    """An account. `arr` is what its record says; contracts, where known, are summed instead.

    A `prospect` is known, but not a customer yet: in nobody's portfolio.
    """

    __tablename__ = "customers"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    name: str = Field(max_length=500, index=True)
    domain: str | None = Field(default=None, max_length=253, index=True)
    segment: str | None = Field(default=None, max_length=60)
    industry: str | None = Field(default=None, max_length=200)
    country: str | None = Field(default=None, max_length=100)
    employees: int | None = None
    plan_tier: str | None = Field(default=None, max_length=60)
    arr: float | None = None
    currency: str = Field(default="USD", max_length=3)
    csm_id: str | None = Field(default=None, foreign_key="csms.id", index=True)
    parent_id: str | None = Field(default=None, foreign_key="customers.id")
    use_case: str | None = Field(default=None, max_length=300)
    signed_up_on: date | None = None
    churned_on: date | None = None
    churn_reason: str | None = Field(default=None, max_length=300)
    prospect: bool = False


class Contact(Imported, table=True):
    """A person at an account.

    `role`: champion, executive_sponsor, economic_buyer, technical or user.
    """

    __tablename__ = "contacts"
    __table_args__ = (once(),)
    id: str = Field(primary_key=True, max_length=36)
    customer_id: str = Field(foreign_key="customers.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=300)
    email: str | None = Field(default=None, max_length=320, index=True)
    title: str | None = Field(default=None, max_length=300)
    department: str | None = Field(default=None, max_length=200)
    role: str | None = Field(default=None, max_length=40)
    joined_on: date | None = None
    left_on: date | None = None
