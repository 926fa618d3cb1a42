"""What may stand in a line of the log: numbers, ids and code, never what a person wrote.

An error's message may hold anything: a name, a row, a whole answer of Slack's. So of an error the
log keeps its class, its code if it has one, and where in the program it came from.
"""

import errno
import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from enum import Enum
from types import TracebackType
from typing import Any

from core.errors import Misconfigured

HIDDEN = "***"

_WORD = re.compile(r"[^\s@]{1,120}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_ABOUT_CODE = (AttributeError, ImportError, Misconfigured, NameError)
"""Errors whose messages name only the program's own parts and settings."""

_CODES = ("sqlstate", "sqlite_errorname", "status_code", "code")
_PLAIN = (bool, int, float, date, time, timedelta, type(None))

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def harmless(value: object) -> object:
    """Return what the log may say of a value: sentences and addresses are left out."""
    if isinstance(value, BaseException):
        return plain(value)
    if isinstance(value, Enum):
        return harmless(value.value)
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) or not value else HIDDEN
    if isinstance(value, Mapping):
        return {key: harmless(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [harmless(one) for one in value]
    return type(value).__name__


def plain(error: BaseException) -> str:
    """Return an error's class, with its code or the error below it: never its message."""
    kind = type(error).__name__
    if isinstance(error, _ABOUT_CODE):
        return f"{kind}: {error}"
    below = getattr(error, "orig", None)
    said = plain(below) if isinstance(below, BaseException) else _code(error)
    return f"{kind}({said})" if said else kind


def trace(exc_info: ExcInfo) -> str:
    """Return a traceback without what the errors say: their classes, and where they passed."""
    return "\n".join(_trace(exc_info[1], set()))


def _trace(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _trace(cause, seen)
        yield "which led to"
    frames = traceback.extract_tb(error.__traceback__)
    yield from (line.rstrip("\n") for line in traceback.format_list(frames))
    yield plain(error)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield "which holds"
        yield from _trace(inner, seen)


def _code(error: BaseException) -> str:
    found = [_slack_code(error), *(getattr(error, name, None) for name in _CODES)]
    if isinstance(error, OSError) and error.errno is not None:
        found.append(errno.errorcode.get(error.errno))
    said = next((one for one in found if isinstance(one, str | int) and one != ""), "")
    return str(said) if _CODE.fullmatch(str(said)) else ""


def _slack_code(error: BaseException) -> Any:
    response = getattr(error, "response", None)
    data = getattr(response, "data", response)
    return data.get("error") if isinstance(data, Mapping) else None
