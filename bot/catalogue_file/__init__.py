"""The team's own catalogue: one YAML file that changes plays, signals, resources and rules.

`docs/catalogue.example.yml` shows everything that it may hold. A wrong file is refused as a whole,
with the line, the column and the reason of everything that is wrong with it.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.catalogue_file.document import read
from bot.catalogue_file.forms import RulesForm, parsed
from bot.catalogue_file.plays import plays
from bot.catalogue_file.report import Problem, Report
from bot.catalogue_file.resources import resources
from bot.catalogue_file.signals import signals
from bot.catalogue_file.summary import made
from core.catalogue import Catalogue
from core.errors import Misconfigured
from core.rules import Rules

__all__ = ["Problem", "examine", "made", "rules_of"]

SECTIONS = ("rules", "signals", "plays", "resources")
MOST_BYTES = 1_000_000


def rules_of(path: Path | None) -> Rules:
    """Return the rules with a team's file, those shipped without one; raises Misconfigured."""
    if path is None:
        return Rules.shipped()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Misconfigured(
            f"STEWARD_CATALOGUE: {path} cannot be read ({error.strerror})"
        ) from error
    rules, problems = examine(content)
    if problems:
        lines = "\n".join(f"  {one}" for one in problems)
        raise Misconfigured(f"STEWARD_CATALOGUE: {path} cannot be used:\n{lines}")
    return rules


def examine(content: bytes) -> tuple[Rules, tuple[Problem, ...]]:
    """Return what a file makes of the rules, and everything that is wrong with it, from the top.

    With problems, the rules are not to be used.
    """
    if len(content) > MOST_BYTES:
        return Rules.shipped(), (Problem(1, 1, f"is larger than {MOST_BYTES:,} bytes"),)
    report = Report(read(content))
    sections = _sections(report)
    shipped = Rules.shipped()
    known = shipped.catalogue
    made_signals = signals(sections["signals"], known.signals, report)
    made_resources = resources(sections["resources"], known.resources, report)
    made_plays = plays(
        sections["plays"],
        Catalogue(known.plays, made_signals, resources=made_resources),
        report,
    )
    version = f"{known.version}+{sha256(content).hexdigest()[:8]}"
    catalogue = Catalogue(made_plays, made_signals, version, made_resources)
    return _rules(sections["rules"], catalogue, report), report.problems


def _sections(report: Report) -> dict[str, dict[str, Any]]:
    data = report.document.data or {}
    if not isinstance(data, dict):
        report.value((), f"must hold sections: {', '.join(SECTIONS)}")
        data = {}
    for name in data:
        if name not in SECTIONS:
            report.unknown((name,), name, SECTIONS, "section")
    return {name: _section(name, data.get(name), report) for name in SECTIONS}


def _section(name: str, data: Any, report: Report) -> dict[str, Any]:
    if data is None:
        return {}
    if not isinstance(data, dict):
        report.value((name,), "must hold names with what belongs to them")
        return {}
    return data


def _rules(data: dict[str, Any], catalogue: Catalogue, report: Report) -> Rules:
    form = parsed(RulesForm, data, ("rules",), report)
    shipped = Rules.shipped()
    return Rules(
        catalogue,
        most_new=shipped.most_new if form.most_new_a_week is None else form.most_new_a_week,
        exploration=shipped.exploration if form.exploration is None else form.exploration,
        near=shipped.near if form.near is None else form.near,
    )
