"""The real exports, where they lie beside the checkout; skipped, and said so, where they do not."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.imports import ImportReport, undo
from tests.storage.imports.exports import NOW, bring, everything, of, rows

DATA = Path(__file__).parents[3].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real exports are not in ../shared/data"
)

FOLDERS = [
    "ravenstack", "maven_crm", "crm_exports/salesforce", "crm_exports/hubspot",
    "crm_exports/zendesk",
]  # fmt: skip


def _said(report: ImportReport) -> str:
    return " ".join(finding.text for file in report.files for finding in file.findings)


@pytest.mark.parametrize("folder", FOLDERS)
async def test_a_real_export_goes_in_once_and_comes_out_whole(
    sqlite: Database, folder: str
) -> None:
    empty = await everything(sqlite)
    report = await bring(sqlite, DATA / folder)
    state = await everything(sqlite)

    again = await bring(sqlite, DATA / folder)

    assert report.totals.new > 0
    assert {file.state for file in report.files} <= {"read", "not needed"}
    assert (again.totals.new, again.totals.changed, again.written) == (0, 0, False)
    assert await everything(sqlite) == state
    await undo(sqlite, str(report.import_id), NOW)
    assert await everything(sqlite) == empty


async def test_ravenstacks_defects_have_the_measured_counts(sqlite: Database) -> None:
    report = await bring(sqlite, DATA / "ravenstack")

    said = _said(report)
    assert "19,417 of 25,000 usage lines (77.7 %)" in said
    assert "21 of 25,000 usage ids" in said
    assert "1,077 of 2,000 tickets (53.9 %)" in said
    assert "825 of 2,000 satisfaction scores are empty" in said
    assert "5,000 of 5,000 subscriptions have a churn_flag" in said
    assert "277 accounts have churn events although" in said
    assert "35 accounts have churn_flag set and no churn event" in said
    assert "61 of 600 events are marked as reactivations" in said
    assert len(of(report, "ravenstack_feature_usage.csv").rejected) == 21
    assert report.newest is not None
    assert report.newest.isoformat() == "2024-12-31"
    assert len(await rows(sqlite, "customers", "id")) == 500


async def test_mavens_defects_have_the_measured_counts(sqlite: Database) -> None:
    report = await bring(sqlite, DATA / "maven_crm")

    said = _said(report)
    assert "12 of 85 lines: the sector 'technolgy'" in said
    assert "1,258 of 8,800 deals name a product" in said
    assert len(of(report, "sales_pipeline.csv").rejected) == 1425
    assert {one.fact for one in report.missing} >= {"ARR", "health scores", "usage", "contacts"}
