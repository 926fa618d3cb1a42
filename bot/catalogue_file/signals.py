"""Signals as a team sets them: their weights and limits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.catalogue_file.document import Path
from bot.catalogue_file.forms import SignalForm, parsed
from bot.catalogue_file.report import Report
from core.signals.signal import Signal


def signals(
    data: Mapping[str, Any], shipped: Mapping[str, Signal], report: Report
) -> dict[str, Signal]:
    """Return all signals, those that `data` names changed."""
    made = dict(shipped)
    for name, entry in data.items():
        path: Path = ("signals", name)
        if name not in shipped:
            report.unknown(path, name, shipped, "signal")
            continue
        form = parsed(SignalForm, entry, path, report)
        made[name] = _changed(shipped[name], form, path, report)
    return made


def _changed(signal: Signal, form: SignalForm, path: Path, report: Report) -> Signal:
    for limit in form.limits:
        if limit not in signal.limits:
            report.unknown((*path, "limits", limit), limit, signal.limits, "limit")
    wanted = {name: value for name, value in form.limits.items() if name in signal.limits}
    changed = signal.with_limits(wanted)
    _check_order(signal, changed, path, report)
    return changed if form.weight is None else replace(changed, weight=form.weight)


def _check_order(signal: Signal, changed: Signal, path: Path, report: Report) -> None:
    """A signal grows from its limit `from` to its limit `full`, which lie on one known side."""
    if not {"from", "full"} <= set(signal.limits):
        return
    at = changed.limits
    rises = signal.limits["full"] > signal.limits["from"]
    if at["full"] == at["from"] or (at["full"] > at["from"]) != rises:
        side = "above" if rises else "below"
        says = f"“full” ({at['full']:g}) must lie {side} “from” ({at['from']:g})"
        report.key((*path, "limits"), says)
