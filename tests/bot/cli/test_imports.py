import io
import json
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.cli.imports import imported
from storage.database import Database
from tests.storage.imports.exports import NOW, Exports, rows

BOOK = (
    "Account ID,Account Name,AnnualRevenue,Seats Sold?,Customer Since",
    "1,[bold]Acme[/bold],5,1,2026-01-01",
    "2,,5,1,2026-01-01",
    "3,Gamma,5,1,soon",
)


async def steward(database: Database, *paths: Path, **options: Any) -> tuple[int, str]:
    """Run the command and return its exit code and what it printed."""
    out = io.StringIO()
    given = {
        "source": None, "mapping": None, "dry_run": False, "strict": False, "undo": None,
        "list_": False, "as_json": False,
    } | options  # fmt: skip
    code = await imported(
        database, list(paths), console=Console(file=out, width=100, highlight=False), now=NOW,
        **given,
    )  # fmt: skip
    return code, out.getvalue()


async def test_the_report_names_lines_columns_and_the_next_step(
    sqlite: Database, tmp_path: Path
) -> None:
    path = Exports(tmp_path).write("[red]book.csv", *BOOK)

    code, said = await steward(sqlite, path)

    assert code == 2
    assert "[red]book.csv" in said
    assert "rejected: line 3, Account Name: the cell is empty and must not be" in said
    assert "rejected: line 4, Customer Since: 'soon' is not a date" in said
    assert "columns ignored: AnnualRevenue: this is usually the customer's own turnover" in said
    assert "What this data lacks" in said
    assert "steward import --undo" in said


async def test_a_dry_run_ends_with_how_to_do_it(sqlite: Database, tmp_path: Path) -> None:
    code, said = await steward(sqlite, Exports(tmp_path).write("b.csv", *BOOK), dry_run=True)

    assert code == 2
    assert "nothing was changed. Run it again without --dry-run" in said
    assert await rows(sqlite, "customers", "id") == []


async def test_strict_says_that_nothing_was_changed(sqlite: Database, tmp_path: Path) -> None:
    _, said = await steward(sqlite, Exports(tmp_path).write("b.csv", *BOOK), strict=True)

    assert "--strict wants every line" in said


async def test_json_has_everything_and_nothing_else(sqlite: Database, tmp_path: Path) -> None:
    exports = Exports(tmp_path)
    exports.write("book.csv", *BOOK)
    strange = exports.write("poems.csv", "verse,rhyme", "roses,red")

    code, said = await steward(sqlite, tmp_path, as_json=True)

    told = json.loads(said)
    assert code == told["exit_code"] == 2
    assert told["totals"]["rejected"] == 2
    assert told["files"][0]["rejected"][0] == {
        "line": 3,
        "column": "Account Name",
        "reason": "the cell is empty and must not be",
    }
    assert 'kind = "accounts"' in told["proposals"][str(strange)]


async def test_a_stranger_gets_a_mapping_proposed(sqlite: Database, tmp_path: Path) -> None:
    path = Exports(tmp_path).write("poems.csv", "verse,rhyme", "roses,red")

    code, said = await steward(sqlite, path)

    assert code == 1
    assert "[file.columns]" in said
    assert "Nothing could be read" in said


async def test_imports_are_listed_and_taken_back_by_the_beginning_of_their_id(
    sqlite: Database, tmp_path: Path
) -> None:
    assert "Nothing was imported yet" in (await steward(sqlite, list_=True))[1]
    await steward(sqlite, Exports(tmp_path).write("b.csv", *BOOK))
    (listed,) = json.loads((await steward(sqlite, list_=True, as_json=True))[1])
    assert listed["id"][:8] in (await steward(sqlite, list_=True))[1]

    code, said = await steward(sqlite, undo=listed["id"][:8])

    assert code == 0
    assert "1 rows removed" in said
    assert "undone" in (await steward(sqlite, list_=True))[1]
    assert await rows(sqlite, "customers", "id") == []


async def test_a_second_time_there_is_nothing_to_change(sqlite: Database, tmp_path: Path) -> None:
    path = Exports(tmp_path).write("b.csv", "Account ID,Account Name", "1,Acme")
    await steward(sqlite, path)

    code, said = await steward(sqlite, path)

    assert code == 0
    assert "all of it was in already" in said
