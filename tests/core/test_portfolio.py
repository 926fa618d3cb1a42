"""A portfolio's questions: what is asked for, and what is missing everywhere."""

import polars as pl
import pytest

from core.portfolio import Wanted, missing
from core.recommend import rank
from core.scoring import bucket
from tests.core.builders import BETA, CATALOGUE, ENGINE, TODAY, facts


@pytest.mark.parametrize("urgency", ["immediate", "today", "this_week", "this_month"])
@pytest.mark.parametrize("due_in", [-1, 0, 1, 2, 7, 8, 30, 31, 400])
def test_an_urgency_asks_for_exactly_what_its_card_would_say(urgency: str, due_in: int) -> None:
    ranked = pl.DataFrame({"due_in": [due_in]})

    found = Wanted(urgency=urgency).among(ranked, CATALOGUE)  # type: ignore[arg-type]  # one of the four

    assert bool(found.height) == (bucket(due_in) == urgency)


def test_without_a_wish_everything_stays() -> None:
    ranked = rank(facts(BETA), ENGINE, ())

    assert Wanted().among(ranked, CATALOGUE).height == ranked.height


def test_what_one_account_has_is_not_missing_from_the_portfolio() -> None:
    assert missing(facts(BETA, {"id": "bare"}), TODAY) == ()


def test_what_no_account_has_is_said_once_as_a_sentence() -> None:
    said = missing(facts(BETA | {"health_on": None}, {"id": "bare"}), TODAY)

    assert said == ("No health scores.",)
