"""The audit of the packages: what it lists is what is locked, and no weakness passes in silence."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent.parent
AUDIT = runpy.run_path(str(HERE / ".ci" / "audit.py"))
WEAK = {"id": "PYSEC-1", "fix_versions": ["1.1"]}


def test_the_sbom_lists_every_locked_package_with_its_hashes() -> None:
    lock = (HERE / "requirements.lock").read_text()

    listed = json.loads(AUDIT["sbom"](list(AUDIT["packages"](lock))))

    assert listed["bomFormat"] == "CycloneDX"
    names = {f"{one['name']}=={one['version']}" for one in listed["components"]}
    assert names == {line.split()[0] for line in lock.splitlines() if line[:1].isalnum()}
    assert sum(len(one["hashes"]) for one in listed["components"]) == lock.count("--hash=")


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "No weakness is known in 1 packages."),
        ([{"name": "a", "version": "1", "vulns": [WEAK]}], 1, "a 1: PYSEC-1, mended in ['1.1']"),
        ([{"name": "b", "skip_reason": "not found"}], 1, "b: not found"),
    ],
    ids=["clean", "weak", "not looked up"],
)
def test_a_weakness_and_what_could_not_be_looked_up_fail_it(
    found: list[dict[str, Any]], code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert AUDIT["verdict"](found) == code
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_registry(name: str) -> None:
    assert "://" not in "".join(
        line for line in (HERE / name).read_text().splitlines() if not line.lstrip().startswith("#")
    )
