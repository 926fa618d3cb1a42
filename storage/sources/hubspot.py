"""HubSpot: exports with labels or internal names, and connectors' copies with `property_` names."""

from datetime import timedelta

from storage.imports import values as v
from storage.imports.book import Book
from storage.imports.kinds.accounts import ACCOUNTS
from storage.imports.kinds.history import ACTIVITIES, LINKS, MEETINGS
from storage.imports.kinds.money import DEALS
from storage.imports.kinds.people import CONTACTS, CSMS
from storage.imports.kinds.support import TICKETS
from storage.imports.sheet import Line, Rejection, Sheet, Skip, Source, Unneeded

TURNOVER = (
    "HubSpot's Annual Revenue is the company's own turnover, not what it pays you (ARR); "
    "a property such as ARR is read as ARR"
)
DELETED = (
    Skip("is_deleted", ("true", "1"), "deleted in HubSpot"),
    Skip("_fivetran_deleted", ("true", "1"), "deleted in HubSpot"),
    Skip("archived", ("true", "1"), "archived in HubSpot"),
)
_COMPANY = {
    "account_id": (
        "company_id", "Associated Company ID", "Associated Company IDs",
        "Associated Company IDs (Primary)", "Primary Associated Company ID",
    ),
    "account_name": ("Associated Company", "Associated Company (Primary)", "company"),
}  # fmt: skip
_OWNER = {"owner_id": ("hubspot_owner_id", "owner_id")}


def _links(name: str, left: str, right: str) -> Sheet:
    """Declare a file that says which `left` belongs to which `right`."""

    def adjust(line: Line, book: Book) -> None:
        book.links[name].setdefault(line.values["id"], str(line.get("other") or ""))

    return Sheet(
        name=f"{name} links",
        kind=LINKS,
        signature=(left, right),
        columns={"id": (left,), "other": (right,)},
        files=(f"*{name}*",),
        absent=("id", "property_createdate", "label", "canonical_vid"),
        skip=DELETED,
        adjust=adjust,
    )


def _stages(name: str, mark: str) -> Sheet:
    """Declare the list that says what a pipeline's stages are called and which of them close."""

    def adjust(line: Line, book: Book) -> None:
        stage = line.values["id"]
        book.links[f"{name} stage"][stage] = str(line.get("label") or stage)
        for cell in ("closedwon", "isclosed"):
            if line.cells.get(cell, "").lower() in {"true", "1"}:
                book.links[f"{name} {cell}"][stage] = "yes"

    return Sheet(
        name=f"{name} stages",
        kind=LINKS,
        signature=("stage_id", "label", "pipeline_id", mark),
        columns={"id": ("stage_id",), "label": ("label",)},
        files=(f"*{name}_pipeline_stage*",),
        skip=DELETED,
        adjust=adjust,
        ignored=dict.fromkeys(("closed_won", "is_closed"), "read with the stage"),
    )


def _pipelines(name: str, absent: tuple[str, ...]) -> Sheet:
    def adjust(line: Line, book: Book) -> None:
        book.links[f"{name} pipeline"][line.values["id"]] = str(line.get("label") or "")

    return Sheet(
        name=f"{name} pipelines",
        kind=LINKS,
        signature=("pipeline_id", "label", "display_order"),
        columns={"id": ("pipeline_id",), "label": ("label",)},
        files=(f"*{name}_pipeline_data*", f"*{name}_pipeline.csv"),
        absent=("stage_id", *absent),
        skip=DELETED,
        adjust=adjust,
    )


def _placed(name: str, line: Line, book: Book) -> None:
    """Give a line the company that an association file names for it."""
    if not line.get("account_id"):
        line.values["account_id"] = book.links[f"{name}_company"].get(line.values.get("id") or "")
    elif ";" in str(line.get("account_id")):
        line.values["account_id"] = line.values["account_id"].split(";")[0].strip()
    if not (line.get("account_id") or line.get("account_name")):
        raise Rejection(f"no company is associated with it, in its line or in {name}_company")


def _deal(line: Line, book: Book) -> None:
    """Put labels in the place of the ids of pipeline and stage."""
    _placed("deal", line, book)
    stage = line.get("stage") or ""
    if stage in book.links["deal stage"]:
        won = stage in book.links["deal closedwon"]
        line.values["is_won"] = won
        line.values["is_closed"] = won or stage in book.links["deal isclosed"]
        line.values["stage"] = book.links["deal stage"][stage]
    pipeline = line.get("pipeline") or ""
    line.values["pipeline"] = book.links["deal pipeline"].get(pipeline, pipeline)


def _ticket(line: Line, book: Book) -> None:
    _placed("ticket", line, book)
    if not line.get("contact_id"):
        line.values["contact_id"] = book.links["ticket_contact"].get(line.values.get("id") or "")
    stage = line.get("status") or ""
    line.values["status"] = book.links["ticket stage"].get(stage, stage) or None
    opened, replied = line.get("opened_at"), line.values.pop("changed_at", None)
    if opened and replied and timedelta() <= replied - opened:
        line.values["first_response_minutes"] = (replied - opened) / timedelta(minutes=1)
    elif opened and replied:
        book.note("replied_early", line.number)


def _contact(line: Line, book: Book) -> None:
    """Join a contact by its company's id, or by the company's name in its own record."""
    _placed("contact", line, book)


def _engagement(line: Line, book: Book) -> None:
    contact = book.links["engagement_contact"].get(line.values.get("id"))
    line.values["contact_id"] = line.get("contact_id") or contact
    if not line.get("account_id") and contact:
        line.values["account_id"] = book.links["contact_company"].get(contact)
    _placed("engagement", line, book)


def _engagements(name: str, body: tuple[str, ...], subject: tuple[str, ...] = ()) -> Sheet:
    return Sheet(
        name=f"{name}s",
        kind=ACTIVITIES,
        signature=("engagement_id", "hs_timestamp", "type"),
        columns={
            "id": ("engagement_id",),
            "account_id": ("company_id",),
            "contact_id": ("contact_id",),
            **_OWNER,
            "kind": ("type", "engagement_type"),
            "direction": ("hs_email_direction", "hs_call_direction"),
            "occurred_at": ("hs_timestamp",),
            "subject": subject or (f"hs_{name}_title", f"hs_{name}_subject"),
            "body": body,
        },
        files=(f"*engagement_{name}*",),
        skip=DELETED,
        adjust=_engagement,
        notes={"owner_none": "{count} of {of} " + name + "s name no owner."},
    )


def _user(line: Line, book: Book) -> None:
    book.links["user's address"][line.values["id"]] = line.get("other")


def _owner(line: Line, book: Book) -> None:
    """Take an owner's address from the log-in that the owner uses, when the own one is no use."""
    user = line.cells.get("activeuserid") or line.cells.get("userid")
    line.values["email"] = line.get("email") or book.links["user's address"].get(user)


USERS = Sheet(
    name="users",
    kind=LINKS,
    signature=("id", "role_id", "primary_team_id", "email"),
    columns={"id": ("id",), "other": ("email",)},
    files=("*users*",),
    convert={"other": v.email},
    skip=DELETED,
    adjust=_user,
    ignored=dict.fromkeys(("first_name", "last_name"), "owners carry the names"),
)

OWNERS = Sheet(
    name="owners",
    kind=CSMS,
    signature=("owner_id", "email", "first_name"),
    columns={
        "id": ("owner_id",),
        "first_name": ("first_name",),
        "last_name": ("last_name",),
        "email": ("email",),
    },
    files=("*owner*",),
    skip=DELETED,
    adjust=_owner,
    ignored=dict.fromkeys(("active_user_id", "user_id"), "used to find the owner's address"),
)

COMPANIES = Sheet(
    name="companies",
    kind=ACCOUNTS,
    signature=("id", "name", "createdate"),
    columns={
        "id": ("hs_object_id", "id", "company_id", "Record ID"),
        "name": ("name", "Company name"),
        "domain": ("domain", "Company Domain Name", "website", "Website URL"),
        "segment": ("segment", "customer_segment", "tier"),
        "industry": ("industry",),
        "country": ("country", "Country/Region"),
        "employees": ("numberofemployees", "Number of Employees"),
        "plan_tier": ("plan", "plan_tier"),
        "arr": ("arr", "current_arr", "hs_arr"),
        "mrr": ("mrr", "hs_mrr"),
        "owner_id": ("csm", "csm_owner", "customer_success_manager", *_OWNER["owner_id"]),
        "owner_name": ("Company owner",),
        "parent_id": ("hs_parent_company_id", "Parent Company ID"),
        "signed_up_on": ("closedate", "Close Date"),
        "renewal_on": ("renewal_date", "next_renewal_date", "contract_renewal_date"),
        "contract_start": ("contract_start_date",),
        "contract_end": ("contract_end_date", "subscription_end_date"),
        "seats": ("seats", "licenses"),
        "churned_on": ("churn_date",),
        "churn_reason": ("churn_reason",),
        "lifecycle": ("lifecyclestage", "Lifecycle Stage"),
        "health": ("health_score", "hs_customer_health_score", "customer_health"),
    },
    files=("*company*", "*companies*"),
    absent=("dealname", "firstname", "Deal Name", "First Name", "dealstage", "stage_id"),
    skip=DELETED,
    ignored={
        "annualrevenue": TURNOVER,
        "createdate": "the day the record was made, not the day the company became a customer",
    },
)

COMPANIES_LABELLED = Sheet(
    name="companies with labels",
    kind=ACCOUNTS,
    signature=("Record ID", "Company name"),
    columns=COMPANIES.columns,
    files=COMPANIES.files,
    absent=("First Name", "Deal Name", "Ticket name"),
    ignored={"Annual Revenue": TURNOVER, **COMPANIES.ignored},
)

CONTACT_COLUMNS = {
    "id": ("hs_object_id", "id", "contact_id", "vid", "Record ID"),
    **_COMPANY,
    "first_name": ("firstname", "First Name"),
    "last_name": ("lastname", "Last Name"),
    "email": ("email", "Email"),
    "title": ("jobtitle", "Job Title"),
    "department": ("department", "job_function", "Job function", "hs_role", "Employment Role"),
    "role": ("hs_buying_role", "Buying Role"),
    "joined_on": ("createdate", "Create Date"),
}

CONTACT = Sheet(
    name="contacts",
    kind=CONTACTS,
    signature=("id", "email", "firstname", "lastname", "createdate"),
    columns=CONTACT_COLUMNS,
    files=("*contact*",),
    skip=DELETED,
    ignored={"annualrevenue": TURNOVER},
    adjust=_contact,
)

CONTACT_LABELLED = Sheet(
    name="contacts with labels",
    kind=CONTACTS,
    signature=("Record ID", "First Name", "Last Name", "Email"),
    columns=CONTACT_COLUMNS,
    files=("*contact*",),
    adjust=_contact,
)

_DEAL_COLUMNS = {
    "id": ("hs_object_id", "deal_id", "Record ID"),
    **_COMPANY,
    "name": ("dealname", "Deal Name"),
    "type": ("dealtype", "Deal Type"),
    "pipeline": ("pipeline", "deal_pipeline_id", "Pipeline"),
    "stage": ("dealstage", "deal_pipeline_stage_id", "Deal Stage"),
    "amount": ("amount", "Amount"),
    "opened_on": ("createdate", "Create Date"),
    "close_on": ("closedate", "Close Date"),
    "is_won": ("hs_is_closed_won", "Is Closed Won"),
    "is_closed": ("hs_is_closed", "Is Closed"),
}

DEAL = Sheet(
    name="deals",
    kind=DEALS,
    signature=("dealname", "createdate"),
    columns=_DEAL_COLUMNS,
    files=("*deal*",),
    skip=DELETED,
    adjust=_deal,
)

DEAL_LABELLED = Sheet(
    name="deals with labels",
    kind=DEALS,
    signature=("Record ID", "Deal Name", "Deal Stage"),
    columns=_DEAL_COLUMNS,
    files=("*deal*",),
    adjust=_deal,
)

_TICKET_COLUMNS = {
    "id": ("hs_object_id", "id", "Record ID", "Ticket ID"),
    **_COMPANY,
    "contact_id": ("Associated Contact ID", "Associated Contact IDs"),
    "subject": ("subject", "Ticket name"),
    "category": ("hs_ticket_category", "Category"),
    "priority": ("hs_ticket_priority", "Priority"),
    "status": ("hs_pipeline_stage", "Ticket status"),
    "opened_at": ("createdate", "Create Date", "Create date"),
    "closed_at": ("closed_date", "Close Date", "Close date"),
    "changed_at": ("first_agent_reply_date", "First agent email response date"),
}
_REPLIED = {
    "replied_early": "{count} of {of} tickets were answered before they were opened: their time "
    "to the first reply stays unknown.",
}

TICKET = Sheet(
    name="tickets",
    kind=TICKETS,
    signature=("id", "subject", "hs_pipeline_stage"),
    columns=_TICKET_COLUMNS,
    files=("*ticket*",),
    skip=DELETED,
    adjust=_ticket,
    notes=_REPLIED,
)

TICKET_LABELLED = Sheet(
    name="tickets with labels",
    kind=TICKETS,
    signature=("Record ID", "Ticket name", "Ticket status"),
    columns=_TICKET_COLUMNS,
    files=("*ticket*",),
    adjust=_ticket,
    notes=_REPLIED,
)

MEETING = Sheet(
    name="meetings",
    kind=MEETINGS,
    signature=("engagement_id", "start_time", "end_time"),
    columns={
        "id": ("engagement_id",),
        "account_id": ("company_id",),
        "title": ("title", "hs_meeting_title"),
        "starts_at": ("start_time", "hs_meeting_start_time"),
        "ends_at": ("end_time", "hs_meeting_end_time"),
        "booked_at": ("createdate", "hs_createdate"),
        "notes": ("body", "hs_meeting_body"),
    },
    files=("*engagement_meeting*",),
    skip=(*DELETED, Skip("meeting_outcome", ("canceled", "cancelled"), "a cancelled meeting")),
    adjust=_engagement,
)

HUBSPOT = Source(
    name="hubspot",
    title="HubSpot",
    sheets=(
        USERS,
        OWNERS,
        _pipelines("deal", ("object_type_id",)),
        _stages("deal", "closed_won"),
        _stages("ticket", "ticket_state"),
        COMPANIES,
        COMPANIES_LABELLED,
        _links("contact_company", "contact_id", "company_id"),
        CONTACT,
        CONTACT_LABELLED,
        _links("deal_company", "deal_id", "company_id"),
        DEAL,
        DEAL_LABELLED,
        _links("ticket_company", "ticket_id", "company_id"),
        _links("ticket_contact", "ticket_id", "contact_id"),
        TICKET,
        TICKET_LABELLED,
        _links("engagement_company", "engagement_id", "company_id"),
        _links("engagement_contact", "engagement_id", "contact_id"),
        MEETING,
        _engagements("call", ("hs_call_body",)),
        _engagements("email", ("hs_email_text",), ("hs_email_subject",)),
        _engagements("note", ("hs_note_body", "hs_body_preview")),
        _engagements("task", ("hs_task_body",), ("hs_task_subject",)),
        _engagements("communication", ("hs_communication_body",)),
    ),
    unneeded=(
        Unneeded(("*_history*", "*merge*"), "former states and merged records"),
        Unneeded(("email_event*", "email_campaign*"), "marketing mail, not talk with a customer"),
        Unneeded(("*contact_list*", "*form*"), "marketing lists and forms"),
        Unneeded(("property_*", "property_option*"), "the list of properties"),
        Unneeded(("role*", "*team*", "permission*"),
                 "HubSpot's own teams and log-ins; owners.csv names who owns what"),
        Unneeded(("deal_stage*",), "former stages of deals"),
        Unneeded(("ticket_pipeline_data*",), "the names of ticket pipelines"),
        Unneeded(("deal_contact*", "*_deal_data*", "ticket_engagement*", "engagement_data*"),
                 "links that Steward does not follow"),
    ),
)  # fmt: skip
