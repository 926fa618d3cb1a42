"""Numbers in words, the same on every card."""

import pytest

from core.wording import fill, money, with_names


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


@pytest.mark.parametrize(
    ("template", "known", "words"),
    [
        ("Call {champion_first}.", {"champion": "Sarah Lin"}, "Call Sarah."),
        ("Call {champion_first}.", {}, None),
        (
            "Read “{ticket_subject}”.",
            {"ticket_subject": "It ”\n {hangs}"},
            "Read “It \u2019 {hangs}”.",
        ),
        ("Call[ {champion_first}] today.", {"champion": "Sarah Lin"}, "Call Sarah today."),
        ("Call[ {champion_first}] today.", {}, "Call today."),
        ("Ask [{champion_first}|your champion].", {}, "Ask your champion."),
        ("Write [sic].", {}, "Write [sic]."),
    ],
)
def test_a_template_leaves_out_what_nobody_knows(
    template: str, known: dict[str, str], words: str | None
) -> None:
    assert fill(template, with_names(known)) == words


def test_a_milestone_is_worth_talking_about_for_a_quarter() -> None:
    reached = {"milestone": "Second team is live."}

    assert with_names(reached | {"days_since_milestone": 90})["lately_reached"] == (
        "Second team is live"
    )
    assert with_names(reached | {"days_since_milestone": 91})["lately_reached"] is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (6, None),
        (14, "2 weeks"),
        (27, "almost 4 weeks"),
        (70, "2 months"),
        (354, "almost 12 months"),
        (800, "2 years"),
    ],
)
def test_how_long_somebody_is_a_customer_agrees_with_the_week_or_year_they_are_in(
    days: int, words: str | None
) -> None:
    assert with_names({"days_as_customer": days})["customer_for"] == words
