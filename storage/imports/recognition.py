"""Decide which source and sheet each file is, by its headers first and its name second."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from core.errors import ImportFailed
from core.members import members
from storage.imports.headers import Columns, bare, match, systems_own
from storage.imports.kinds.accounts import unscaled
from storage.imports.opening import Text, examine
from storage.imports.records import Head, head
from storage.imports.report import State
from storage.imports.sheet import Sheet, Source
from storage.imports.values import Converter

SUFFIXES = (".csv", ".tsv", ".txt")
"""Files of a folder that are looked at; a file named by itself may be called anything."""


_COMMON = frozenset({"type", "lifecycle"})
"""Fields whose headers stand in all kinds of tables, so that they do not tell what a table is."""


_FIRST = frozenset({"people", "accounts"})
"""Kinds that others refer to."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file with its headers."""

    text: Text
    head: Head


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is a sheet of a source, with its columns."""

    text: Text
    head: Head
    source: Source
    sheet: Sheet
    columns: Columns


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not read, and why."""

    path: Path
    state: State
    reason: str
    source: str = ""
    headers: tuple[str, ...] = ()


def sources() -> dict[str, Source]:
    """Return every source that is declared in storage.sources, by name."""
    from storage import sources as package  # its modules import this package

    return {source.name: source for source in members(package, Source)}


def files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are meant: those named, and the tables in the folders named."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ImportFailed(str(path), "There is no such file or folder. Check the path.")
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [f for f in inside if f == path or f.suffix.lower() in SUFFIXES]
    if not found:
        raise ImportFailed(
            ", ".join(str(path) for path in paths) or "nothing",
            f"No tables are in there. Name the folder that holds {', '.join(SUFFIXES)} files.",
        )
    return list(dict.fromkeys(found))


def recognise(
    paths: Sequence[Path], among: Sequence[Source], *, max_bytes: int
) -> tuple[list[Found], list[Left]]:
    """Sort files into those that are sheets of a source, in reading order, and the others."""
    left: list[Left] = []
    candidates: list[Candidate] = []
    for path in paths:
        try:
            text = examine(path, max_bytes=max_bytes)
            candidates.append(Candidate(text, head(text)))
        except ImportFailed as error:
            left.append(Left(path, "unreadable", error.message))
    special = [source for source in among if not source.general]
    leading = _leading(candidates, special)
    found: list[Found] = []
    for candidate in candidates:
        judged = _judge(candidate, among, leading.get(candidate.text.path.parent))
        (found if isinstance(judged, Found) else left).append(judged)  # type: ignore[arg-type]  # one of the two
    return sorted(found, key=lambda one: _order(one, among)), left


def _order(found: Found, among: Sequence[Source]) -> tuple[int, int, int, str]:
    return (
        _turn(found),
        [source.name for source in among].index(found.source.name),
        [sheet.name for sheet in found.source.sheets].index(found.sheet.name),
        found.text.path.name,
    )


def _turn(found: Found) -> int:
    """Let plain lists of people and accounts go before a last source, other plain tables after."""
    if found.source.general:
        return 1 if found.sheet.kind.name in _FIRST else 3
    return 2 if found.source.last else 0


def _leading(candidates: Iterable[Candidate], special: Sequence[Source]) -> dict[Path, Source]:
    """Find for every folder the source whose signatures it shows most."""
    votes: dict[Path, Counter[str]] = {}
    for candidate in candidates:
        words = _words(candidate)
        for source in special:
            best = max((_weight(sheet, candidate, words) for sheet in source.sheets), default=0.0)
            if best:
                votes.setdefault(candidate.text.path.parent, Counter())[source.name] += int(best)
    by_name = {source.name: source for source in special}
    return {folder: by_name[count.most_common(1)[0][0]] for folder, count in votes.items()}


def _judge(candidate: Candidate, among: Sequence[Source], leading: Source | None) -> Found | Left:
    name = candidate.text.path.name
    if leading and (unneeded := next((u for u in leading.unneeded if u.fits(name)), None)):
        return Left(candidate.text.path, "not needed", unneeded.reason, leading.name)
    words = _words(candidate)
    choices = [
        (_weight(sheet, candidate, words) + (0.4 if source is leading else 0), source, sheet)
        for source in among
        if not (source.general and leading and any(map(systems_own, candidate.head.headers)))
        for sheet in source.sheets
    ]
    weight, source, sheet = max(choices, key=_rank, default=(0.0, None, None))
    if not (source and sheet) or weight < 1:
        reason = "no source has a sheet with these headers"
        return Left(candidate.text.path, "not recognised", reason, headers=candidate.head.headers)
    return _found(candidate, source, sheet)


def _rank(choice: tuple[float, Source, Sheet]) -> tuple[bool, float]:
    """Put a source that knows a file's headers before those that take any table."""
    weight, source, _ = choice
    return weight >= 1 and not source.general, weight


def _words(candidate: Candidate) -> frozenset[str]:
    return frozenset(bare(header) for header in candidate.head.headers)


def _weight(sheet: Sheet, candidate: Candidate, words: frozenset[str]) -> float:
    """Return how surely a file is a sheet: its signature's length, then columns, then name."""
    if any(bare(word) in words for word in sheet.absent):
        return 0.0
    if not sheet.signature or not all(bare(word) in words for word in sheet.signature):
        return _by_columns(sheet, words) if not sheet.signature else 0.0
    columns = sum(any(bare(n) in words for n in names) for names in sheet.columns.values())
    named = any(fnmatch(candidate.text.path.name.lower(), pattern) for pattern in sheet.files)
    return len(sheet.signature) + columns / 1000 + 0.5 * named


def _by_columns(sheet: Sheet, words: frozenset[str]) -> float:
    """Judge a sheet without a signature by how many of its fields a file has."""
    have = {
        name
        for name, names in sheet.columns.items()
        if name not in _COMMON and any(bare(alias) in words for alias in names)
    }
    placed = sheet.kind.name != "accounts" and "account_id" in sheet.kind.fields
    linked = not placed or any(key.startswith("account_") for key in have)
    complete = linked and all(name in have for name in sheet.kind.required)
    return float(len(have)) if complete and len(have) > 1 else 0.0


def _found(candidate: Candidate, source: Source, sheet: Sheet) -> Found | Left:
    columns = scaled(match(candidate.head.headers, sheet), sheet)
    lacking = [name for name in sheet.kind.required if name not in columns.positions]
    if lacking:
        fields = ", ".join(lacking)
        reason = f"it looks like {source.title} {sheet.name} but has no column for {fields}"
        return Left(
            candidate.text.path, "not recognised", reason, source.name, candidate.head.headers
        )
    return Found(candidate.text, candidate.head, source, sheet, columns)


def scaled(columns: Columns, sheet: Sheet) -> Columns:
    """Leave out score columns whose scale and direction nobody has told."""
    unknown = [name for name in columns.positions if _unscaled(sheet.converter(name))]
    if not unknown:
        return columns
    reasons = {
        columns.fields[name]: "the scale is not known and is not guessed: in a mapping, write "
        f'"{columns.fields[name]}" = {{ field = "{name}", scale = [0, 100], '
        'direction = "health" } (or direction = "risk" when high is bad)'
        for name in unknown
    }
    return Columns(
        {name: at for name, at in columns.positions.items() if name not in unknown},
        {name: header for name, header in columns.fields.items() if name not in unknown},
        {**columns.ignored, **reasons},
        columns.cells,
    )


def _unscaled(converter: Converter) -> bool:
    return converter is unscaled
