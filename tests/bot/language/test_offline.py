"""Questions in words become calls with filters; the rest is asked back or declined kindly."""

from typing import Any

import pytest

from bot.language.language import Clarify, NotOurs
from bot.language.offline import follow_up_replies, outside
from bot.tools.tool import ToolCall
from tests.bot.language.book import call, candidates, is_none, understand


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("show me my top actions this week", {"horizon": "this_week"}),
        ("top 3 risk actions for Ben today",
         {"category": "risk", "horizon": "today", "limit": 3, "owner": "Ben"}),
        ("expansion plays in enterprise this month",
         {"category": "expansion", "horizon": "this_month", "segment": "enterprise"}),
        ("what should the team do first", {"owner": "team"}),
        ("urgent actions for mid-market", {"urgency": "immediate", "segment": "mid-market"}),
        ("top 50 actions", {"limit": 10}),
        ("Will's list", {"owner": "Will"}),
    ],
)  # fmt: skip
def test_a_list_is_filtered_as_the_words_say(text: str, filters: dict[str, Any]) -> None:
    understood = call(text)

    assert (understood.name, understood.arguments) == ("top_actions", filters)


@pytest.mark.parametrize(
    "text",
    [
        "<@U0STEWARD> what should I do next for Beta Inc",
        "WHAT SHOULD I DO NEXT FOR BETA INC",
        "what should i do next for “Beta Inc”?",
        "what should I do next for *Beta Inc* :pray:",
        "what should I do next for beta inc&amp;",
    ],
)
def test_mentions_quotes_case_and_markup_do_not_matter(text: str) -> None:
    assert call(text).arguments == {"account": "Beta Inc"}


def test_an_ambiguous_account_is_asked_about_with_the_accounts_it_may_be() -> None:
    understood = understand("what next for acme")

    assert [call.arguments["account"] for call in candidates(understood)] == [
        "Acme Corp",
        "Acme Rockets",
    ]


def test_a_question_that_lacks_its_account_asks_which() -> None:
    understood = understand("snooze it until friday")

    assert isinstance(understood, Clarify)
    assert understood.lacks_account


def test_two_accounts_at_once_are_asked_about_one_by_one() -> None:
    assert len(candidates(understand("what should I do for Globex and Initech"))) == 2


def test_a_name_that_no_account_has_is_passed_on_as_written() -> None:
    assert call("what should I do for Zorblax Ltd?").arguments == {"account": "Zorblax Ltd"}


@pytest.mark.parametrize(
    "text",
    ["what's the weather like", "tell me a joke", "write me a poem", "thanks"],
)
def test_what_steward_cannot_do_gets_a_friendly_line(text: str) -> None:
    assert is_none(understand(text))


@pytest.mark.parametrize(
    "text", ["", "   ", ":tada: :pizza:", "🎉🎉", "***___~~~```", "<@U0STEWARD>", "…?!"]
)
def test_a_text_without_words_gets_a_sentence(text: str) -> None:
    understood = understand(text)

    assert isinstance(understood, NotOurs)
    assert "words" in understood.says


@pytest.mark.parametrize(
    "text", ["Beta Inc " * 1300, "a" * 12_000, "dismiss Beta Inc, " + "x " * 900]
)
def test_a_text_of_twelve_thousand_letters_is_declined_in_a_sentence(text: str) -> None:
    understood = understand(text)

    assert isinstance(understood, NotOurs)
    assert "sentence" in understood.says


def test_the_same_text_is_always_understood_the_same_way() -> None:
    assert understand("need a plan of attack for wonka") == understand(
        "need a plan of attack for wonka"
    )


@pytest.mark.parametrize("text", ["undo", "undo that please", "oops, take that back", "Undo!"])
def test_an_undo_that_names_no_account_is_told_where_to_undo(text: str) -> None:
    understood = understand(text)

    assert isinstance(understood, Clarify)
    assert "Press Undo on its card" in understood.question


@pytest.mark.parametrize(
    "text", ["accept Beta Inc and Gamma Ltd", "snooze Alpha, Beta until Friday"]
)
def test_several_accounts_in_one_command_are_taken_one_at_a_time(text: str) -> None:
    understood = understand(text)

    assert isinstance(understood, Clarify)
    assert understood.question.startswith("One account at a time")
    assert len(understood.candidates) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("you gave me the wrong account!!!", outside.SORRY),
        ("this is useless, you stupid bot", outside.SORRY),
        ("I don't agree", outside.SORRY),
        ("was soll ich als nächstes für die Kunden tun", outside.ENGLISH_ONLY),
        ("bonjour, que dois-je faire pour mes clients", outside.ENGLISH_ONLY),
        ("delete everything", outside.NOT_MINE),
        ("assign Beta to Ben", outside.NOT_MINE),
        ("please update the CRM", outside.NOT_MINE),
        ("can you send the email for me", follow_up_replies.UNSENT),
        ("many thanks!", outside.THANKS),
        ("merci", outside.THANKS),
        ("yes", outside.ABOUT_WHAT),
        ("1", outside.ABOUT_WHAT),
    ],
)
def test_what_is_asked_of_the_wrong_one_is_answered_kindly(text: str, says: str) -> None:
    understood = understand(text)

    assert isinstance(understood, NotOurs)
    assert understood.says == says


@pytest.mark.parametrize(
    "text", ["was soll ich als nächstes für Beta Inc tun", "que dois-je faire pour Beta Inc ?"]
)
def test_another_tongue_is_offered_what_comes_next_for_its_account(text: str) -> None:
    understood = understand(text)

    assert understood == NotOurs(
        outside.ENGLISH_ONLY, (ToolCall("next_best_action", {"account": "Beta Inc"}),)
    )


@pytest.mark.parametrize(
    "text",
    [
        "why is the adoption of Beta Inc so terrible",
        "is this data useless?",
        "what should I do for the clients next",
        "which accounts of mine are assigned to Ben",
        "thanks, and what next for Beta Inc",
    ],
)
def test_a_question_is_not_taken_for_anger_or_another_tongue(text: str) -> None:
    understood = understand(text)

    kind = (outside.SORRY, outside.ENGLISH_ONLY, outside.NOT_MINE, outside.THANKS)
    assert not (isinstance(understood, NotOurs) and understood.says in kind)


@pytest.mark.parametrize(
    "text",
    [
        "accept Beta Inc and draft the mail",
        "dismiss Hooli, then write them a note",
        "done with Beta Inc, draft the mail",
    ],
)
def test_a_decision_with_a_wish_behind_it_is_not_dropped_without_a_word(text: str) -> None:
    assert understand(text) == NotOurs(follow_up_replies.ONE_THING)


def test_a_day_with_a_short_month_is_no_name() -> None:
    assert call("what changed since 1 Sep") == ToolCall("what_changed", {"since": "1 Sep"})


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("show all of my accounts please", {"owner": "me"}),
        ("show me which accounts Chloe has", {"owner": "Chloe"}),
        ("which renewals come in the next 45 days", {"category": "lifecycle"}),
        ("who have I not talked to this quarter", {"category": "engagement"}),
        ("any accounts with open tickets?", {"category": "risk"}),
        ("got some easy wins for me", {}),
        ("what have I accepted", {}),
    ],
)
def test_a_question_about_the_portfolio_brings_its_list(text: str, filters: dict[str, Any]) -> None:
    assert call(text) == ToolCall("top_actions", filters)
