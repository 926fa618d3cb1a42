import re
from pathlib import Path

import storage.sources
from storage.database import Database
from storage.imports.mapping import all_kinds, load
from storage.imports.recognition import sources
from tests.storage.imports.exports import Exports, bring, rows

README = Path(storage.sources.__path__[0]) / "README.md"


def test_the_readme_lists_every_field_of_every_kind() -> None:
    text = README.read_text(encoding="utf-8")

    for kind in all_kinds().values():
        (line,) = re.findall(rf"^\| `{kind.name}` \| (.+) \|$", text, re.MULTILINE)
        assert line.replace("*", "").split(", ") == list(kind.fields)
        assert set(re.findall(r"\*\*(\w+)\*\*", line)) == set(kind.required)


def test_the_readme_names_every_source() -> None:
    text = README.read_text(encoding="utf-8")

    assert all(f"`{name}`" in text for name in sources())


async def test_the_readmes_mappings_can_be_used(sqlite: Database, exports: Exports) -> None:
    text = README.read_text(encoding="utf-8")
    own, salesforce = re.findall(r"```toml\n(.+?)```", text, re.DOTALL)
    exports.write("salesforce.toml", salesforce)
    load(exports / "salesforce.toml")
    mapping = exports.write("gainsight.toml", own)
    path = exports.write(
        "company_2026.csv",
        "Gsid,Company Name,ARR,Overall Score,Churn Score",
        '1,Acme,"1.234,5","7,5",9',
    )

    report = await bring(sqlite, path, mapping=mapping)

    assert report.exit_code == 0
    assert await rows(sqlite, "customers", "source", "name", "arr") == [
        ("gainsight", "Acme", 1234.5)
    ]
    assert await rows(sqlite, "health_score_history", "score") == [(75.0,)]
