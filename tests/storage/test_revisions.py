"""A revision may run while replicas of the version before still do: it only adds.

What becomes needless is dropped by a later release, when nobody uses it any more.
"""

import importlib
import io
import re
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from storage import migrations

VERSIONS = Path(str(migrations.__file__)).parent / "versions"
SINCE = "0004"
"""Before this one nothing was released to more than one machine."""

REVISIONS = [path.stem for path in sorted(VERSIONS.glob("0*.py")) if path.stem >= SINCE]

LOOSENS = r"DROP CONSTRAINT fk_\w+"
"""A key that is no longer asked for is in nobody's way."""

FORBIDDEN = (
    r"\bDROP (?:TABLE|COLUMN|INDEX|CONSTRAINT|VIEW|TYPE)\b",
    r"\bRENAME\b",
    r"\bALTER COLUMN \w+ (?:TYPE|SET NOT NULL)\b",
    r"\bADD COLUMN \w+ (?:(?!DEFAULT).)*\bNOT NULL\b(?!.*\bDEFAULT\b)",
    r"\b(?:TRUNCATE TABLE|DELETE FROM)\b",
)


def _statements(revision: str) -> list[str]:
    """Return what a revision would have PostgreSQL do."""
    script = importlib.import_module(f"storage.migrations.versions.{revision}")
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )
    with Operations.context(context):
        script.upgrade()
    return [" ".join(one.split()) for one in written.getvalue().split(";")]


def wrong(statements: list[str]) -> list[str]:
    return [
        one
        for one in statements
        if not re.search(LOOSENS, one)
        and any(re.search(rule, one, re.IGNORECASE) for rule in FORBIDDEN)
    ]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_only_adds(revision: str) -> None:
    statements = _statements(revision)

    assert any(statements)
    assert wrong(statements) == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE inbox DROP COLUMN body",
        "DROP TABLE inbox",
        "ALTER TABLE inbox RENAME COLUMN body TO said",
        "ALTER TABLE inbox ALTER COLUMN body SET NOT NULL",
        "ALTER TABLE inbox ADD COLUMN turn VARCHAR(20) NOT NULL",
    ],
)
def test_what_an_old_replica_would_stumble_over_is_found(statement: str) -> None:
    assert wrong([statement]) == [statement]
    assert wrong(["ALTER TABLE inbox ADD COLUMN turn VARCHAR DEFAULT '' NOT NULL"]) == []
