"""Every signal of the catalogue keeps what a signal promises."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from core.facts import FACT
from core.signals.signal import Signal, say
from core.wording import fill, with_names
from tests.contracts.facts import any_facts
from tests.core.builders import CATALOGUE, facts

SIGNALS = list(CATALOGUE.signals.values())
every_signal = pytest.mark.parametrize("signal", SIGNALS, ids=[one.name for one in SIGNALS])


def fires(signal: Signal, frame: pl.DataFrame) -> bool:
    return bool(frame.select(signal.fires).item())


def test_no_two_signals_share_a_name_or_a_label() -> None:
    assert len({one.label for one in SIGNALS}) == len(SIGNALS) == len(CATALOGUE.signals)


@every_signal
def test_a_signal_reads_facts_that_exist(signal: Signal) -> None:
    assert signal.facts
    assert set(signal.facts) <= set(FACT)
    assert set(signal.when(signal.limits).meta.root_names()) <= set(FACT)
    assert set(signal.strength(signal.limits).meta.root_names()) <= set(FACT)


@every_signal
def test_a_signal_names_all_facts_that_decide_it(signal: Signal) -> None:
    assert set(signal.when(signal.limits).meta.root_names()) <= set(signal.facts)


@every_signal
def test_a_signal_fires_on_its_example(signal: Signal) -> None:
    assert fires(signal, facts(dict(signal.example)))


@every_signal
def test_a_signal_is_silent_when_nothing_is_known(signal: Signal) -> None:
    assert not fires(signal, facts({}))


@every_signal
def test_a_signal_weighs_between_nothing_and_all(signal: Signal) -> None:
    assert 0 < signal.weight <= 1


@every_signal
def test_a_signal_says_when_it_fires_by_the_limits_that_decide_it(signal: Signal) -> None:
    for name in signal.limits:
        moved = signal.with_limits({name: signal.limits[name] * 3 + 1})
        decides = str(moved.when(moved.limits)) != str(signal.when(signal.limits))
        assert (moved.triggered != signal.triggered) == decides, name

    assert signal.triggered[0].islower()
    assert signal.triggered[-1].isalpha() or signal.triggered[-1] in ")0123456789"


@every_signal
def test_a_signal_has_words_for_its_example(signal: Signal) -> None:
    row = facts(dict(signal.example)).row(0, named=True)

    assert say(signal.value, row).strip()
    assert say(signal.says, row).strip().endswith((".", "!", "?"))
    assert fill(signal.cleared, with_names(row))


@every_signal
@settings(max_examples=12)
@given(row=any_facts())
def test_a_signal_is_total_over_any_facts(signal: Signal, row: dict[str, Any]) -> None:
    frame = facts(row)

    strength = frame.select(signal.strength(signal.limits)).item()

    if fires(signal, frame):
        assert 0 <= strength <= 1
        assert say(signal.value, row)
        assert say(signal.says, row)
