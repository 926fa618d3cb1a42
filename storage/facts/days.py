"""Days counted back from another day, which each database does in its own way."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Earlier(FunctionElement[date]):
    """A day so many days before another one."""

    type = Date()
    inherit_cache = True


def earlier(day: ColumnElement[date], days: int) -> ColumnElement[date]:
    """Return the day that lies `days` before a column's."""
    return _Earlier(day, literal(days))


@compiles(_Earlier)
def _on_servers(element: _Earlier, compiler: SQLCompiler, **options: Any) -> str:
    day, days = element.clauses
    return f"({compiler.process(day, **options)} - {compiler.process(days, **options)})"


@compiles(_Earlier, "sqlite")
def _in_files(element: _Earlier, compiler: SQLCompiler, **options: Any) -> str:
    day, days = element.clauses
    back = f"'-' || {compiler.process(days, **options)} || ' days'"
    return f"date({compiler.process(day, **options)}, {back})"
