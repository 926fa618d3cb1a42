"""The facts of what is used and by whom: fading features, active and idle departments."""

from typing import Any

from storage.database import Database
from storage.facts import Window, read
from storage.tables import Activity, Contact, Usage
from tests.storage.book import NOW, begin, day, days_ago, row, save


async def _facts(database: Database, account: str) -> dict[str, Any]:
    async with database.read() as session:
        found = await read(session, Window(NOW, accounts=(account,)))
    return found.row(0, named=True)


def _weekly(metric: str, now: float, then: float, **more: Any) -> list[Any]:
    """Eight weeks of a metric: four at `now`, four before them at `then`."""
    return [
        row(
            Usage,
            customer_id=more.get("account", "beta"),
            recorded_on=day(7 * week + more.get("ends", 0)),
            metric=metric,
            value=now if week < 4 else then,
            source=more.get("source", "test"),
        )
        for week in range(more.get("weeks", 8))
    ]


async def test_the_feature_that_fell_most_in_four_weeks_is_named(database: Database) -> None:
    await begin(database)
    await save(
        database,
        *_weekly("reports", 30.0, 50.0),
        *_weekly("automations", 45.0, 50.0),
        *_weekly("dashboards", 90.0, 50.0),
        *_weekly("active_users", 1.0, 50.0),
        *_weekly("feature_adoption", 1.0, 50.0),
        *_weekly("usage", 1.0, 50.0),
        *_weekly("exports", 1.0, 50.0, weeks=6),
    )

    facts = await _facts(database, "beta")

    assert (facts["fading_metric"], facts["fading_change"]) == ("reports", -40.0)
    assert (facts["fading_on"], facts["fading_source"]) == (day(0), "test")


async def test_where_no_feature_fell_none_is_named_but_that_is_known(database: Database) -> None:
    await begin(database)
    await save(database, *_weekly("reports", 50.0, 50.0), *_weekly("dashboards", 9.0, 0.0))

    facts, other = await _facts(database, "beta"), await _facts(database, "alpha")

    assert (facts["fading_metric"], facts["fading_change"]) == (None, None)
    assert (facts["fading_on"], other["fading_on"]) == (day(0), None)


async def test_two_sources_of_a_features_use_are_not_mixed(database: Database) -> None:
    await begin(database)
    await save(
        database,
        *_weekly("reports", 40.0, 50.0),
        *_weekly("reports", 40.0, 50.0, ends=3),
        *_weekly("reports", 1.0, 900.0, source="other"),
    )

    facts = await _facts(database, "beta")

    assert round(facts["fading_change"]) == -20


def _people(**departments: str) -> list[Any]:
    return [
        row(Contact, id=id, customer_id="beta", name=id.title(), department=department)
        for id, department in departments.items()
    ]


async def test_departments_are_active_or_idle_by_who_signed_in_within_90_days(
    database: Database,
) -> None:
    await begin(database)
    seen = {"customer_id": "beta", "kind": "login"}
    await save(
        database,
        *_people(ana="Sales", bo="Sales", cy="Support", di="Finance", ed="Finance", flo="Legal"),
        row(
            Contact,
            customer_id="beta",
            name="Boss",
            department="Board",
            role="executive_sponsor",
        ),
        row(Contact, customer_id="beta", name="Gone", department="IT", left_on=day(2)),
        row(Contact, customer_id="beta", name="Nowhere"),
        row(Activity, contact_id="ana", occurred_at=days_ago(3), **seen),
        row(Activity, contact_id="ana", occurred_at=days_ago(4), **seen),
        row(Activity, contact_id="cy", occurred_at=days_ago(89), **seen),
        row(Activity, contact_id="di", occurred_at=days_ago(95), **seen),
    )

    facts, other = await _facts(database, "beta"), await _facts(database, "alpha")

    assert (facts["departments_active"], facts["idle_department"]) == (2, "Finance")
    assert (facts["departments_on"], facts["departments_source"]) == (day(3), "test")
    assert (other["departments_active"], other["departments_on"]) == (None, None)


async def test_of_idle_departments_of_one_size_the_first_by_name_is_told(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        *_people(ana="Sales", bo="Marketing"),
        row(Activity, customer_id="gamma", kind="login", occurred_at=days_ago(1)),
    )

    facts = await _facts(database, "beta")

    assert (facts["departments_active"], facts["idle_department"]) == (0, "Marketing")


async def test_where_no_sign_ins_arrive_no_department_is_called_idle(database: Database) -> None:
    await begin(database)
    await save(database, *_people(ana="Sales"))

    facts = await _facts(database, "beta")

    assert (facts["departments_active"], facts["idle_department"]) == (None, None)
    assert facts["departments_on"] is None
