"""A team's own catalogue: what it changes, and how a wrong one is refused."""

from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bot
from bot.catalogue_file import examine, made, rules_of
from bot.catalogue_file.forms import (
    DueForm,
    Form,
    PlayForm,
    ResourceForm,
    RulesForm,
    SignalForm,
    SoonerForm,
)
from bot.doctor.catalogue import examine_catalogue
from bot.services import build
from bot.settings import Settings
from core.conditions import Condition, Due
from core.drafts import draft
from core.engine import Engine
from core.errors import Misconfigured
from core.ranking import rank
from core.rules import Rules
from tests.core.builders import BETA, ENGINE, TODAY, facts

EXAMPLE = Path(bot.__file__).parent.parent / "docs" / "catalogue.example.yml"
SHIPPED = Rules.shipped()
WHEN = "plays: {check_in: {due: {usually: 3, sooner: [{days: 1, when: ['%s']}]}}}"


def _problems(text: str) -> list[str]:
    return [str(one) for one in examine(dedent(text).lstrip("\n").encode())[1]]


def _rules(text: str) -> Rules:
    rules, problems = examine(dedent(text).encode())
    assert problems == ()
    return rules


def _set(path: Path) -> Settings:
    return Settings.model_validate({"STEWARD_CATALOGUE": path})


def _keys(value: object) -> set[str]:
    if isinstance(value, list):
        return {key for one in value for key in _keys(one)}
    if isinstance(value, dict):
        return {str(key) for key in value} | {key for one in value.values() for key in _keys(one)}
    return set()


def test_the_example_can_be_used_and_shows_every_key() -> None:
    # BaseLoader: `off` is a key there, and not a word for false.
    said = _keys(yaml.load(EXAMPLE.read_text("utf-8"), Loader=yaml.BaseLoader))
    forms: tuple[type[Form], ...] = (
        RulesForm,
        SignalForm,
        SoonerForm,
        DueForm,
        PlayForm,
        ResourceForm,
    )

    rules = rules_of(EXAMPLE)

    assert {key for form in forms for key in form.model_fields} <= said
    assert "executive_dinner" in rules.catalogue.plays
    assert "multi_year_offer" not in rules.catalogue.plays
    assert (rules.most_new, rules.exploration, rules.near) == (2, 0.05, 2)


def test_without_a_file_and_with_an_empty_one_the_shipped_rules_hold() -> None:
    empty = _rules("# nothing yet")

    assert rules_of(None).version == SHIPPED.version
    assert empty.catalogue.plays == dict(SHIPPED.catalogue.plays)
    assert empty.most_new == SHIPPED.most_new


def test_the_version_names_the_content_of_the_file() -> None:
    content = b"rules: {near: 2}\n"

    rules, _ = examine(content)

    assert rules.catalogue.version == f"shipped+{sha256(content).hexdigest()[:8]}"
    assert len(rules.version) <= 40


def test_a_play_keeps_what_is_not_changed() -> None:
    made = _rules(
        """
        plays:
          check_in:
            title: Our check-in
            due:
              usually: 5
              sooner: [{days: 1, when: ["days_since_contact > 60", "qbr_deck == draft"]}]
        """
    ).catalogue.plays["check_in"]

    was = SHIPPED.catalogue.plays["check_in"]
    assert (made.title, made.headline, made.needs) == ("Our check-in", was.headline, was.needs)
    conditions = (Condition("days_since_contact", ">", 60.0), Condition("qbr_deck", "==", "draft"))
    assert made.due == Due(5, ((1, conditions),))


def test_limits_weights_and_plays_of_the_file_are_what_is_ranked_by() -> None:
    rules = _rules(
        """
        signals:
          champion_silent: {weight: 0.5, limits: {from: 30, full: 60}}
        plays:
          renewal_gift:
            title: Renewal gift
            category: lifecycle
            headline: Send {name} a gift
            needs: [renewal_near]
            expected_outcome: They smile.
            approach: [Choose one.]
        """
    )

    engine = Engine(ENGINE.moment, rules, ENGINE.effectiveness)
    played = set(rank(facts(BETA), engine, ())["play"])

    assert "champion_outreach" not in played
    assert "renewal_gift" in played


def test_a_template_of_the_file_is_filled_like_any_other() -> None:
    made = _rules(
        """
        resources:
          hello:
            title: Hello
            kind: email
            body: |
              Is {use_case} going well[, {milestone}]?
        """
    ).catalogue.resources["hello"]

    text = draft(made, BETA, sender="Ana Souza", today=TODAY).text

    assert text == "Hi Sarah,\n\nIs fleet planning going well?\n\nBest regards,\nAna Souza"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("plays: [1", "is no YAML"),
        ("- 1", "line 1, column 1: must hold sections"),
        ("playz: {}", "line 1, column 1: playz: there is no section “playz”; did you mean “plays"),
        ("plays: 3", "line 1, column 8: plays: must hold names"),
        ("rules: {near: high}", "line 1, column 15: rules.near: must be a number"),
        ("rules: {near: 21}", "line 1, column 15: rules.near: must be less than or equal to 20"),
        ("rules: {near: 1, near: 2}", "line 1, column 18: “near” is here a second time"),
        ("rules: &a {near: 1}\nplays: *a", "line 1, column 8: refers to another place"),
        ("signals: {no_contacts: {}}", "no signal “no_contacts”; did you mean “no_contact”?"),
        ("signals: {no_contact: {limits: {form: 3}}}", "no limit “form”; did you mean “from”?"),
        ("signals: {no_contact: {limits: {from: 90}}}", "“full” (60) must lie above “from” (90)"),
        ("signals: {no_contact: {weight: 2}}", "must be less than or equal to 1"),
        ("plays: {chek_in: {prior: 0.5}}", "there is no play “chek_in”; did you mean “check_in”?"),
        ("plays: {check_in: {priro: 0.5}}", "there is no key “priro”; did you mean “prior”?"),
        ("plays: {check_in: {title: no}}", "must be a text; put it in quotes"),
        ("plays: {check_in: {prior: 1}}", "must be less than or equal to 0.99"),
        ("plays: {check_in: {prior: 1.0e-320}}", "must be greater than or equal to 0.01"),
        ("plays: {check_in: {title: '   '}}", "must have at least 3 characters"),
        ('plays: {check_in: {title: "Call\\nthem"}}', "check_in.title: must be one line"),
        ("signals: {no_contact: {limits: {full: .inf}}}", "must be a finite number"),
        ("rules: {near: .nan}", "must be a finite number"),
        ("plays: {check_in: {cooldown_days: 1.5}}", "must be a whole number"),
        ("plays: {check_in: {category: growth}}", "must be 'engagement', 'risk', 'expansion'"),
        ("plays: {check_in: {needs: [no_contakt]}}", "column 28: plays.check_in.needs: there"),
        ("plays: {check_in: {resources: [x]}}", "there is no resource “x”"),
        ("plays: {check_in: {fulfilled_by: [metting]}}", "did you mean “meeting”?"),
        ("plays: {check_in: {headline: 'Hi {nam}'}}", "there is no fact “nam”; did you mean “name"),
        ("plays: {check_in: {headline: 'Hi {name'}}", "has a brace without its partner"),
        ("plays: {check_in: {headline: 'Hi {name:>9}'}}", "without anything behind the name"),
        ("plays: {check_in: {headline: 'Hi {name.x}'}}", "there is no fact “name.x”"),
        ("plays: {check_in: {needs: []}}", "never applies"),
        ("plays: {check_in: {unless: [no_contact]}}", "“no_contact” is in “needs” as well"),
        ("plays: {check_in: {supports: [usage_drop, usage_drop]}}", "is here a second time"),
        ("plays: {check_in: {title: Send value update}}", "is what another play is called"),
        ("plays: {check_in: {due: {usually: 3, sooner: [{days: 3, when: ['arr > 1']}]}}}", "never"),
        ("plays: {check_in: {due: {usually: 3, soner: []}}}", "did you mean “sooner”?"),
        ("plays: {check_in: {due: {sooner: []}}}", "plays.check_in.due.usually: is missing"),
        (WHEN % "arr is 3", "must be a fact, one of"),
        (WHEN % "arrr > 3", "there is no fact “arrr”; did you mean “arr”?"),
        (WHEN % "arr > nan", "“arr” is compared with a number"),
        (WHEN % "arr > much", "“arr” is compared with a number"),
        (WHEN % "use_case > x", "“use_case” is compared by == with a text"),
        (WHEN % "qbr_objectives == 1", "is compared by == with true or false"),
        (WHEN % "renewal_on == 3", "cannot be compared"),
        ("plays: {own_play: {title: Own play}}", "lacks “headline”, which a play of"),
        ("resources: {page: {title: Page, url: 'http://x.example'}}", "begins with https://"),
        ("resources: {page: {title: Page, url: 'https://a@x.example'}}", "begins with https://"),
        ("resources: {page: {url: 'https://x.example'}}", "lacks “title”"),
        ("resources: {mail: {title: Mail, kind: email}}", "lacks “body”, which an e-mail needs"),
        ("resources: {mail: {title: Mail, kind: link}}", "lacks “url”, which a link needs"),
        ("resources: {mail: {title: Mail, kind: email, body: 'Hi {x}'}}", "there is no fact “x”"),
        ("resources: {mail: {title: Mail, kind: call, body: Hi!, url: 'https://x.y'}}", "no use"),
        ("resources: {Mail: {title: Mail, kind: call, body: Hey}}", "must be a name of small"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_place_and_the_reason(text: str, says: str) -> None:
    assert any(says in problem for problem in _problems(text)), _problems(text)


def test_everything_wrong_is_told_at_once_from_the_top() -> None:
    found = _problems(
        """
        rules:
          near: lots
        signals:
          no_contact:
            limits: {frm: 3}
        plays:
          check_in:
            prior: high
            needs: [no_kontact]
        resources:
          page: {title: A page, url: "ftp://x.example"}
        """
    )

    assert [one.split(":")[0] for one in found] == [
        "line 2, column 9",
        "line 5, column 14",
        "line 8, column 12",
        "line 9, column 13",
        "line 11, column 30",
    ]


LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates()
SAID = sorted(_keys(yaml.load(EXAMPLE.read_text("utf-8"), Loader=yaml.BaseLoader)))
ANY = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(SAID), inner, max_size=4)
    ),
)


@given(
    data=st.dictionaries(
        st.sampled_from(["rules", "signals", "plays", "resources"]),
        st.dictionaries(st.sampled_from(SAID), ANY, max_size=3) | ANY,
    )
)
@settings(deadline=None)
def test_whatever_a_file_says_it_is_read_or_refused(data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)

    for problem in examine(text.encode())[1]:
        assert 1 <= problem.line <= len(text.splitlines())
        assert problem.column >= 1


@given(
    content=st.binary(max_size=200) | st.text("{}[]:-#&*!|>'\"a\n ", max_size=60).map(str.encode)
)
@example(content=b"[" * 900)
@example(content=b"- " * 900)
@example(content=b"\x00")
@example(content=b"? [a]\n: b")
@example(content=b"a: 2026-13-45")
@settings(deadline=None)
def test_no_file_stops_the_reader(content: bytes) -> None:
    assert isinstance(examine(content)[1], tuple)


def test_every_play_switched_off_is_refused() -> None:
    off = "\n".join(f"  {name}: {{off: true}}" for name in SHIPPED.catalogue.plays)

    assert "line 1, column 1: plays: no play is left" in _problems(f"plays:\n{off}")[0]


def test_steward_starts_with_the_file_of_its_setting_or_not_at_all(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yml", tmp_path / "bad.yml"
    good.write_text("rules: {near: 1}\n", "utf-8")
    bad.write_text("rules: {nea: 1}\n", "utf-8")

    assert build(_set(good)).rules.near == 1
    with pytest.raises(Misconfigured, match=r"line 1, column 9: .* did you mean “near”"):
        build(_set(bad))
    with pytest.raises(Misconfigured, match="cannot be read"):
        build(_set(tmp_path / "none.yml"))


def test_what_the_file_makes_of_the_catalogue_is_said_in_a_sentence() -> None:
    assert made(rules_of(EXAMPLE)) == (
        "20 plays; 1 play of your own, 2 plays changed, 1 play off, 2 signals changed, "
        "4 resources of your own, 1 resource changed"
    )
    assert made(SHIPPED) == "20 plays; nothing changed"


def test_the_doctor_looks_at_the_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("rules: {nea: 1}\n", "utf-8")

    (good,) = examine_catalogue(_set(EXAMPLE))
    (refused,) = examine_catalogue(_set(bad))

    assert good.state == "ok"
    assert refused.state == "fail"
    assert "line 1, column 9" in refused.says
    assert examine_catalogue(Settings()) == []
