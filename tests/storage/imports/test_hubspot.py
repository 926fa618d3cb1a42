from datetime import date

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, of, rows

COMPANIES = (
    "id,is_deleted,property_name,property_domain,property_createdate,property_annualrevenue,"
    "property_hubspot_owner_id,property_hs_all-funky-a9384-syntax",
    "11,false,Acme,acme.io,2024-01-01,5000000,7,1",
    "12,true,Gone,gone.io,2024-01-01,,7,1",
)
OWNERS = (
    "owner_id,_fivetran_synced,type,email,first_name,last_name,active_user_id",
    "7,2026-01-01,PERSON,hashed==,Ana,Lima,70",
    "8,2026-01-01,PERSON,ben@steward.example,Ben,Ode,",
)
USERS = ("id,primary_team_id,role_id,email,first_name,last_name", "70,1,1,ana@steward.example,A,L")


async def test_connector_names_are_read_and_owners_get_their_log_ins_address(
    database: Database, exports: Exports
) -> None:
    exports.write("company_data.csv", *COMPANIES)
    exports.write("owner_data.csv", *OWNERS)
    exports.write("users_data.csv", *USERS)

    report = await bring(database, exports.folder)

    assert await rows(database, "csms", "name", "email") == [
        ("Ana Lima", "ana@steward.example"),
        ("Ben Ode", "ben@steward.example"),
    ]
    ((name, owner),) = await rows(database, "customers", "name", "csm_id")
    assert (name, bool(owner)) == ("Acme", True)
    file = of(report, "company_data.csv")
    assert "not what it pays you (ARR)" in file.ignored["property_annualrevenue"]
    assert file.skipped == (("deleted in HubSpot", 1),)


async def test_deals_go_by_their_association_file_and_show_labels_of_stages(
    database: Database, exports: Exports
) -> None:
    exports.write("company_data.csv", *COMPANIES)
    exports.write(
        "deal_company_data.csv", "company_id,deal_id,type_id", "11,1,5", "11,2,5", "11,3,5"
    )
    exports.write(
        "deal_pipeline_data.csv",
        "pipeline_id,label,display_order,active",
        "default,Sales,0,TRUE",
        "777,Renewals 2027,1,TRUE",
    )
    exports.write(
        "deal_pipeline_stage_data.csv",
        "stage_id,label,pipeline_id,closed_won,is_closed",
        "s1,Contract sent,default,FALSE,FALSE",
        "s2,Signed,default,TRUE,TRUE",
    )
    exports.write(
        "deal_data.csv",
        "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,property_dealname,"
        "property_createdate,property_amount,property_closedate",
        "1,false,default,s1,More seats,2026-01-01,500,2026-12-31",
        "2,false,777,s1,Acme,2026-01-01,900,2027-03-31",
        "3,false,default,s2,Add-on,2026-01-01,100,2026-02-01",
        "4,false,default,s1,Nobody's,2026-01-01,1,2026-02-01",
    )

    report = await bring(database, exports.folder)

    chances = await rows(database, "expansion_opportunities", "name", "stage", "won")
    assert chances == [("Add-on", "Signed", True), ("More seats", "Contract sent", None)]
    assert await rows(database, "renewal_pipeline", "renews_on") == [(date(2027, 3, 31),)]
    (rejected,) = of(report, "deal_data.csv").rejected
    assert (rejected.line, rejected.reason) == (
        5,
        "no company is associated with it, in its line or in deal_company",
    )


async def test_labels_of_the_screen_export_are_read(database: Database, exports: Exports) -> None:
    exports.write(
        "companies.csv",
        "Record ID,Company name,Company Domain Name,Annual Revenue,Company owner,Create Date",
        '11,Acme,acme.io,"5,000,000",Ana Lima (ana@steward.example),2024-01-01 10:00',
    )
    exports.write(
        "contacts.csv",
        "Record ID,First Name,Last Name,Email,Job Title,Buying Role,"
        "Associated Company IDs (Primary)",
        "21,Sarah,Lin,sarah@acme.io,VP,Champion,11",
    )
    exports.write(
        "tickets.csv",
        "Record ID,Ticket name,Ticket status,Priority,Create date,Close date,"
        "Associated Company IDs",
        "31,It broke,New,High,2026-10-01 10:00,,11;12",
    )
    exports.write(
        "deals.csv",
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company",
        "41,Renewal 2027,Closed Won,100,2026-10-01,Acme",
    )

    report = await bring(database, exports.folder)

    assert report.totals.rejected == 0
    assert await rows(database, "csms", "name", "email") == [("Ana Lima", "ana@steward.example")]
    assert await rows(database, "contacts", "name", "role") == [("Sarah Lin", "champion")]
    assert await rows(database, "support_tickets", "subject", "priority") == [("It broke", "high")]
    assert await rows(database, "renewal_pipeline", "won", "stage") == [(True, "Closed Won")]


async def test_engagements_find_their_company_through_association_or_contact(
    database: Database, exports: Exports
) -> None:
    exports.write("company_data.csv", *COMPANIES)
    exports.write("contact_company_data.csv", "contact_id,company_id,type_id", "21,11,1")
    exports.write(
        "contact_data.csv",
        "id,property_email,property_firstname,property_lastname,property_createdate,"
        "property_job_function",
        "21,sarah@acme.io,Sarah,Lin,2025-01-01,Logistics",
    )
    exports.write(
        "engagement_company_data.csv", "engagement_id,company_id,type_id", "e1,11,1", "m1,11,1"
    )
    exports.write(
        "engagement_contact_data.csv", "engagement_id,contact_id,type_id", "e2,21,1", "e3,21,1"
    )
    exports.write(
        "engagement_email_data.csv",
        "engagement_id,type,property_hs_timestamp,property_hs_email_subject,"
        "property_hs_email_direction",
        "e1,EMAIL,2026-10-01 10:00:00.123000,Hello,EMAIL",
        "e2,EMAIL,2026-10-02 10:00:00,Our NPS survey,EMAIL",
        "e3,EMAIL,2026-10-03 10:00:00,Your NPS survey,INCOMING_EMAIL",
    )
    exports.write(
        "engagement_meeting_data.csv",
        "engagement_id,start_time,end_time,title,meeting_outcome",
        "m1,2026-12-01 10:00:00,2026-12-01 11:00:00,Kick-off,",
        "m2,1970-01-19 07:11:34.800,1970-01-19 07:11:40.200,Broken,",
    )

    report = await bring(database, exports.folder)

    assert await rows(database, "activities", "kind", "direction", "subject") == [
        ("email", "in", "Your NPS survey"),
        ("email", "out", "Hello"),
        ("feedback", "out", "Our NPS survey"),
    ]
    assert await rows(database, "contacts", "department") == [("Logistics",)]
    assert await rows(database, "meetings", "kind") == [("kickoff",)]
    (rejected,) = of(report, "engagement_meeting_data.csv").rejected
    assert (rejected.line, rejected.column) == (3, "start_time")
    assert "1970" in rejected.reason
