"""What an earlier import brought and a later export of the same list no longer has."""

from storage.database import Database
from storage.imports import ImportReport
from tests.storage.imports.exports import Exports, bring, of, rows

HEADER = "Account ID,Account Name,ARR"
LINES = ("1,Acme,100", "2,Beta,100", "3,Gamma,100")


def _said(report: ImportReport) -> str:
    return " ".join(finding.text for file in report.files for finding in file.findings)


async def test_accounts_that_a_later_export_no_longer_has_are_counted_and_kept(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("book.csv", HEADER, *LINES))

    report = await bring(sqlite, exports.write("book.csv", HEADER, *LINES[:2]))

    (finding,) = (one for one in of(report, "book.csv").findings if "before" in one.text)
    assert finding.text.startswith("1 account that was imported before is not in this import")
    assert finding.count == 1
    assert len(await rows(sqlite, "customers", "id")) == 3


async def test_contacts_too(sqlite: Database, exports: Exports) -> None:
    header = "Contact ID,Contact Name,Account Name"
    people = [f"{n},Person {n},Acme" for n in range(5)]
    await bring(sqlite, exports.write("book.csv", HEADER, *LINES))
    await bring(sqlite, exports.write("contacts.csv", header, *people))

    report = await bring(sqlite, exports.write("contacts.csv", header, *people[:3]))

    assert "2 contacts that were imported before are not in this import" in _said(report)


async def test_a_whole_list_and_parts_of_one_say_nothing(
    sqlite: Database, exports: Exports
) -> None:
    whole = exports.write("book.csv", HEADER, *LINES)
    assert "before" not in _said(await bring(sqlite, whole))

    assert "imported before" not in _said(await bring(sqlite, whole))
    halves = exports.write("a.csv", HEADER, *LINES[:2]), exports.write("b.csv", HEADER, LINES[2])
    assert "imported before" not in _said(await bring(sqlite, *halves))
    part = exports.write("part.csv", HEADER, "1,Acme,200")
    assert "imported before" not in _said(await bring(sqlite, part))
    other = exports.write("Account.csv", "Id,Name,OwnerId", "0015500000Xyy06AAB,Hooli,")
    assert "imported before" not in _said(await bring(sqlite, other))
