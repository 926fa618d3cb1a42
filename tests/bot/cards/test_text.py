from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.text import (
    bullets,
    clip,
    day,
    due,
    moment,
    money,
    mrkdwn,
    number,
    points,
    priority,
)
from core.recommendations import Part, Score

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("*bold*", "∗bold∗"),  # noqa: RUF001 - the look-alikes are the point
        ("snake_case and 5*3", "snake_case and 5*3"),
        ("~gone~ `code`", "∼gone∼ ˋcodeˋ"),  # noqa: RUF001 - the look-alikes are the point
        (":lock: at 10:30:00 of 1:1:", "∶lock: at 10:30:00 of 1:1:"),  # noqa: RUF001 - as above
        ("> Saved.\n > so\na > b", "› Saved.\n › so\na &gt; b"),  # noqa: RUF001 - as above
        ("Al\u200bpha \u202egro\u202c\U000e0041 \u200d", "Alpha gro \u200d"),
    ],
)
def test_customer_text_is_shown_as_it_is(typed: str, shown: str) -> None:
    assert mrkdwn(typed) == shown


@given(st.text(alphabet="ab &<>*_~` \n", max_size=80), st.integers(5, 60))
def test_no_text_forms_markup_or_breaks_an_escape_however_it_is_cut(text: str, most: int) -> None:
    shown = mrkdwn(text, most)

    assert len(shown) <= most
    assert "<" not in shown
    assert ">" not in shown
    bare = shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in bare


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert clip("abcdef", 4) == "abc…"
    assert clip("abcd", 4) == "abcd"


def _score(*values: float) -> Score:
    names = ("impact", "urgency", "confidence", "account_value")
    weights = (0.35, 0.30, 0.20, 0.15)
    return Score(tuple(Part(n, v, w) for n, v, w in zip(names, values, weights, strict=True)))  # type: ignore[arg-type]  # the names are the four


def test_the_seeds_example_adds_up_to_95() -> None:
    score = _score(96, 100, 87, 93 + 1 / 3)

    assert points(score) == (33.6, 30.0, 17.4, 14.0)
    assert number(priority(score)) == "95"


@given(st.tuples(*[st.floats(0, 100) for _ in range(4)]))
def test_the_shown_parts_add_up_to_the_shown_priority(
    values: tuple[float, float, float, float],
) -> None:
    score = _score(*values)

    assert round(sum(points(score)), 1) == priority(score)
    assert all(
        abs(shown - part.points) <= 0.1001
        for shown, part in zip(points(score), score.parts, strict=True)
    )


def test_days_are_named_as_people_do() -> None:
    assert day(TODAY, TODAY) == "today"
    assert day(date(2026, 11, 21), TODAY) == "tomorrow"
    assert day(date(2026, 11, 27), TODAY) == "Fri 27 Nov"
    assert day(date(2027, 1, 4), TODAY) == "Mon 4 Jan 2027"
    assert due(date(2026, 11, 18), TODAY) == "overdue since Wed 18 Nov"


def test_a_moment_is_shown_in_each_readers_zone() -> None:
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    assert moment(at) == "<!date^1795167000^{date_short_pretty} at {time}|20 Nov at 09:30 UTC>"


def test_money_is_short() -> None:
    assert [money(120_000, "USD"), money(1_250_000, "EUR"), money(900, "CHF")] == [
        "$120K",
        "€1.2M",
        "CHF 900",
    ]


def test_a_list_that_does_not_fit_says_how_many_are_left_out() -> None:
    shown = bullets(["a" * 100] * 10, 400)

    assert len(shown) <= 400
    assert shown.endswith("… and 7 more")
