"""What every source must hold to; a source added later is found and checked by itself."""

import pytest

from storage.imports.headers import bare
from storage.imports.mapping import all_kinds
from storage.imports.recognition import sources
from storage.imports.sheet import Kind, Sheet, Source
from storage.imports.writing import ORDER
from storage.tables import Base

SOURCES = sources()
SHEETS = [
    pytest.param(source, sheet, id=f"{source.name}: {sheet.name}")
    for source in SOURCES.values()
    for sheet in source.sheets
]
KINDS = {sheet.kind.name: sheet.kind for one in SOURCES.values() for sheet in one.sheets}


def test_all_sources_of_the_package_are_found() -> None:
    assert set(SOURCES) >= {"csv", "salesforce", "hubspot", "zendesk", "ravenstack", "maven"}


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_names_are_short_and_sheets_have_their_own(source: Source) -> None:
    assert source.name.isidentifier()
    assert len(source.name) <= 40
    names = [sheet.name for sheet in source.sheets]
    assert len(names) == len(set(names))
    assert all(one.reason and one.files for one in source.unneeded)
    assert all(table in Base.metadata.tables for table in source.recalls)


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
def test_a_sheet_fills_fields_that_its_kind_has(source: Source, sheet: Sheet) -> None:
    assert set(sheet.columns) <= set(sheet.kind.fields)
    assert set(sheet.convert) <= {*sheet.kind.fields, *_shared(source)}
    reachable = set(sheet.columns) | ({"id", "name", "occurred_at"} if sheet.adjust else set())
    if not source.general:
        assert set(sheet.kind.required) <= reachable


def _shared(source: Source) -> set[str]:
    """Converters may be declared once for all sheets of a source."""
    return {name for sheet in source.sheets for name in sheet.convert}


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
def test_a_sheet_can_be_recognised(source: Source, sheet: Sheet) -> None:
    assert sheet.signature or source.general
    marks = {bare(word) for word in sheet.signature}
    assert not marks & {bare(word) for word in sheet.absent}


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
def test_no_header_is_both_read_and_ignored(source: Source, sheet: Sheet) -> None:
    del source
    read = {bare(name) for names in sheet.columns.values() for name in names}
    assert not read & {bare(name) for name in sheet.ignored}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_writes_tables_that_exist_in_an_order_that_can_refer(kind: Kind) -> None:
    assert set(kind.tables) <= set(ORDER)
    assert set(kind.tables) <= set(Base.metadata.tables)
    assert set(kind.required) <= set(kind.fields)
    assert set(kind.names) <= set(kind.fields)


@pytest.mark.parametrize(("source", "sheet"), SHEETS)
def test_what_is_noticed_can_be_said(source: Source, sheet: Sheet) -> None:
    del source
    for sentence in {**sheet.kind.notes, **sheet.notes}.values():
        assert sentence.format(count="1", of="2", share="50 %").endswith((".", ")."))


def test_every_kind_can_be_named_in_a_mapping() -> None:
    assert set(all_kinds()) >= {
        "people", "accounts", "contacts", "contracts", "deals", "tickets", "health", "usage",
        "meetings", "activities", "risks",
    }  # fmt: skip


def test_the_order_of_tables_lets_rows_refer_to_each_other() -> None:
    for place, name in enumerate(ORDER):
        for key in Base.metadata.tables[name].foreign_keys:
            target = key.column.table.name
            assert target == name or ORDER.index(target) < place
