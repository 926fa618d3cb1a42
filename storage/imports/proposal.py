"""Propose a mapping for a file that no source recognises."""

from pathlib import Path

from rapidfuzz import fuzz, process

from storage.imports.headers import bare
from storage.imports.kinds.accounts import unscaled
from storage.imports.mapping import all_kinds
from storage.imports.opening import examine
from storage.imports.records import Record, clean, head, records
from storage.imports.run import MAX_BYTES
from storage.imports.sheet import Kind

_SURE, _LIKELY = 90.0, 74.0
_ACCOUNTS_FIRST = 100.0
"""A head start for accounts: without them nothing else can be imported."""

_TOP = """\
# A mapping proposed for {name}. Check every line, save this text, and run
#     steward import {name} --mapping THIS_FILE --dry-run
# {guide}

source = "my-export"            # the name under which these rows are kept
# dates = "day-first"           # or "month-first", when 3/4/2026 is ambiguous
# numbers = "comma"             # when 1.234,56 means one thousand and more
# currency = "EUR"              # of amounts without one
# as_of = 2026-11-20            # the day on which the export was made

[[file]]
match = "{name}"
kind = "{kind}"                 # one of {kinds}

[file.columns]
"""


def propose(path: Path) -> str:
    """Return a mapping as TOML with comments, for a person to check; may raise ImportFailed."""
    text = examine(path, max_bytes=MAX_BYTES)
    top = head(text)
    sample = next((r.cells for r in records(text, top) if isinstance(r, Record)), [])
    kinds = all_kinds()
    guesses = {name: _guess(top.headers, kind) for name, kind in kinds.items()}
    guessed = [name for name in kinds if guesses[name]] or ["accounts"]
    best = max(guessed, key=lambda name: _fit(guesses[name], kinds[name]))
    intro = _TOP.format(
        name=path.name,
        kind=best,
        kinds=", ".join(kinds),
        guide="Fields: " + ", ".join(kinds[best].fields),
    )
    lines = [
        _line(
            header, clean(sample[place]) if place < len(sample) else "", guesses[best], kinds[best]
        )
        for place, header in enumerate(top.headers)
        if header
    ]
    lacking = [name for name in kinds[best].required if name not in _fields(guesses[best])]
    note = [f"# Needed and not found: {', '.join(lacking)}."] if lacking else []
    return intro + "\n".join(lines + note) + "\n"


_Guess = dict[str, tuple[str, float]]


def _guess(headers: tuple[str, ...], kind: Kind) -> _Guess:
    """Return for each header the field that it may be and how sure that is, each field once."""
    names = {bare(alias): field for field, aliases in kind.names.items() for alias in aliases}
    scored = []
    for header in headers:
        found = process.extractOne(
            bare(header), list(names), scorer=fuzz.ratio, score_cutoff=_LIKELY
        )
        if found:
            scored.append((found[1], header, names[found[0]]))
    guess: _Guess = {}
    for sure, header, field in sorted(scored, key=lambda one: -one[0]):
        if field not in _fields(guess):
            guess[header] = (field, sure)
    return guess


def _fields(guess: _Guess) -> set[str]:
    return {field for field, _ in guess.values()}


def _fit(guess: _Guess, kind: Kind) -> float:
    lacking = sum(name not in _fields(guess) for name in kind.required or ("email",))
    first = _ACCOUNTS_FIRST if kind.name == "accounts" else 0.0
    return first + sum(sure for _, sure in guess.values()) - 150 * lacking


def _line(header: str, example: str, guess: _Guess, kind: Kind) -> str:
    quoted = '"' + header.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
    seen = " ".join(example.split())[:40] if example else "(empty)"
    if header not in guess:
        return f'# {quoted} = ""    # such as: {seen}'
    field, sure = guess[header]
    doubt = "" if sure >= _SURE else " · a guess"
    if kind.fields[field] is unscaled:
        return (
            f'# {quoted} = {{ field = "{field}", scale = [0, 100], direction = "health" }}'
            f'    # such as: {seen} · say the scale, and "risk" if high is bad'
        )
    return f'{quoted} = "{field}"    # such as: {seen}{doubt}'
