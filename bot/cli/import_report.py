"""What an import did, for a terminal and for programs."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from storage.imports import ImportReport, propose
from storage.imports.report import FileReport, Finding, Rejected

LINES, REASONS = 8, 8
"""Rejected lines that a terminal shows for a reason, and reasons for a file."""


def as_text(report: ImportReport) -> str:
    """Return the whole report as JSON, with a proposed mapping for files nobody recognised."""
    proposals = {file.path: propose(Path(file.path)) for file in _strangers(report)}
    return json.dumps({**report.as_dict(), "proposals": proposals}, indent=2, ensure_ascii=False)


def render(report: ImportReport, console: Console) -> None:
    """Print the report: a table of files, what was noticed in each, what is lacking, what next."""
    overview = _overview(report)
    if overview.row_count:
        console.print(overview)
    for file in report.files:
        for detail in _details(file):
            console.print(detail)
    _left_alone(report, console)
    _lacking(report, console)
    _strange(report, console)
    for line in _end(report):
        console.print(Text(line))


def _overview(report: ImportReport) -> Table:
    table = Table("file", "lines", "table", "new", "changed", "same", "rejected", box=None)
    for column in table.columns:
        column.justify = "left" if column.header in {"file", "table"} else "right"
        column.overflow = "fold"
    for file in report.files:
        if file.tables or file.rejected:
            _add(table, file)
    return table


def _add(table: Table, file: FileReport) -> None:
    first = [escape(Path(file.path).name), f"{file.rows:,}"]
    last = f"{len(file.rejected):,}"
    for count in file.tables:
        cells = (f"{count.new:,}", f"{count.changed:,}", f"{count.unchanged:,}")
        table.add_row(*first, count.table, *cells, last)
        first, last = ["", ""], ""
    if not file.tables:
        table.add_row(*first, "", "", "", "", last)


def _details(file: FileReport) -> Iterable[Text]:
    lines = [
        *(f"  noticed: {finding.text}{_on(finding)}" for finding in file.findings),
        *(f"  skipped: {count:,} lines: {reason}" for reason, count in file.skipped),
        *_rejected(file.rejected),
        *_columns(file),
    ]
    if file.state == "read" and lines:
        yield Text(f"\n{Path(file.path).name}, read as {file.source} {file.sheet}", style="bold")
        yield from (Text(line) for line in lines)


def _on(finding: Finding) -> str:
    if not finding.lines:
        return ""
    more = ", …" if finding.count > len(finding.lines) else ""
    word = "lines" if finding.count > 1 else "line"
    return f" ({word} {', '.join(map(str, finding.lines))}{more})"


def _rejected(rejected: tuple[Rejected, ...]) -> Iterable[str]:
    """Say why lines were rejected; lines with the same reason stand together."""
    grouped: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for one in rejected:
        grouped[one.column, one.reason].append(one.line)
    for (column, reason), lines in list(grouped.items())[:REASONS]:
        more = f" and {len(lines) - LINES:,} more" if len(lines) > LINES else ""
        where = f"{'lines' if lines[1:] else 'line'} {', '.join(map(str, lines[:LINES]))}{more}"
        yield f"  rejected: {where}{f', {column}' if column else ''}: {reason}"
    others = sum(len(lines) for lines in list(grouped.values())[REASONS:])
    if others:
        yield f"  rejected: {others:,} more lines; --json lists them all"


def _columns(file: FileReport) -> Iterable[str]:
    if file.renamed:
        pairs = (f"{header} as {name}" for header, name in file.renamed.items())
        yield f"  columns read under another name: {', '.join(pairs)}"
    for reason, headers in _by_reason(file.ignored).items():
        some = ", ".join(headers[:6]) + (f" and {len(headers) - 6} more" if headers[6:] else "")
        yield f"  columns ignored: {some}: {reason}"


def _by_reason(ignored: Mapping[str, str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for header, reason in ignored.items():
        grouped[reason].append(header)
    return grouped


def _left_alone(report: ImportReport, console: Console) -> None:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in report.files:
        if file.state != "read":
            grouped[file.state, file.reason].append(Path(file.path).name)
    for (state, reason), names in grouped.items():
        console.print(Text(f"\n{state.capitalize()}: {', '.join(names)}", style="bold"))
        console.print(Text(f"  {reason}"))


def _lacking(report: ImportReport, console: Console) -> None:
    if not report.missing:
        return
    console.print(Text("\nWhat this data lacks", style="bold"))
    for one in report.missing:
        share = "no account has" if not one.accounts else f"{one.accounts:,} of {one.of:,} have"
        console.print(Text(f"  {share} {one.fact}: {one.cost}"))


def _strangers(report: ImportReport) -> list[FileReport]:
    return [file for file in report.files if file.state == "not recognised"]


def _strange(report: ImportReport, console: Console) -> None:
    """Propose a mapping for the first file that nobody recognised."""
    strangers = _strangers(report)
    if strangers:
        path = Path(strangers[0].path)
        console.print(Text(f"\nA mapping for {path.name}, to check and save:\n", style="bold"))
        console.out(propose(path), highlight=False)


def _end(report: ImportReport) -> Iterable[str]:
    totals = report.totals
    yield (
        f"\n{totals.rows:,} lines read in {report.seconds:.1f} s: {totals.new:,} new rows, "
        f"{totals.changed:,} changed, {totals.unchanged:,} the same; {totals.rejected:,} lines "
        f"rejected, {totals.skipped:,} skipped."
    )
    if report.newest:
        yield f"The newest fact is of {report.newest:%-d %B %Y}."
    yield _next(report)


def _next(report: ImportReport) -> str:
    if report.exit_code == 1:
        return "Nothing could be read. Mend the files, or say with --mapping what they are."
    if report.dry_run:
        return "This was a dry run: nothing was changed. Run it again without --dry-run."
    if report.strict and report.exit_code == 2:
        return "Nothing was changed, since --strict wants every line. Mend them, or leave it out."
    if not report.written:
        return "Nothing had to be changed: all of it was in already."
    return (
        'It is in. Ask: steward ask "what should I do first this week" --as YOUR_EMAIL\n'
        f"Take it back with: steward import --undo {report.import_id}"
    )
