"""Checks of the machine: Python, Steward itself, time zones."""

import platform
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.check import Check


def examine_machine() -> list[Check]:
    """Return the checks."""
    return [_python(), _steward(), _zones()]


def _python() -> Check:
    return Check("Python", "ok", platform.python_version())


def _steward() -> Check:
    try:
        return Check("Steward", "ok", version("steward"))
    except PackageNotFoundError:
        return Check("Steward", "warn", "runs from its source, not installed", "make dev")


def _zones() -> Check:
    try:
        ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:
        return Check("Time zones", "fail", "no time zone data", "Install the package tzdata.")
    return Check("Time zones", "ok", "known")
