"""Resources as a team makes them: templates of its own, and links to its pages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.catalogue_file.document import Path
from bot.catalogue_file.forms import ResourceForm, parsed
from bot.catalogue_file.report import Report
from bot.catalogue_file.texts import check
from core.drafts import places
from core.resources.resource import Resource

NAME = re.compile(r"[a-z][a-z0-9_]{2,59}")
NAME_SAYS = "must be a name of small letters, digits and _, 3 to 60 of them"

_MINUTES = 30
_HTTPS = re.compile(r"https://[^\s<>|\"\\^`{}]+")


def resources(
    data: Mapping[str, Any], shipped: Mapping[str, Resource], report: Report
) -> dict[str, Resource]:
    """Return all resources, with those of `data` changed and added."""
    made = dict(shipped)
    for name, entry in data.items():
        path: Path = ("resources", name)
        form = parsed(ResourceForm, entry, path, report)
        if not NAME.fullmatch(name):
            report.key(path, NAME_SAYS)
        written = entry if isinstance(entry, dict) else {}
        made[name] = _made(name, form, made.get(name), path, report)
        _check(made[name], written, path, report)
    return made


def _made(
    name: str, form: ResourceForm, known: Resource | None, path: Path, report: Report
) -> Resource:
    kind = form.kind or (known.kind if known and not form.url else "link" if form.url else "email")
    old = known or Resource(name, name, kind)
    if known is None and form.title is None and ("title" not in _keys(path, report)):
        report.key(path, "lacks “title”")
    event = kind in ("agenda", "call")
    return replace(
        old,
        kind=kind,
        title=form.title or old.title,
        to=form.to or old.to,
        subject=old.subject if form.subject is None else form.subject,
        body=form.body or ("" if kind == "link" else old.body),
        minutes=(form.minutes or old.minutes or _MINUTES) if event else 0,
        url=form.url or "" if kind == "link" else "",
    )


def _check(one: Resource, written: Mapping[str, Any], path: Path, report: Report) -> None:
    """Report what a resource lacks for its kind, and what its kind has no use for."""
    needed = "url" if one.kind == "link" else "body"
    if needed not in written and not getattr(one, needed):
        report.key(path, f"lacks “{needed}”, which {_a(one.kind)} needs")
    for key in _useless(one):
        if key in written:
            report.key((*path, key), f"is of no use to {_a(one.kind)}")
    if one.url and not _is_https(one.url):
        report.value((*path, "url"), "must be an address that begins with https://")
    for key in ("subject", "body"):
        check(str(written.get(key) or ""), (*path, key), places(), report)


def _useless(one: Resource) -> tuple[str, ...]:
    if one.kind == "link":
        return ("body", "subject", "to", "minutes")
    return ("url",) if one.minutes else ("url", "minutes")


def _a(kind: str) -> str:
    return {"email": "an e-mail", "agenda": "an agenda", "outline": "an outline"}.get(
        kind, f"a {kind}"
    )


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    named = bool(parts.hostname) and parts.username is None
    return bool(_HTTPS.fullmatch(url)) and named


def _keys(path: Path, report: Report) -> set[str]:
    depth = len(path)
    ways = (way for way in report.document.keys if way[:depth] == path and len(way) == depth + 1)
    return {str(way[-1]) for way in ways}
