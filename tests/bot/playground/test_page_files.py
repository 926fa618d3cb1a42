import json
import re
from pathlib import Path

from bot.playground.server import DIST, PAGE_FILES

SOURCE = DIST.parent
BUNDLED = re.compile(r"^(\S+) \d\S* · (\S+)", re.MULTILINE)
CARRIED = re.compile(r"^(\S+) \(carried inside", re.MULTILINE)


def test_every_file_that_is_served_is_shipped() -> None:
    assert {path.name for path in DIST.iterdir()} == set(PAGE_FILES.values())


def test_the_page_names_only_files_that_are_served() -> None:
    html = (DIST / "index.html").read_text()

    named = re.findall(r'(?:src|href)="([^"#]+)"', html)

    assert named
    assert set(named) <= set(PAGE_FILES)


def test_every_locked_package_that_runs_in_the_page_has_its_licence_listed() -> None:
    licences = (DIST / "THIRD-PARTY-LICENSES.txt").read_text()
    listed = dict(BUNDLED.findall(licences))

    direct = json.loads((SOURCE / "package.json").read_text())["dependencies"]

    assert set(direct) <= set(listed)
    assert set(listed) <= locked()
    assert set(CARRIED.findall(licences)) == {"@yozora/parser", "tailwindcss"}
    assert set(listed.values()) <= {"MIT", "ISC"}


def test_the_lock_names_no_registry() -> None:
    lock = (SOURCE / "package-lock.json").read_text()

    assert '"resolved"' not in lock
    assert "http" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", lock)
    assert all("integrity" in entry for entry in packages(lock).values())


def test_the_bundle_calls_no_other_host_and_evaluates_nothing() -> None:
    script = (DIST / "page.js").read_text()

    assert not re.search(r"\beval\(|new Function\(", script)
    assert not re.search(r"fetch\(\s*[\"'`]https?:", script)


def locked() -> set[str]:
    """Return the names of all packages in the lock."""
    return set(packages((SOURCE / "package-lock.json").read_text()))


def packages(lock: str) -> dict[str, dict[str, object]]:
    """Return the lock's packages by name, without the page itself."""
    entries = json.loads(lock)["packages"]
    return {path.split("node_modules/")[-1]: entry for path, entry in entries.items() if path}


def test_the_sources_are_beside_the_bundle() -> None:
    assert Path(SOURCE / "src" / "main.jsx").exists()
