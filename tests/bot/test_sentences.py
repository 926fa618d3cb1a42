"""Every error has a sentence of its own, for people."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import core.errors
from bot.sentences import sentence, unexpected
from core.errors import (
    AccountUnknown,
    AddressTaken,
    AdminsOnly,
    AlreadyDecided,
    Ambiguous,
    CsmUnknown,
    DecisionRefused,
    GuestRefused,
    ImportFailed,
    ImportLocked,
    Invalid,
    Misconfigured,
    NotAllowed,
    Outdated,
    PersonUnknown,
    PortfolioEmpty,
    RecommendationGone,
    StewardError,
    TokenRefused,
    UndoExpired,
    Unknown,
    Unreachable,
)

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EXAMPLES: tuple[StewardError, ...] = (
    Unknown("x"),
    AccountUnknown("Betta", ["Beta Inc"]),
    AccountUnknown("Betta"),
    AccountUnknown("x" * 5000, ["y" * 5000] * 9),
    CsmUnknown("zoe@steward.example"),
    CsmUnknown(""),
    PersonUnknown("Zoe", ["Ana", "Ben"]),
    PersonUnknown("Zoe"),
    RecommendationGone("r1"),
    Ambiguous("Acme", [("a1", "Acme Corp"), ("a2", "Acme Rockets")]),
    PortfolioEmpty("Ana", book_empty=True),
    PortfolioEmpty("Ana", book_empty=False),
    NotAllowed("Gamma Ltd", "Ben Carter"),
    NotAllowed("Gamma Ltd"),
    AdminsOnly("Changing people"),
    AddressTaken(),
    GuestRefused(),
    GuestRefused("stranger"),
    GuestRefused("bot"),
    GuestRefused("gone"),
    DecisionRefused("x"),
    *(AlreadyDecided(status, "Ana", AT) for status in ("accepted", "deferred", "dismissed")),
    AlreadyDecided("completed", "Ana", AT),
    AlreadyDecided("recommended", "Ana", AT),
    AlreadyDecided("accepted", None, None),
    Outdated("deferred", "Ana", AT),
    Outdated("recommended", None, None),
    UndoExpired(10),
    TokenRefused("The access token has expired"),
    Invalid("Choose a day after today.", field="until"),
    ImportFailed("accounts.csv", "the first line names no column. Check that it is a CSV file."),
    ImportLocked("7", "a later import changed its rows. Undo that one first."),
    Misconfigured("SLACK_BOT_TOKEN is missing"),
    Unreachable("postgresql://u@h/db does not answer: OSError(111)"),
)


each = pytest.mark.parametrize(
    "error", EXAMPLES, ids=[f"{type(e).__name__} {n}" for n, e in enumerate(EXAMPLES)]
)


@each
def test_it_is_short_plain_and_ends_like_a_sentence(error: StewardError) -> None:
    said = sentence(error)

    assert 20 <= len(said) <= 700
    assert said[0].isupper() or said[0] == "“"
    assert said.endswith((".", "?"))


@each
def test_it_shows_nothing_of_the_inside(error: StewardError) -> None:
    said = sentence(error)

    assert not re.search(r"Traceback|Error\b|Exception|None|<class|OSError|[a-z]+://|`", said)
    assert type(error).__name__ not in said.split()


def test_every_class_has_a_sentence_and_an_example() -> None:
    classes = set(_below(StewardError))

    assert {type(error) for error in EXAMPLES} == classes
    assert {
        kind for kind in classes if sentence.dispatch(kind) is sentence.dispatch(StewardError)
    } == set()


def test_the_nearest_names_are_offered() -> None:
    assert "Did you mean Beta Inc?" in sentence(AccountUnknown("Betta", ["Beta Inc"]))


def test_a_latecomer_learns_who_was_first() -> None:
    said = sentence(AlreadyDecided("accepted", "Ana", AT))

    assert said.startswith("It was already accepted by Ana, so nothing was changed.")


def test_what_nobody_foresaw_gives_a_reference() -> None:
    assert "ab12cd34" in unexpected("ab12cd34")


def _below(kind: type[StewardError]) -> Iterator[type[StewardError]]:
    for child in kind.__subclasses__():
        if child.__module__ == core.errors.__name__:
            yield child
        yield from _below(child)
