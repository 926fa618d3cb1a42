"""What is wrong with a team's file: where, what, and what was probably meant."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.catalogue_file.document import START, Document, Path, Place

FEW = 12
"""So many names are listed when one is wrong; beyond that the nearest is offered alone."""

_NEAR = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, by line and column."""

    line: int
    column: int
    says: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"line {self.line}, column {self.column}: {self.says}"


class Report:
    """Collects the problems of one document."""

    def __init__(self, document: Document) -> None:
        """Take the document; the faults of its form are the first problems."""
        self.document = document
        self._found = {Problem(*place, says) for place, says in document.faults}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, from the top of the file to its end."""
        return tuple(sorted(self._found))

    def key(self, path: Path, says: str) -> None:
        """Report something about what stands at `path`, at its name."""
        self._add(_nearest_place(path, self.document.keys), path, says)

    def value(self, path: Path, says: str) -> None:
        """Report something about a value, at the value."""
        self._add(_nearest_place(path, self.document.values), path, says)

    def unknown(self, path: Path, name: str, known: Collection[str], kind: str) -> None:
        """Report a key that nothing is called."""
        self.key(path, f"there is no {kind} “{name}”{offer(name, known)}")

    def names(self, path: Path, names: Iterable[str], known: Collection[str], kind: str) -> None:
        """Report those of a list's names that nothing is called."""
        for at, name in enumerate(names):
            if name not in known:
                self.value((*path, at), f"there is no {kind} “{name}”{offer(name, known)}")

    def _add(self, place: Place, path: Path, says: str) -> None:
        about = ".".join(str(one) for one in path if isinstance(one, str))
        self._found.add(Problem(*place, f"{about}: {says}" if about else says))


def offer(name: str, known: Collection[str]) -> str:
    """Return which known name was probably meant, and all of them when they are few."""
    near = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    said = f"; did you mean “{near[0]}”?" if near else ""
    return f"{said or '.'} Known: {', '.join(sorted(known))}" if 0 < len(known) <= FEW else said


def _nearest_place(path: Path, places: dict[Path, Place]) -> Place:
    """Return the place of a path, or of the nearest thing around it."""
    ways = (path[:length] for length in range(len(path), -1, -1))
    return next((places[way] for way in ways if way in places), START)
