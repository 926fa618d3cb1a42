"""Plays as a team makes them: changed, switched off, and its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.catalogue_file.dates import due
from bot.catalogue_file.document import Path
from bot.catalogue_file.forms import PlayForm, parsed
from bot.catalogue_file.report import Report
from bot.catalogue_file.resources import NAME, NAME_SAYS
from bot.catalogue_file.texts import check
from core.catalogue import Catalogue
from core.conditions import Due
from core.facts import SCHEMA
from core.happenings import HAPPENINGS
from core.plays.play import Play
from core.wording import with_names

NEEDED = ("title", "category", "headline", "expected_outcome", "approach")
"""What a play of the team's own cannot do without, besides `needs` or `any_of`."""

LISTS = ("needs", "any_of", "unless", "supports")
_TEXTS = ("headline", "expected_outcome")
_LINES = ("approach", "talking_points")
_OWN = Play(
    name="",
    title="",
    category="engagement",
    lean="steady",
    headline="",
    needs=(),
    due=Due(7),
    expected_outcome="",
    approach=(),
    talking_points=(),
    avoid="",
    prior=0.5,
    cooldown_days=30,
    example={},
)


def plays(data: Mapping[str, Any], known: Catalogue, report: Report) -> dict[str, Play]:
    """Return all plays, with those of `data` changed, left out and added."""
    made = dict(known.plays)
    for name, entry in data.items():
        path: Path = ("plays", name)
        form = parsed(PlayForm, entry, path, report)
        if _is_mistaken(name, entry, known):
            report.unknown(path, name, known.plays, "play")
            continue
        made[name] = _play(name, form, known, report)
        _check_new(name, entry, path, known, report)
        _check_names(form, path, known, report)
        _check_texts(form, path, report)
        _check_sense(made[name], path, report)
        if form.off:
            del made[name]
    _check_all(made, data, report)
    return made


def _play(name: str, form: PlayForm, known: Catalogue, report: Report) -> Play:
    # Any: a field's value has the type that its form has checked.
    changes: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key in PlayForm.model_fields
        if key not in ("off", "due") and (value := getattr(form, key)) is not None
    }
    if form.due is not None:
        changes["due"] = due(form.due, ("plays", name, "due"), report)
    return replace(known.plays.get(name, _OWN), name=name, **changes)


def _is_mistaken(name: str, entry: Any, known: Catalogue) -> bool:
    """Tell whether an entry changes a play that does not exist, rather than being a new one."""
    written = entry if isinstance(entry, dict) else {}
    return name not in known.plays and ("off" in written or not set(NEEDED) & set(written))


def _check_new(name: str, entry: Any, path: Path, known: Catalogue, report: Report) -> None:
    if name in known.plays:
        return
    if not NAME.fullmatch(name):
        report.key(path, NAME_SAYS)
    for key in NEEDED:
        if key not in entry:
            report.key(path, f"lacks “{key}”, which a play of your own needs")


def _check_names(form: PlayForm, path: Path, known: Catalogue, report: Report) -> None:
    for key in LISTS:
        report.names((*path, key), getattr(form, key) or (), known.signals, "signal")
    report.names((*path, "resources"), form.resources or (), known.resources, "resource")
    report.names((*path, "fulfilled_by"), form.fulfilled_by or (), HAPPENINGS, "happening")


def _check_texts(form: PlayForm, path: Path, report: Report) -> None:
    known = with_names(dict.fromkeys(SCHEMA)).keys()
    for key in _TEXTS:
        check(getattr(form, key) or "", (*path, key), known, report)
    for key in _LINES:
        for at, line in enumerate(getattr(form, key) or ()):
            check(line, (*path, key, at), known, report)


def _check_sense(play: Play, path: Path, report: Report) -> None:
    """Report what can never be: a play that applies nowhere, or a signal that cannot count."""
    if not play.needs and not play.any_of:
        report.key(path, "never applies: name a signal in “needs” or “any_of”")
    for key in (*LISTS, "resources", "fulfilled_by"):
        _check_once(getattr(play, key), (*path, key), report)
    for key in ("needs", "supports"):
        for name in dict.fromkeys(getattr(play, key)):
            if name in play.unless:
                report.key((*path, "unless"), f"“{name}” is in “{key}” as well")
    if play.any_of and set(play.any_of) <= set(play.unless):
        report.key((*path, "unless"), "rules out everything in “any_of”: it never applies")


def _check_once(names: Sequence[str], path: Path, report: Report) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            report.value((*path, at), f"“{name}” is here a second time")


def _check_all(made: Mapping[str, Play], data: Mapping[str, Any], report: Report) -> None:
    if not made:
        report.key(("plays",), "no play is left: leave at least one on")
    titles: dict[str, str] = {}
    for name, play in made.items():
        other = titles.setdefault(play.title.casefold(), name)
        if other != name and play.title:
            later = name if name in data else other
            report.value(
                ("plays", later, "title"), f"“{play.title}” is what another play is called"
            )
