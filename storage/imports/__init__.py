"""Imports: files in, a report out, and any import taken back."""

from storage.imports.proposal import propose
from storage.imports.report import ImportReport
from storage.imports.run import run
from storage.imports.undo import ImportSummary, Undone, history, undo
from storage.imports.writing import Progress

__all__ = [
    "ImportReport", "ImportSummary", "Progress", "Undone", "history", "propose", "run", "undo",
]  # fmt: skip
