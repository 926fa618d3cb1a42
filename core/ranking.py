"""From facts to ranked plays: signals over accounts, plays over signals, scores over both.

Everything is a column, so that one account and a hundred thousand take the same path. Of many
accounts the rows take the time, of one account the expressions: so what fires nowhere, and what
applies nowhere, is not looked at further. Plays are kept apart from facts until one is shown:
`with_facts` brings the facts of those rows back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from core.catalogue import Catalogue
from core.eligibility import Past, eligible
from core.engine import Engine
from core.exploration import CRITICAL
from core.plays.play import Play
from core.scoring import Numbers, context, groups, of_account, scored, total
from core.strengths import Cases, Places, Strengths, with_strengths

KEYS = ("id", "name", "segment", "owner_id", f"strength.{CRITICAL}")
"""What a ranked row says of its account, besides its place in the facts."""

Flags = npt.NDArray[np.bool_]

_LEARNED_BY = ("segment", "owner_id")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The expressions of a catalogue on a day; building them costs more than one account's answer.

    `account` is by the name of the column, `due` by play.
    """

    account: Mapping[str, pl.Expr]
    due: Mapping[str, pl.Expr]


@lru_cache(maxsize=8)
def _columns(catalogue: Catalogue, today: date) -> _Columns:
    return _Columns(
        account=of_account(today),
        due={name: play.due.expr.alias(f"due.{name}") for name, play in catalogue.plays.items()},
    )


def rank(
    facts: pl.DataFrame, engine: Engine, past: Iterable[Past], *, cleared: bool = False
) -> pl.DataFrame:
    """Return every eligible (account, play) with its score, best first.

    With `cleared`, each account is ranked again without each signal that fires there, nor what ends
    with it: what would be said if it cleared. The column `without` names that signal, and is null
    where the account is ranked as it is.
    """
    facts = with_strengths(facts, engine.catalogue)
    cases = Cases.of(facts, engine.catalogue)
    if cleared:
        cases = cases.each_cleared(engine.catalogue)
    at = _applying(cases.strengths, engine.catalogue)
    case, play = _laid(at)
    row = cases.row[case]
    known = _known(at, cases, facts, engine)
    columns = {
        "row": row.astype(np.uint32),
        "order": _order(facts)[row],
        "play": pl.Series(list(at), dtype=pl.String)[play],
        **({"without": cases.without[case]} if cleared else {}),
        **{name: known[name] for name in ("due_in", "rate", "evidence")},
        "effect": pl.Series(known["effect"]).fill_nan(None),
        **scored(known),
    }
    found = pl.concat([facts.select(KEYS)[row], pl.DataFrame(columns)], how="horizontal")
    return (
        eligible(found, past, engine)
        .sort(["priority", "order", "play"], descending=[True, False, False])
        .drop("order")
    )


def with_facts(ranked: pl.DataFrame, facts: pl.DataFrame, engine: Engine) -> pl.DataFrame:
    """Add the facts of each ranked row, and how strongly every signal fires there."""
    own = with_strengths(facts[ranked["row"]], engine.catalogue)
    return own.hstack(ranked.drop(set(own.columns) & set(ranked.columns)))


def _order(facts: pl.DataFrame) -> Places:
    """Return each account's place by name and id."""
    if facts.height == 1:
        return np.zeros(1, np.intp)
    sorted_rows = facts.select("name", "id").with_row_index("row").sort("name", "id", "row")["row"]
    return np.argsort(sorted_rows.to_numpy())


def _groups(facts: pl.DataFrame) -> tuple[pl.DataFrame, Places]:
    """Return what accounts are learned by, each once, and the place of each account's among it."""
    own = facts.select(_LEARNED_BY)
    if own.height == 1:
        return own, np.zeros(1, np.intp)
    found = own.unique(maintain_order=True)
    known = own.join(
        found.with_row_index("group"),
        on=_LEARNED_BY,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return found, known["group"].to_numpy()


def _applying(strengths: Strengths, catalogue: Catalogue) -> dict[str, Places]:
    """Return where each play applies that applies at all; all of them when none does."""
    fires = {name: strength > 0 for name, strength in strengths.items()}
    at = {name: np.flatnonzero(_applies(play, fires)) for name, play in catalogue.plays.items()}
    return {name: rows for name, rows in at.items() if rows.size} or at


def _applies(play: Play, fires: Mapping[str, Flags]) -> Flags:
    conditions = [fires[name] for name in play.needs]
    if play.any_of:
        conditions.append(np.logical_or.reduce([fires[name] for name in play.any_of]))
    conditions += [~fires[name] for name in play.unless]
    found: Flags = np.logical_and.reduce(conditions)
    return found


def _known(
    at: Mapping[str, Places], cases: Cases, facts: pl.DataFrame, engine: Engine
) -> dict[str, Numbers]:
    """Return what the scores of plays rest on where they apply, play after play."""
    catalogue = engine.catalogue
    read = {name: groups(catalogue.plays[name], catalogue) for name in at}
    of = _of_accounts(facts, read, engine)
    rows = {name: cases.row[case] for name, case in at.items()}
    row, play = _laid(rows)
    learned_by, group = _groups(facts)
    expected = engine.effectiveness.of_groups(list(at), learned_by)

    def each(value: Callable[[Play, Places], Numbers]) -> Numbers:
        return np.concatenate([value(catalogue.plays[name], rows[name]) for name in at])

    def joined(play: Play, _: Places) -> Numbers:
        own = {name: cases.strengths[name][at[play.name]] for name in play.signals}
        return context(play, catalogue, own)

    return {
        "due_in": each(lambda play, rows: of[f"due.{play.name}"][rows]),
        "trajectory": each(lambda play, rows: of[f"account.{play.lean}"][rows]),
        "relationship": of["account.relationship"][row],
        "context": each(joined),
        "data": each(lambda play, rows: _mean([of[f"fresh.{n}"][rows] for n in read[play.name]])),
        "value": of["account.value"][row],
        "rate": expected.rate[play, group[row]],
        "evidence": expected.evidence[play],
        "effect": expected.effect[play, group[row]],
    }


def _of_accounts(
    facts: pl.DataFrame, read: Mapping[str, Sequence[str]], engine: Engine
) -> dict[str, Numbers]:
    """Return what these plays need to know of accounts; `read` names the groups of each."""
    columns, plays = _columns(engine.catalogue, engine.today), engine.catalogue.plays
    fresh = {f"fresh.{group}" for of in read.values() for group in of}
    leans = {f"account.{plays[name].lean}" for name in read}
    wanted = [*fresh, *leans, "account.relationship", "account.value"]
    found = facts.select(
        *(columns.account[name] for name in wanted), *(columns.due[name] for name in read)
    )
    # None of these columns has nulls, so that numpy can gather them; frames cost more.
    return {column.name: column.to_numpy() for column in found}


def _laid(rows: Mapping[str, Places]) -> tuple[Places, Places]:
    """Return the rows of all plays, one play after the other, and each row's play by its number."""
    return np.concatenate(list(rows.values())), np.repeat(
        np.arange(len(rows)), [one.size for one in rows.values()]
    )


def _mean(of: Sequence[Numbers]) -> Numbers:
    return total(of) / len(of)
