"""What an import did, file by file, and what the data set lacks."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

KEPT_IN_STORE = 200
"""Rejected lines of a file that the stored report lists; the report itself has all."""

State = Literal["read", "not needed", "not recognised", "unreadable"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not kept."""

    line: int
    column: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that was noticed: the sentence, how often, and the first lines it is on."""

    text: str
    count: int
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows for one table."""

    table: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    `recognised` and `renamed` map headers to the field they are read as, `ignored` to a reason;
    `skipped` are lines left out on purpose, by reason.
    """

    path: str
    state: State
    reason: str = ""
    source: str = ""
    sheet: str = ""
    encoding: str = ""
    rows: int = 0
    tables: tuple[Counts, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    recognised: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    ignored: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the data set does not give, for how many accounts, and what that costs."""

    fact: str
    accounts: int
    of: int
    cost: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all files."""

    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One run. `import_id` is None when nothing was written (a dry run, or nothing to change)."""

    import_id: str | None
    source: str
    files: tuple[FileReport, ...]
    missing: tuple[Missing, ...]
    newest: date | None
    dry_run: bool
    strict: bool
    written: bool
    seconds: float

    @property
    def totals(self) -> Totals:
        """Sum over the files."""
        counts = [count for file in self.files for count in file.tables]
        return Totals(
            rows=sum(file.rows for file in self.files),
            new=sum(count.new for count in counts),
            changed=sum(count.changed for count in counts),
            unchanged=sum(count.unchanged for count in counts),
            rejected=sum(len(file.rejected) for file in self.files),
            skipped=sum(count for file in self.files for _, count in file.skipped),
        )

    @property
    def exit_code(self) -> int:
        """0 when all is in, 2 when a line or a file was refused, 1 when nothing could be read."""
        if not any(file.state == "read" for file in self.files):
            return 1
        refused = self.totals.rejected or any(file.state == "unreadable" for file in self.files)
        return 2 if refused else 0

    def as_dict(self, *, rejected: int | None = None) -> dict[str, Any]:
        """Return plain values for JSON, with at most `rejected` rejected lines per file."""
        plain = asdict(self)
        for file in plain["files"]:
            file["rejected_count"] = len(file["rejected"])
            file["rejected"] = list(file["rejected"])[:rejected]
            file["skipped"] = dict(file["skipped"])
        plain["newest"] = self.newest.isoformat() if self.newest else None
        return {**plain, "totals": asdict(self.totals), "exit_code": self.exit_code}
