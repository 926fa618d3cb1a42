"""Short sentences of a conversation mean the whole question that they stand for."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.language.language import Clarify, NotOurs, Understanding, Understood, WhichOne
from bot.language.offline import short_commands
from bot.language.offline.masking import mask_days
from bot.language.offline.phrasebook import phrases
from bot.language.text import Masked
from storage.conversations import Called, Shown, Turn
from tests.bot.language.book import CONTEXT, LANGUAGE, writes

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
BETA = Shown("0", "Beta Inc", "r-beta")
GAMMA = Shown("2", "Gamma Ltd", "r-gamma")
HOOLI = Shown("18", "Hooli", "r-hooli")


def said(
    tool: str, *shown: Shown, asks: str = "", options: tuple[Called, ...] = (), **given: object
) -> Turn:
    calls = () if asks else (Called(tool, dict(given)),)
    return Turn("k", AT, f"earlier {tool}", calls=calls, shown=shown, asks=asks, options=options)


CARD = (said("next_best_action", BETA, account="Beta Inc"),)
WHY = (*CARD, said("explain", BETA, account="Beta Inc"))
LIST = (said("top_actions", BETA, GAMMA, HOOLI, segment="enterprise"),)
TWO = (said("top_actions", BETA, GAMMA),)
LIST_WHY = (*LIST, said("explain", BETA, account="Beta Inc"))
MOVED = (*CARD, said("next_best_action", GAMMA, account="Gamma Ltd"))
MAIL = (*CARD, said("draft_message", Shown("0", "Beta Inc"), account="Beta Inc", kind="email"))
WORKS = (said("what_works", owner="me", days=30),)
WHICH_ACME = (
    said(
        "",
        asks="2 accounts fit “acme”. Which one do you mean?",
        options=(
            Called("draft_message", {"account": "8", "kind": "agenda"}),
            Called("draft_message", {"account": "36", "kind": "agenda"}),
        ),
    ),
)
MAYBE = (said("", asks="Did you mean Hooli?", options=(Called("explain", {"account": "Hooli"}),)),)
UNTIL = (
    said(
        "",
        BETA,
        asks="Until when shall I snooze Beta Inc?",
        options=(Called("decide", {"account": "Beta Inc", "decision": "defer"}),),
    ),
)
OUTCOME = (
    said(
        "",
        BETA,
        asks="What came of it at Beta Inc?",
        options=(Called("decide", {"account": "Beta Inc", "decision": "complete"}),),
    ),
)
TAKEN = (*CARD, said("decide", BETA, account="Beta Inc", decision="accept"))


def understand(text: str, earlier: tuple[Turn, ...], near: str = "") -> Understanding:
    return asyncio.run(LANGUAGE.understand(text, replace(CONTEXT, earlier=earlier, near=near)))


def read(text: str, earlier: tuple[Turn, ...]) -> str:
    """The call that a sentence is understood as, written on one line."""
    found = understand(text, earlier)
    assert isinstance(found, Understood), (text, found)
    given = found.call.arguments
    return " ".join([found.call.name, *(f"{name}={given[name]}" for name in sorted(given))])


QUESTIONS = [
    ("why?", CARD, "explain account=Beta Inc"),
    ("y tho", CARD, "explain account=Beta Inc"),
    ("But why that one?", CARD, "explain account=Beta Inc"),
    ("ok and why now?", CARD, "explain account=Beta Inc"),
    ("Why do you think so?", CARD, "explain account=Beta Inc"),
    ("are you sure?", CARD, "explain account=Beta Inc"),
    ("why the second one?", LIST, "explain account=Gamma Ltd"),
    ("and why is the last one there", LIST, "explain account=Hooli"),
    ("and the second one?", LIST, "next_best_action account=Gamma Ltd"),
    ("second", LIST, "next_best_action account=Gamma Ltd"),
    ("the 2nd one pls", LIST, "next_best_action account=Gamma Ltd"),
    ("what about number 3", LIST, "next_best_action account=Hooli"),
    ("#3", LIST, "next_best_action account=Hooli"),
    ("show me the last one", LIST, "next_best_action account=Hooli"),
    ("and the second one?", LIST_WHY, "explain account=Gamma Ltd"),
    ("the other one", (*TWO, WHY[1]), "explain account=Gamma Ltd"),
    ("and the other?", MOVED, "next_best_action account=Beta Inc"),
    ("and the one after that?", LIST_WHY, "explain account=Gamma Ltd"),
    ("next one", LIST, "next_best_action account=Beta Inc"),
    ("can you do the same for Hooli please", MAIL, "draft_message account=Hooli kind=email"),
    ("and phone script", CARD, "draft_message account=Beta Inc kind=call"),
    ("what about Gamma?", WHY, "explain account=Gamma Ltd"),
    ("and gamma", WHY, "explain account=Gamma Ltd"),
    ("what about Gamma?", (*MAIL, TAKEN[-1]), "next_best_action account=Gamma Ltd"),
    ("what else could I do?", CARD, "explain account=Beta Inc"),
    ("any other options?", CARD, "explain account=Beta Inc"),
    ("who should I talk to there?", CARD, "account_brief account=Beta Inc"),
    ("same for hooli pls", MAIL, "draft_message account=Hooli kind=email"),
    ("Hooli too", MAIL, "draft_message account=Hooli kind=email"),
    ("how about Gamma Ltd then", CARD, "next_best_action account=Gamma Ltd"),
    ("and what about gama?", WHY, "explain account=gama"),
    ("and for smb only", LIST, "top_actions segment=smb"),
    ("only the risks", LIST, "top_actions category=risk segment=enterprise"),
    ("just this week", LIST, "top_actions horizon=this_week segment=enterprise"),
    ("same for Ben", LIST, "top_actions owner=Ben segment=enterprise"),
    ("and Chloe's?", LIST, "top_actions owner=Chloe segment=enterprise"),
    ("and for the team?", LIST, "top_actions owner=team segment=enterprise"),
    ("and for last year", WORKS, "what_works days=365 owner=me until=2025-12-31"),
    ("more", LIST, "top_actions page=2 segment=enterprise"),
    ("next page please", (said("top_actions", BETA, GAMMA, page=2),), "top_actions page=3"),
    ("show me the rest", LIST, "top_actions page=2 segment=enterprise"),
    ("more", LIST_WHY, "top_actions page=2 segment=enterprise"),
    ("and for smb only", LIST_WHY, "top_actions segment=smb"),
    ("and since last week?", MAIL, "what_changed account=Beta Inc since=last week"),
    ("since monday", CARD, "what_changed account=Beta Inc since=monday"),
    ("since when?", CARD, "what_changed account=Beta Inc"),
    ("who is she?", CARD, "account_brief account=Beta Inc"),
    ("write them a mail then", CARD, "draft_message account=Beta Inc kind=email"),
    ("and an agenda?", CARD, "draft_message account=Beta Inc kind=agenda"),
    ("ok draft me a short email to her", CARD, "draft_message account=Beta Inc kind=email"),
    ("call script?", CARD, "draft_message account=Beta Inc kind=call"),
    ("mail her", CARD, "draft_message account=Beta Inc kind=email"),
    ("yes", MAYBE, "explain account=Hooli"),
    ("yep that's the one", MAYBE, "explain account=Hooli"),
    ("the second one", WHICH_ACME, "draft_message account=36 kind=agenda"),
    ("the rockets one", WHICH_ACME, "draft_message account=36 kind=agenda"),
    ("I mean Acme Corp", WHICH_ACME, "draft_message account=8 kind=agenda"),
    ("1", WHICH_ACME, "draft_message account=8 kind=agenda"),
]

COMMANDS = [
    ("accept", CARD, "accept", {}),
    ("ok accept it please", CARD, "accept", {}),
    ("I'll take it", WHY, "accept", {}),
    ("accept the second one", LIST, "accept", {}),
    ("not now, monday", CARD, "defer", {"until": "monday"}),
    ("snooze it till friday", CARD, "defer", {"until": "friday"}),
    ("sounds good, accept", CARD, "accept", {}),
    ("sounds good, I'll do that one", CARD, "accept", {}),
    ("I accept.", CARD, "accept", {}),
    ("done w it, they will renew", CARD, "complete", {"outcome": "they will renew"}),
    ("OK. Not this week, remind me on the 30th", CARD, "defer", {"until": "the 30th"}),
    ("later, next week", CARD, "defer", {"until": "next week"}),
    ("can you push it to the 8th", CARD, "defer", {"until": "the 8th"}),
    ("remind me on tuesday", CARD, "defer", {"until": "tuesday"}),
    ("snooze it until the ticket closes", CARD, "defer", {"until": "until the ticket closes"}),
    ("friday", UNTIL, "defer", {"until": "friday"}),
    ("until the 8th please", UNTIL, "defer", {"until": "the 8th"}),
    ("done, booked the QBR for the 8th", CARD, "complete",
     {"outcome": "booked the QBR for the 8th"}),
    ("Done - Beta will renew in March!", CARD, "complete", {"outcome": "Beta will renew in March"}),
    ("i did it: she agreed to a training", CARD, "complete",
     {"outcome": "she agreed to a training"}),
    ("they agreed to a call next week", OUTCOME, "complete",
     {"outcome": "they agreed to a call next week"}),
    ("dismiss, they're too small", CARD, "dismiss", {"reason": "they're too small"}),
    ("dismiss it not relevant for them", CARD, "dismiss", {"reason": "not relevant for them"}),
    ("dismiss that one, they are too small", CARD, "dismiss", {"reason": "they are too small"}),
    ("dismiss that one they are too small", CARD, "dismiss", {"reason": "they are too small"}),
    ("dismiss them, they're too small", CARD, "dismiss", {"reason": "they're too small"}),
    ("skip this one too small", CARD, "dismiss", {"reason": "too small"}),
    ("drop the third one, already done", LIST, "dismiss", {"reason": "already done"}),
    ("undo that", TAKEN, "undo", {}),
    ("oops, take it back", TAKEN, "undo", {}),
]  # fmt: skip

NO_COMMANDS = [
    ("accept the second one", (*LIST, said("top_actions", GAMMA, segment="smb"))),
    ("dont accept it", CARD),
    ("don't dismiss it, they're small", CARD),
    ("accept?", CARD),
    ("should I accept it?", CARD),
    ("i would accept it if they renewed", CARD),
    ("yes", CARD),
    ("ok", CARD),
    ("great", CARD),
    ("> accept it", CARD),
    ("they wrote: done, we renewed", CARD),
    ("`accept`", CARD),
    ('"accept"', CARD),
    ("From: Sarah Subject: accept it", CARD),
    ("accept", LIST),
    ("done, booked it", LIST),
    ("snooze it till friday", LIST),
    ("accept", (said("help"),)),
    ("accept them all", LIST),
    ("done, what's next?", CARD),
    ("done, thanks", CARD),
    ("I did that yesterday", CARD),
    ("go ahead", CARD),
    ("defer both until monday", LIST),
    ("done, now what about gamma", CARD),
    ("done, gamma renewed", CARD),
    ("dismiss it if they churn", CARD),
    ("not now", CARD),
    ("snooze it", CARD),
    ("no", UNTIL),
    ("friday", CARD),
    ("what should I do next for Gamma", OUTCOME),
    ("we need an agenda", OUTCOME),
    ("I want to see my top actions", OUTCOME),
    ("Gamma agreed to a call", OUTCOME),
    ("I accepted a job offer", OUTCOME),
    ("they said no, so draft a mail please", OUTCOME),
    ("why?", OUTCOME),
    ("friday?", UNTIL),
    ("on friday I am out, remind Ben", UNTIL),
    ("snooze it till friday and accept the second one", LIST),
    ("please don't snooze it till friday", CARD),
    ("never accept it", CARD),
    ("tell me when to accept it", CARD),
    ("accept the terms", CARD),
    ("accept it; then dismiss Gamma", CARD),
    ("if she replies, done", CARD),
    ("done yet", CARD),
    ("is it done", CARD),
    ("not done, they did not answer", CARD),
    ("dismiss them all", LIST),
    ("dismiss them all", CARD),
    ("dismiss them, they're too small", LIST),
    ("dismiss it too", CARD),
    ("dismiss that one they recommended", CARD),
    ("drop the ball", CARD),
    ("fwd: accept it", CARD),
    ("undo", (said("help"),)),
    ("accept", (said("draft_message", Shown("0", "Beta Inc"), account="Beta Inc"),)),
    ("undo that", CARD[:0]),
]


@pytest.mark.parametrize(("text", "earlier", "means"), QUESTIONS)
def test_a_short_question_is_read_as_the_whole_one(
    text: str, earlier: tuple[Turn, ...], means: str
) -> None:
    assert read(text, earlier) == means


@pytest.mark.parametrize(("text", "earlier", "decision", "given"), COMMANDS)
def test_a_short_command_is_about_the_one_recommendation_in_focus(
    text: str, earlier: tuple[Turn, ...], decision: str, given: dict[str, str]
) -> None:
    found = understand(text, earlier)

    assert isinstance(found, Understood), found
    arguments = dict(found.call.arguments)
    about = {"Beta Inc": "r-beta", "Gamma Ltd": "r-gamma", "Hooli": "r-hooli"}
    assert about[arguments.pop("account")] == found.about
    assert arguments == {"decision": decision, **given}


@pytest.mark.parametrize(("text", "earlier"), NO_COMMANDS)
def test_what_is_no_plain_command_about_one_recommendation_changes_nothing(
    text: str, earlier: tuple[Turn, ...]
) -> None:
    assert not writes(understand(text, earlier))


@pytest.mark.parametrize("earlier", [CARD, UNTIL, OUTCOME])
def test_no_phrase_for_anything_else_is_taken_for_a_short_command(
    earlier: tuple[Turn, ...],
) -> None:
    context = replace(CONTEXT, earlier=earlier)

    for phrase in phrases():
        if phrase.label != "decide":
            text = phrase.text.replace("{account}", "Beta Inc").replace("{date}", "friday")
            masked = mask_days(Masked(text))
            answered = short_commands.answer(text, masked, context)
            commanded = short_commands.command(text, masked, context)
            assert not writes(answered or NotOurs("")), text
            assert not writes(commanded or NotOurs("")), text


@pytest.mark.parametrize(
    ("text", "decision"), [("accept", "accept"), ("done: all good", "complete")]
)
def test_a_command_that_may_mean_several_asks_which(text: str, decision: str) -> None:
    found = understand(text, LIST)

    assert isinstance(found, WhichOne)
    assert (found.decision, found.recommendations) == (decision, ("r-beta", "r-gamma", "r-hooli"))


def test_a_why_about_a_list_asks_which() -> None:
    found = understand("why?", LIST)

    assert isinstance(found, Clarify)
    assert [one.arguments["account"] for one in found.candidates] == [
        "Beta Inc",
        "Gamma Ltd",
        "Hooli",
    ]


def test_a_no_to_a_question_back_ends_it() -> None:
    assert isinstance(understand("no, never mind", MAYBE), NotOurs)


@pytest.mark.parametrize(
    ("text", "in_thread", "means"),
    [
        ("what changed since last week?", True, {"account": "Beta Inc", "since": "last week"}),
        ("what changed since last week?", False, {"since": "last week"}),
        (
            "what changed there since my last call?",
            True,
            {"account": "Beta Inc", "since": "my last call"},
        ),
        ("what changed for my team since monday", True, {"owner": "team", "since": "monday"}),
    ],
)
def test_in_a_thread_what_may_be_about_one_or_all_is_about_the_one_at_hand(
    text: str, in_thread: bool, means: dict[str, str]
) -> None:
    context = replace(CONTEXT, earlier=CARD, in_thread=in_thread)
    found = asyncio.run(LANGUAGE.understand(text, context))

    assert isinstance(found, Understood)
    assert found.call.arguments == means


@pytest.mark.parametrize("text", ["ok", "great", "yes", "ok cool, thanks", "go ahead"])
def test_a_word_of_assent_to_a_card_is_no_command_and_says_how_to_give_one(text: str) -> None:
    found = understand(text, CARD)

    assert isinstance(found, NotOurs)
    assert "accept" in found.says


def test_an_answer_with_the_account_completes_the_question_that_lacked_it() -> None:
    lacking = Turn("k", AT, "draft an agenda", asks="Which account do you mean?")

    assert read("Delta", (lacking,)) == "draft_message account=Delta Co kind=agenda"
    assert isinstance(understand("acme", (lacking,)), Clarify)
    assert read("Gamma Ltd", (lacking,)) == "draft_message account=Gamma Ltd kind=agenda"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("draft an email", "draft_message account=Beta Inc kind=email"),
        ("what is the reasoning behind it for this account", "explain account=Beta Inc"),
        ("what should I do next for them?", "next_best_action account=Beta Inc"),
        (
            "draft a mail to the champion of this customer",
            "draft_message account=Beta Inc kind=email",
        ),
        ("draft a mail to sarah", "draft_message account=Beta Inc kind=email"),
        ("why did usage drop", "explain account=Beta Inc"),
        ("account plan for fy27", "draft_account_plan account=Beta Inc fiscal_year=FY2027"),
    ],
)
def test_a_question_without_a_name_is_about_the_account_in_focus(text: str, means: str) -> None:
    assert read(text, CARD) == means


@pytest.mark.parametrize("text", ["why horses", "why the horses?", "how healthy are horses"])
def test_words_that_nobody_knows_are_not_the_account_in_focus_which_is_only_offered(
    text: str,
) -> None:
    found = understand(text, CARD)

    assert isinstance(found, Clarify)
    assert [one.arguments["account"] for one in found.candidates] == ["Beta Inc"]


def test_in_a_thread_unknown_words_are_not_the_account_at_hand_either() -> None:
    context = replace(CONTEXT, earlier=CARD, in_thread=True)
    found = asyncio.run(LANGUAGE.understand("what happened to the horses", context))

    assert "Beta Inc" not in str(found)


@pytest.mark.parametrize(
    "text", ["top actions for the team", "what can you do?", "what next for Hooli"]
)
def test_a_whole_question_is_read_as_if_nothing_had_gone_before(text: str) -> None:
    assert understand(text, CARD) == understand(text, ())


def test_a_question_without_a_name_may_be_about_the_account_that_the_place_suggests() -> None:
    found = understand("draft an email", (), near="Hooli")

    assert isinstance(found, Understood)
    assert found.call.arguments == {"account": "Hooli", "kind": "email"}


@pytest.mark.parametrize(
    "pasted",
    ["ok\ndismiss it", "thanks\n\nundo that", "Yes please,\naccept it", "done\nthey signed"],
)
@pytest.mark.parametrize("earlier", [CARD, TAKEN, OUTCOME], ids=["card", "taken", "outcome"])
def test_what_has_several_lines_may_be_pasted_and_commands_nothing(
    pasted: str, earlier: tuple[Turn, ...]
) -> None:
    assert not writes(understand(pasted, earlier))
