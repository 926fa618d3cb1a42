"""Texts with facts in braces: whether each place is one that can be filled."""

from collections.abc import Collection
from string import Formatter

from bot.catalogue_file.document import Path
from bot.catalogue_file.report import Report, offer


def check(text: str, path: Path, known: Collection[str], report: Report) -> None:
    """Report the places of a text that nothing fills, and braces that do not pair up."""
    try:
        places = list(Formatter().parse(text))
    except ValueError:
        report.value(path, "has a brace without its partner; write {{ or }} for a brace itself")
        return
    for _, name, spec, conversion in places:
        if name is None:
            continue
        if spec or conversion:
            report.value(path, f"write {{{name or '…'}}} without anything behind the name")
        if name not in known:
            report.value(path, f"there is no fact “{name}”{offer(name, known)}")
