"""`steward plays` over a team's own catalogue."""

from pathlib import Path

import bot
from core.catalogue import Catalogue
from core.facts import FACTS
from tests.bot.cli.conftest import Steward

EXAMPLE = Path(bot.__file__).parent.parent / "docs" / "catalogue.example.yml"


def test_a_file_that_can_be_used_is_told_so(steward: Steward) -> None:
    said = steward("plays", "--check", str(EXAMPLE))

    assert said.code == 0
    assert "can be used. 20 plays; 1 play of your own" in said.out


def test_a_wrong_file_is_told_line_by_line(steward: Steward, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text("plays:\n  chek_in: {prior: 0.5}\nrules: {nea: 1}\n", "utf-8")

    said = steward("plays", "--check", str(file))

    assert said.code == 1
    assert said.out.splitlines() == [
        f"{file}: line 2, column 3: plays.chek_in: there is no play “chek_in”; "
        "did you mean “check_in”?",
        f"{file}: line 3, column 9: rules.nea: there is no key “nea”; did you mean “near”? "
        "Known: exploration, most_new_a_week, near",
    ]


def test_a_file_that_is_not_there_is_told_so(steward: Steward, tmp_path: Path) -> None:
    said = steward("plays", "--check", str(tmp_path / "none.yml"))

    assert said.code == 1
    assert "cannot be read" in said.err


def test_the_list_shows_the_teams_own_plays(steward: Steward) -> None:
    said = steward("plays", "--markdown", STEWARD_CATALOGUE=str(EXAMPLE))

    assert "(executive_dinner)" in said.out
    assert "(multi_year_offer)" not in said.out


def test_every_name_that_a_file_may_use_is_listed(steward: Steward) -> None:
    said = steward("plays", "--names").out

    known = Catalogue.shipped()
    for name in (*known.signals, *known.resources, *(fact.name for fact in FACTS), "since_contact"):
        assert f"| {name} |" in said


def test_nothing_starts_with_a_wrong_file_and_every_mistake_has_its_line(
    steward: Steward, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text("rules: {nea: 1, near: 99}\n", "utf-8")

    said = steward("ask", "help", "--as", "ana@steward.example", STEWARD_CATALOGUE=str(file))

    assert said.code == 1
    assert len(said.err.splitlines()) == 3
    assert "line 1, column 23: rules.near: must be less than or equal to 20" in said.err
