"""Numbers in words, the same on every card."""

import pytest

from core.wording import money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (950.0, "$950"),
        (999.6, "$1K"),
        (120_000.0, "$120K"),
        (999_940.0, "$999.9K"),
        (999_960.0, "$1M"),
        (1_250_000.0, "$1.2M"),
        (-120_000.0, "-$120K"),
        (None, "not known"),
    ],
)
def test_money_is_short_and_never_a_thousand_of_a_kind(amount: float | None, words: str) -> None:
    assert money(amount) == words
