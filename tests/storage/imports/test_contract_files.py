"""Every sheet of every source, tried on a file made from its own declaration."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.imports import values as v
from storage.imports.headers import bare
from storage.imports.recognition import sources
from storage.imports.sheet import Sheet, Source
from tests.storage.imports.exports import Exports, bring, everything, of

SAMPLES: dict[object, str] = {
    v.day: "2026-0{n}-02",
    v.moment: "2026-0{n}-02 10:00:00",
    v.number: "1{n}",
    v.whole: "1{n}",
    v.flag: "false",
    v.email: "person{n}@example{n}.io",
    v.domain: "example{n}.io",
}
NAMES = frozenset({"name", "account_name"})

SHEETS = [
    pytest.param(source, sheet, id=f"{source.name}: {sheet.name}")
    for source in sources().values()
    for sheet in source.sheets
    if not source.general
]


def _cell(field: str, sheet: Sheet, number: int) -> str:
    if field in NAMES:
        return f"Name {number}"
    if field.endswith("currency"):
        return "EUR"
    sample = SAMPLES.get(sheet.converter(field), "")
    is_id = field == "other" or field.endswith("id")
    return f"k{number}" if is_id else sample.format(n=number)


def _write(exports: Exports, source: Source, sheet: Sheet) -> str:
    """Write a file with all columns of a sheet and two good lines, then one without any id."""
    headers = {bare(word): (word, "") for word in sheet.signature}
    absent = {bare(word) for word in sheet.absent}
    for field, names in sheet.columns.items():
        known = next((name for name in names if bare(name) in headers), names[0])
        if bare(known) not in absent:
            headers[bare(known)] = (known, field)
    accounts = [one for one in source.sheets if one.kind.name in {"accounts", "organizations"}]
    named = all("id" not in one.columns for one in accounts)
    fields = [field for _, field in headers.values()]
    fields = ["name" if named and field == "account_id" else field for field in fields]
    lines = [
        ";".join(_cell(field, sheet, number) if field else "" for field in fields)
        for number in (1, 2)
    ]
    broken = ";".join("" for _ in fields)[:-1] + '"a;b"'
    name = f"{sheet.files[0].strip('*').removesuffix('.csv') if sheet.files else 'report'}.csv"
    exports.write(name, ";".join(header for header, _ in headers.values()), *lines, broken)
    return name


def _partners(source: Source, sheet: Sheet) -> list[Sheet]:
    """Return what else is needed: links, and the first sheet of each kind read before."""
    before = source.sheets[: source.sheets.index(sheet)]
    links = [one for one in before if one.kind.name == "links"]
    others = {one.kind.name: one for one in reversed(before) if one not in links}
    others.pop(sheet.kind.name, None)
    return links + list(others.values())


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
async def test_a_sheets_own_file_is_recognised_read_and_the_same_a_second_time(
    sqlite: Database, exports: Exports, source: Source, sheet: Sheet
) -> None:
    for partner in _partners(source, sheet):
        _write(exports, source, partner)
    name = _write(exports, source, sheet)

    report = await bring(sqlite, exports.folder)

    file = of(report, name)
    assert (file.state, file.source, file.sheet) == ("read", source.name, sheet.name), file.reason
    assert not [one for one in file.rejected if one.line in (2, 3)]
    assert {count.table for count in file.tables} <= set(sheet.kind.tables)
    if sheet.kind.tables:
        assert sum(count.new + count.changed for count in file.tables) > 0
    state = await everything(sqlite)
    again = await bring(sqlite, exports.folder)
    assert (again.totals.new, again.totals.changed) == (0, 0)
    assert await everything(sqlite) == state


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
async def test_a_line_that_cannot_be_kept_is_named(
    sqlite: Database, exports: Exports, source: Source, sheet: Sheet
) -> None:
    path = exports / _write(exports, source, sheet)

    report = await bring(sqlite, path)

    assert 4 in [one.line for one in of(report, path.name).rejected]
    assert all(one.reason for one in of(report, path.name).rejected)
    assert Path(report.files[0].path) == path
