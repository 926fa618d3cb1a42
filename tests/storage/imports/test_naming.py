"""What words say of activities: milestones and requests for feedback among mails and tasks."""

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, rows

ACTIVITIES = {
    ("Email", "out", "NPS survey, one question"): "feedback",
    ("Email", "out", "How likely are you to recommend us? Our survey"): "feedback",
    ("EMAIL", "", "Could we ask for feedback on the rollout?"): "feedback",
    ("Email", "out", "Re: NPS survey, one question"): "email",
    ("Email", "in", "Our answers to your survey"): "email",
    ("Email", "out", "Templates you asked for"): "email",
    ("Email", "out", "Milestone: 500 users"): "email",
    ("Call", "out", "Survey follow-up"): "call",
    ("Task", "", "Send CSAT survey"): "feedback",
    ("Task", "", "Milestone reached: first dashboard"): "milestone",
    ("Note", "", "Their second team went live"): "milestone",
    ("Note", "", "Plan for the next milestone"): "note",
    ("Milestone", "", "100 users"): "milestone",
    ("feedback", "", "Half-yearly"): "feedback",
    ("NPS survey", "", "Spring"): "feedback",
    ("value_update", "out", "Your quarter"): "value_update",
    ("To-do", "", "Prepare the visit"): "task",
}


async def test_milestones_and_requests_for_feedback_are_told_from_mails_and_tasks(
    sqlite: Database, exports: Exports
) -> None:
    exports.write("accounts.csv", "Account ID,Account Name", "1,Acme")
    exports.write(
        "activities.csv",
        "Activity ID,Account ID,Activity Type,Direction,Subject,Activity Date",
        *(
            f'{n},1,{word},{direction},"{subject}",2026-10-01'
            for n, (word, direction, subject) in enumerate(ACTIVITIES)
        ),
    )

    await bring(sqlite, exports.folder)

    found = await rows(sqlite, "activities", "subject", "kind")
    assert dict(found) == {subject: kind for (_, _, subject), kind in ACTIVITIES.items()}


async def test_the_department_of_a_contact_is_read_under_its_usual_names(
    sqlite: Database, exports: Exports
) -> None:
    exports.write("accounts.csv", "Account ID,Account Name", "1,Acme")
    exports.write(
        "contacts.csv",
        "Contact ID,Account ID,Full Name,Email,Dept",
        "a,1,Ana Lima,ana@acme.example,Finance",
        "b,1,Bo Ek,bo@acme.example,",
    )

    await bring(sqlite, exports.folder)

    assert await rows(sqlite, "contacts", "name", "department") == [
        ("Ana Lima", "Finance"),
        ("Bo Ek", None),
    ]
