"""`steward plays`: the catalogue as a person reads it."""

from core.catalogue import Catalogue
from tests.bot.cli.conftest import Steward

PLAYS = Catalogue.shipped().plays


def test_every_play_is_listed_without_a_database(steward: Steward) -> None:
    said = steward("plays", COLUMNS="200")

    assert said.code == 0
    assert [name for name in PLAYS if f"({name})" not in said.out] == []
    assert not steward.path.exists()


def test_the_tables_of_the_document_come_in_its_order_as_markdown(steward: Steward) -> None:
    lines = steward("plays", "--markdown").out.splitlines()

    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| Play")]
    assert [line for line in lines if line.startswith("#")] == [
        "## Engagement",
        "## Risk",
        "## Expansion",
        "## Lifecycle",
    ]
    assert len(rows) == len(PLAYS) + 4
    assert {line.count("|") for line in rows} == {8}


def test_a_play_is_told_in_words(steward: Steward) -> None:
    said = steward("plays", "--markdown").out

    (row,) = (line for line in said.splitlines() if "(upsell_proposal)" in line)
    assert "at least 95 % of the seats are in use and health is 80 or more" in row
    assert "Not while the champion has not signed in for 14 days or more;" in row
    assert "within 2 days if seat use at least 100 %; else within 5 days" in row
    assert "| 60 days | 50 % |" in row
    assert "an opportunity opens" in row
