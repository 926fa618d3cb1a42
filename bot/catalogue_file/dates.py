"""When a play is due: conditions over facts, written as in "days_to_renewal <= 90"."""

import math
import re
from typing import cast

import polars as pl

from bot.catalogue_file.document import Path
from bot.catalogue_file.forms import DueForm
from bot.catalogue_file.report import Report, offer
from core.conditions import OPERATORS, Condition, Due, Operator
from core.facts import FACT, Fact

_CONDITION = re.compile(r"\s*(?P<fact>\w+)\s*(?P<op><=|>=|==|<|>)\s*(?P<value>\S.*?)\s*")
_TRUTH = {"true": True, "false": False}
_NUMBERS = (pl.Int64, pl.Float64)


def due(form: DueForm, path: Path, report: Report) -> Due:
    """Return the rule; an earlier day has to lie before the usual one."""
    sooner = []
    for at, entry in enumerate(form.sooner):
        way = (*path, "sooner", at)
        if entry.days >= form.usually:
            says = f"must be fewer than usually ({form.usually}): it would never be sooner"
            report.value((*way, "days"), says)
        read = [
            condition(text, (*way, "when", place), report) for place, text in enumerate(entry.when)
        ]
        sooner.append((entry.days, tuple(one for one in read if one is not None)))
    return Due(form.usually, tuple(one for one in sooner if one[1]))


def condition(text: str, path: Path, report: Report) -> Condition | None:
    """Return a condition; None, and a problem, when it cannot be one."""
    found = _CONDITION.fullmatch(text)
    if found is None:
        known = " ".join(OPERATORS)
        report.value(path, f"must be a fact, one of {known}, and a value: days_to_qbr <= 7")
        return None
    fact = FACT.get(found["fact"])
    if fact is None:
        report.value(path, f"there is no fact “{found['fact']}”{offer(found['fact'], FACT)}")
        return None
    value = _value(found["value"], fact)
    operator = cast("Operator", found["op"])
    if value is None or (fact.dtype not in _NUMBERS and operator != "=="):
        report.value(path, f"“{fact.name}” {_wants(fact)}")
        return None
    return Condition(fact.name, operator, value)


def _value(text: str, fact: Fact) -> float | str | bool | None:
    if fact.dtype == pl.Boolean:
        return _TRUTH.get(text.lower())
    if fact.dtype == pl.String:
        return text.strip("\"'")
    try:
        number = float(text) if fact.dtype in _NUMBERS else None
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None


def _wants(fact: Fact) -> str:
    if fact.dtype == pl.Boolean:
        return "is compared by == with true or false"
    if fact.dtype == pl.String:
        return "is compared by == with a text"
    if fact.dtype in _NUMBERS:
        return "is compared with a number"
    return "cannot be compared; use the days to or since it"
