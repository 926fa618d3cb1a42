"""Accounts are found as people write them, and not where they are not meant."""

import pytest

from bot.language.names import AccountNames
from bot.language.vocabulary import ordinary
from core.errors import AccountUnknown, Ambiguous, NotAllowed
from storage.accounts import Named
from tests.bot.language.book import NAMES


def _found(text: str) -> list[str]:
    return [account.name for mention in NAMES.find(text) for account in mention.candidates]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("what next for Beta Inc", "Beta Inc"),
        ("what next for beta", "Beta Inc"),
        ("beta's renewal", "Beta Inc"),
        ("Beta Incorporated?", "Beta Inc"),
        ("_Beta Inc_ please", "Beta Inc"),
        ("lumiere studio", "Lumière Studio"),
        ("Lumière?", "Lumière Studio"),
        ("tech corp next", "TechCorp Industries"),
        ("piper?", "Pied Piper"),
        ("northwnd traders", "Northwind Traders"),
        ("Cyberdine", "Cyberdyne Labs"),
        ("vandelai imports", "Vandelay Imports"),
        ("what next for Target?", "Target Metrics"),
        ("how is target metrics", "Target Metrics"),
        ("next step education please", "Next Step Education"),
        ("what's up with Next Step", "Next Step Education"),
        ("ACME ROCKETS NOW", "Acme Rockets"),
        ("acme corporation", "Acme Corp"),
    ],
)
def test_an_account_is_found_as_people_write_it(text: str, name: str) -> None:
    assert _found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "what's the next step for my accounts",
        "are we on target this week",
        "what should I do next week",
        "start with the top of the list",
        "meta next step?",
        "which health scores fell",
    ],
)
def test_ordinary_words_are_no_accounts(text: str) -> None:
    assert _found(text) == []


def test_a_first_word_that_two_accounts_share_means_both() -> None:
    with pytest.raises(Ambiguous) as unclear:
        NAMES.resolve("acme")

    assert [name for _, name in unclear.value.candidates] == ["Acme Corp", "Acme Rockets"]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(AccountUnknown) as unknown:
        NAMES.resolve("Globe")

    assert "Globex" in unknown.value.nearest


def test_another_ones_account_is_not_allowed_and_never_offered_for_a_typo() -> None:
    with pytest.raises(NotAllowed) as refused:
        NAMES.resolve("Hidden Valley Dairy")

    assert (refused.value.what, refused.value.owner) == ("Hidden Valley Dairy", "ben")
    with pytest.raises(AccountUnknown) as unknown:
        NAMES.resolve("Hiden Valey Dary")
    assert "Hidden Valley Dairy" not in unknown.value.nearest


def test_an_id_names_its_account_even_when_two_bear_the_same_name() -> None:
    twins = AccountNames([Named("1", "Box"), Named("2", "Box")], [], ordinary())

    assert twins.resolve("2") == Named("2", "Box")
    with pytest.raises(Ambiguous):
        twins.resolve("Box")


def test_a_name_that_is_a_daily_word_needs_a_mark_of_its_own() -> None:
    box = AccountNames([Named("1", "Box")], [], ordinary())

    assert box.find("what next for box")
    assert box.find("tell me about Box please")
    assert not box.find("tick the box please")


def test_a_typo_that_may_mean_two_accounts_is_not_sure() -> None:
    close = AccountNames([Named("1", "Marlowe"), Named("2", "Marlows")], [], ordinary())

    (mention,) = close.find("what next for marlowi")

    assert not mention.sure
    assert len(mention.candidates) == 2


def test_a_name_of_three_hundred_letters_is_found_and_does_no_harm() -> None:
    long = "Zyx" * 100
    names = AccountNames([Named("1", long)], [], ordinary())

    assert names.resolve(long).id == "1"
    assert names.find("Zyx?") == ()


def test_a_shared_legal_form_makes_no_two_names_alike() -> None:
    names = AccountNames([Named("1", "Alpha Corp"), Named("2", "Zebras Ltd")], [], ordinary())

    assert names.nearest("Zebra Corp") == ("Zebras Ltd",)
