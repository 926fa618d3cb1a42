"""Salesforce: Data Export and Data Loader, report exports with labels, and connectors' copies."""

import re
from datetime import datetime

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import ACCOUNTS
from storage.imports.kinds.history import ACTIVITIES, MEETINGS
from storage.imports.kinds.money import CONTRACTS, DEALS
from storage.imports.kinds.people import CONTACTS, CSMS
from storage.imports.kinds.support import TICKETS
from storage.imports.sheet import Line, Rejection, Sheet, Skip, Source, Unneeded
from storage.imports.values import Style

_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHORT = re.compile(r"[A-Za-z0-9]{15}")

TURNOVER = (
    "Salesforce's AnnualRevenue is the customer's own turnover, not what it pays you (ARR); "
    "a custom field such as ARR__c is read as ARR"
)
DELETED = (
    Skip("is_deleted", ("true", "1"), "deleted in Salesforce"),
    Skip("_fivetran_deleted", ("true", "1"), "deleted in Salesforce"),
)


def salesforce_id(cell: str, style: Style) -> str:
    """Return an id with its 18 characters: the last three say which of the others are capitals."""
    id = v.text(cell, style)
    if not _SHORT.fullmatch(id):
        return id
    blocks = (id[start : start + 5] for start in (0, 5, 10))
    return id + "".join(
        _CHECK[sum(1 << place for place, letter in enumerate(block) if letter.isupper())]
        for block in blocks
    )


def _deal(line: Line, book: Book) -> None:
    """Read a report's stage, which says in words what IsClosed and IsWon would."""
    del book
    stage = str(line.get("stage") or "").lower()
    if "is_closed" not in line.values and stage.startswith("closed"):
        line.values["is_closed"] = True
        line.values["is_won"] = "won" in stage


def _task(line: Line, book: Book) -> None:
    """Date a task by its due day when its completion is not told; its subject names its kind."""
    if line.get("occurred_at") is None and line.cells.get("activitydate"):
        line.values["occurred_at"] = _moment(line.cells["activitydate"])
    line.values["kind"] = f"{line.get('kind') or ''} {line.get('subject') or ''}"
    _about(line, book)


def _moment(cell: str) -> datetime | None:
    try:
        return v.moment(cell, Style())
    except v.Unreadable as error:
        raise Rejection(str(error), "ActivityDate") from error


def _about(line: Line, book: Book) -> None:
    """Give an activity the account that it is about, when its own account is not told."""
    del book
    about = line.cells.get("whatid", "")
    if not line.get("account_id") and about.startswith("001"):
        line.values["account_id"] = salesforce_id(about, Style())


_ACCOUNT = {"account_id": ("AccountId", "Account ID"), "account_name": ("Account Name",)}
_OWNER = {
    "owner_id": ("OwnerId", "Owner ID"),
    "owner_name": ("Account Owner", "Owner Name", "Owner"),
    "owner_email": ("Owner Email",),
}
_CSM = {
    "owner_id": ("CSM__c", "Customer_Success_Manager__c", "CSM ID", *_OWNER["owner_id"]),
    "owner_name": ("CSM Name", "Customer Success Manager Name", *_OWNER["owner_name"]),
    "owner_email": ("CSM Email", *_OWNER["owner_email"]),
}
_IDS = dict.fromkeys(
    ("id", "account_id", "owner_id", "contact_id", "parent_id", "manager_id"), salesforce_id
)
_MADE = ("CreatedDate", "Created Date")

USERS = Sheet(
    name="users",
    kind=CSMS,
    signature=("id", "username", "profile_id"),
    columns={
        "id": ("Id",),
        "name": ("Name",),
        "first_name": ("FirstName",),
        "last_name": ("LastName",),
        "email": ("Email",),
        "active": ("IsActive",),
        "manager_id": ("ManagerId",),
        "timezone": ("TimeZoneSidKey",),
    },
    files=("*user_data*", "user.csv"),
    convert=_IDS,
    skip=DELETED,
)

_ACCOUNT_COLUMNS = {
    "id": ("Id", "Account ID"),
    "name": ("Name", "Account Name"),
    "domain": ("Website", "Account Domain"),
    "segment": ("Segment__c", "Account Segment", "Customer_Segment__c"),
    "industry": ("Industry",),
    "country": ("BillingCountry", "Billing Country", "BillingCountryCode"),
    "employees": ("NumberOfEmployees", "Employees"),
    "plan_tier": ("Plan__c", "Plan_Tier__c", "Tier__c", "Edition__c", "Package__c"),
    "arr": ("ARR__c", "Current_ARR__c", "Annual_Recurring_Revenue__c", "ACV__c"),
    "mrr": ("MRR__c", "Monthly_Recurring_Revenue__c"),
    "currency": ("CurrencyIsoCode", "Account Currency"),
    **_CSM,
    "parent_id": ("ParentId", "Parent Account ID"),
    "use_case": ("Use_Case__c",),
    "signed_up_on": ("Customer_Since__c", "Original_Contract_Date__c", "Go_Live_Date__c"),
    "churned_on": ("Churn_Date__c", "Churned_On__c"),
    "churn_reason": ("Churn_Reason__c", "Churn_Category__c"),
    "type": ("Type", "Account Type"),
    "renewal_on": ("Renewal_Date__c", "Next_Renewal_Date__c"),
    "contract_start": ("Contract_Start_Date__c", "Subscription_Start_Date__c"),
    "contract_end": ("Contract_End_Date__c", "Subscription_End_Date__c"),
    "seats": ("Seats__c", "Licenses__c", "Licensed_Seats__c"),
    "seats_used": ("Seats_Used__c", "Active_Users__c"),
    "auto_renew": ("Auto_Renew__c", "Auto_Renewal__c"),
    "health": ("Health_Score__c", "Customer_Health__c", "Health__c"),
    "health_on": ("Health_Score_Date__c",),
}

ACCOUNT = Sheet(
    name="accounts",
    kind=ACCOUNTS,
    signature=("id", "name", "owner_id", "account_source"),
    columns=_ACCOUNT_COLUMNS,
    files=("*account*",),
    absent=("_fivetran_start",),
    convert=_IDS,
    skip=DELETED,
    ignored={"annual_revenue": TURNOVER},
)

ACCOUNT_EXPORT = Sheet(
    name="accounts by Data Loader",
    kind=ACCOUNTS,
    signature=("id", "name", "owner_id"),
    columns=_ACCOUNT_COLUMNS,
    files=("*account*",),
    absent=("_fivetran_start", "stage_name", "account_id", "last_name"),
    convert=_IDS,
    skip=DELETED,
    ignored={"annual_revenue": TURNOVER},
)

ACCOUNT_REPORT = Sheet(
    name="account report",
    kind=ACCOUNTS,
    signature=("Account Name", "Account Owner"),
    columns=_ACCOUNT_COLUMNS,
    absent=("Opportunity Name", "Case Number", "Subject", "Last Name", "Email"),
    convert=_IDS,
    ignored={"annual_revenue": TURNOVER},
)

CONTACT = Sheet(
    name="contacts",
    kind=CONTACTS,
    signature=("id", "account_id", "last_name"),
    columns={
        "id": ("Id", "Contact ID"),
        **_ACCOUNT,
        "name": ("Name",),
        "first_name": ("FirstName",),
        "last_name": ("LastName",),
        "email": ("Email",),
        "title": ("Title",),
        "department": ("Department",),
        "role": ("Contact_Role__c", "Contact_Type__c", "Role__c", "Buying_Role__c"),
        "joined_on": _MADE,
        "left": ("No_Longer_At_Company__c", "Left_Company__c"),
    },
    files=("*contact*",),
    absent=("_fivetran_start",),
    convert=_IDS,
    skip=DELETED,
)

CONTACT_REPORT = Sheet(
    name="contact report",
    kind=CONTACTS,
    signature=("Account Name", "Last Name", "Email"),
    columns={**CONTACT.columns, "name": ("Full Name",)},
    convert=_IDS,
)

OPPORTUNITY = Sheet(
    name="opportunities",
    kind=DEALS,
    signature=("id", "account_id", "stage_name", "close_date"),
    columns={
        "id": ("Id", "Opportunity ID"),
        **_ACCOUNT,
        "name": ("Name", "Opportunity Name"),
        "type": ("Type",),
        "record_type": ("RecordType.Name", "Opportunity Record Type", "RecordTypeName"),
        "stage": ("StageName", "Stage"),
        "amount": ("Amount",),
        "opened_on": _MADE,
        "close_on": ("CloseDate", "Close Date"),
        "is_closed": ("IsClosed", "Closed"),
        "is_won": ("IsWon", "Won"),
    },
    files=("*opportunity*",),
    absent=("_fivetran_start",),
    convert=_IDS,
    skip=DELETED,
)

OPPORTUNITY_REPORT = Sheet(
    name="opportunity report",
    kind=DEALS,
    signature=("Opportunity Name", "Account Name", "Stage", "Close Date"),
    columns=OPPORTUNITY.columns,
    convert=_IDS,
    adjust=_deal,
)

CASE = Sheet(
    name="cases",
    kind=TICKETS,
    signature=("id", "case_number", "account_id"),
    columns={
        "id": ("Id", "Case ID", "Case Number"),
        **_ACCOUNT,
        "contact_id": ("ContactId", "Contact ID"),
        "contact_email": ("SuppliedEmail", "Contact Email"),
        "subject": ("Subject",),
        "category": ("Reason", "Case Reason", "Type"),
        "priority": ("Priority",),
        "status": ("Status",),
        "opened_at": ("CreatedDate", "Date/Time Opened", "Opened Date"),
        "closed_at": ("ClosedDate", "Date/Time Closed", "Closed Date"),
        "changed_at": ("LastModifiedDate",),
        "is_closed": ("IsClosed", "Closed"),
        "escalated": ("IsEscalated", "Escalated"),
    },
    files=("*case*",),
    absent=("_fivetran_start",),
    convert=_IDS,
    skip=DELETED,
)

CASE_REPORT = Sheet(
    name="case report",
    kind=TICKETS,
    signature=("Case Number", "Account Name", "Date/Time Opened"),
    columns=CASE.columns,
    convert=_IDS,
)

_UNSIGNED = ("draft", "in approval process", "inapproval", "inapprovalprocess")

CONTRACT = Sheet(
    name="contracts",
    kind=CONTRACTS,
    signature=("id", "account_id", "start_date", "contract_term"),
    columns={
        "id": ("Id", "Contract ID"),
        **_ACCOUNT,
        "starts_on": ("StartDate",),
        "ends_on": ("EndDate",),
        "arr": ("ARR__c", "ACV__c"),
        "currency": ("CurrencyIsoCode",),
        "auto_renew": ("Auto_Renew__c", "Auto_Renewal__c"),
    },
    files=("*contract*",),
    convert=_IDS,
    skip=(*DELETED, Skip("status", _UNSIGNED, "a contract that is not signed")),
)

TASK = Sheet(
    name="tasks",
    kind=ACTIVITIES,
    signature=("id", "who_id", "what_id", "subject", "activity_date"),
    columns={
        "id": ("Id",),
        **_ACCOUNT,
        "contact_id": ("WhoId",),
        "owner_id": _OWNER["owner_id"],
        "kind": ("TaskSubtype",),
        "direction": ("CallType",),
        "occurred_at": ("CompletedDateTime", "ActivityDate"),
        "subject": ("Subject",),
        "body": ("Description",),
    },
    files=("*task*",),
    absent=("start_date_time", "_fivetran_start"),
    convert=_IDS,
    skip=(*DELETED, Skip("is_closed", ("false", "0"), "a task that is still to be done")),
    adjust=_task,
)

EVENT = Sheet(
    name="events",
    kind=MEETINGS,
    signature=("id", "who_id", "what_id", "subject", "start_date_time"),
    columns={
        "id": ("Id",),
        **_ACCOUNT,
        "title": ("Subject",),
        "starts_at": ("StartDateTime", "ActivityDateTime"),
        "ends_at": ("EndDateTime",),
        "booked_at": _MADE,
        "notes": ("Description",),
    },
    files=("*event*",),
    convert=_IDS,
    skip=(*DELETED, Skip("is_child", ("true", "1"), "an invitee's copy of a meeting")),
    adjust=_about,
)

SALESFORCE = Source(
    name="salesforce",
    title="Salesforce",
    sheets=(
        USERS, ACCOUNT, ACCOUNT_EXPORT, ACCOUNT_REPORT, CONTACT, CONTACT_REPORT, CONTRACT,
        OPPORTUNITY, OPPORTUNITY_REPORT, CASE, CASE_REPORT, TASK, EVENT,
    ),
    unneeded=(
        Unneeded(("*_history*",), "former states of rows that the main file has as they are"),
        Unneeded(("*lead*",), "leads are not customers yet"),
        Unneeded(("*product*", "*pricebook*", "*line_item*", "*lineitem*"),
                 "the price list and the lines of deals: the deal has the amount"),
        Unneeded(("*order*",), "orders: contracts and deals tell what was bought"),
        Unneeded(("*user_role*", "*profile*", "*group*"), "Salesforce's own permissions"),
        Unneeded(("*campaign*",), "marketing campaigns"),
    ),
)  # fmt: skip
