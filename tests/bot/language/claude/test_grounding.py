"""Sentences may say what the cards say, rounded as people do, and nothing else."""

from datetime import date

import pytest

from bot.language.claude.grounding import Grounds

TODAY = date(2026, 11, 21)
PORTFOLIO = ("Beta Inc", "Alpha Corp", "Gamma Ltd", "Target Metrics", "Studio 54", "Lumière Studio")
QUESTION = "what about Beta? I have 20 minutes before the call with Priya"
CARD = """Call Sarah Lin at Beta Inc today
Outreach to champion · Risk · renewal in 60 days · $120K ARR · Ana Souza
Why: Champion Sarah hasn't logged in for 14 days.
Health score dropped 12 points this week (78 to 66).
Usage is down 25 % against the two weeks before. Expected share 0.4275. Contract worth $1,249,600.
Approach: No answer in two days? Ask Tom Wei how best to reach Sarah.
Priority 91.5 = impact 29.3 + urgency 30.0. Worked in 20 of your 21; estimated 79 % [71-87].
No contact with executive sponsor Tom for 70 days. QBR on 9 Dec at 14:30.
Sent Fri 6 Nov 2026, FY27."""
LIST = """Your next best actions
1. Now: Call Sarah Lin at Beta Inc today
2. Now: Start the renewal conversation with Alpha Corp
3. Today: Review the tickets of Studio 54"""


def missing(prose: str, *texts: str) -> tuple[str, ...]:
    return Grounds([QUESTION, *(texts or (CARD,))], PORTFOLIO, TODAY).missing(prose)


@pytest.mark.parametrize(
    "prose",
    [
        "Sarah has been silent for 14 days and usage fell 25%, with $120K up in 60 days.",
        "Health fell 12 points to 66. The renewal is 60 days off.",
        "It worked in 20 of your 21 cases, and is estimated at 79 per cent (71-87).",
        "Call Sarah Lin today; her fourteen-day silence and Tom's 70 days are why.",
        "Two weeks of silence is long. Usage is a quarter down, by 25 percent.",
        "The share is about 43%, or 42.8 %, on a contract of $1.25M, roughly $1,250,000.",
        "The QBR is on December 9 at 14:30. Friday's mail of 6 November 2026 has no answer.",
        "You wrote on 2026-11-06, in November. Use your 20 minutes with Priya for that.",
        "Beta's champion is quiet. Since Tom Wei knows Sarah, ask him by Wednesday.",
        "Executive sponsor Tom is the way in. Champion outreach helped before, Ana.",
        "You may want to say what changed in FY27.",
        "The priority is 91.5, nearly 92.",
        "Sending updates helps. Stopping does not. Emails alone rarely do.",
        "Today is 21 Nov; a good day to call.",
    ],
)
def test_what_the_card_says_may_be_said(prose: str) -> None:
    assert missing(prose) == ()


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("Usage fell by 51%.", "51%"),
        ("They pay $300k a year.", "$300k"),
        ("They pay €120K.", "€120K"),
        ("Health is at 12%.", "12%"),
        ("The chance to keep them is 60 %.", "60 %"),
        ("The renewal is in 60 weeks.", "60 weeks"),
        ("The contract of $1.3M is at stake.", "$1.3M"),
        ("Sarah was silent for three weeks.", "three weeks"),
        ("Usage is about half of what it was.", "half"),
        ("Usage has doubled.", "doubled"),
        ("I dismissed it for you.", "dismissed"),
        ("Done!", "Done"),
        ("My tools are account_brief and help.", "account_brief"),
        ("It was worse on 3 Nov.", "3 Nov"),
        ("It began in March.", "in March"),
        ("The mail of 6 Nov 2025 was the last.", "6 Nov 2025"),
        ("Call her on Monday.", "Monday"),
        ("Call her tomorrow.", "tomorrow"),
        ("Wait for Q3.", "Q3"),
        ("Meet at 15:00.", "15:00"),
        ("Write to Sarah Chen.", "Sarah Chen"),
        ("Adrian at Beta knows more.", "Adrian"),
        ("Call Tom. Ask about Initech too.", "Initech"),
        ("Gamma Ltd is next.", "Gamma Ltd"),
        ("Target Metrics is next.", "Target Metrics"),
        ("Better look at lumiere studio.", "Lumière Studio"),
        ("Beta Inc beats Alpha Corp.", "Alpha Corp"),
        ("Call Sarah and NASDAQ.", "NASDAQ"),
        ("Seventy-one tickets are open.", "Seventy-one"),
    ],
)
def test_what_no_card_says_is_found(prose: str, said: str) -> None:
    assert said in missing(prose)


def test_the_length_of_a_list_may_be_said_and_its_marks_prove_nothing() -> None:
    assert missing("Three accounts need you, Alpha Corp among them.", LIST) == ()
    assert missing("Alpha Corp pays 2 %.", LIST) == ("2 %",)
    assert missing("Alpha Corp has 2 tickets.", LIST) == ("2",)


def test_figures_within_an_accounts_name_are_none() -> None:
    assert missing("Studio 54 comes third.", LIST) == ()
    assert missing("Studio 54 has 54 tickets.", LIST) == ("54",)


def test_without_cards_only_the_question_may_be_repeated() -> None:
    grounds = Grounds([QUESTION], PORTFOLIO, TODAY)

    assert grounds.missing("Good luck with Priya! Shall I look Beta up for you?") == ()
    assert grounds.missing("Beta Inc has 14 days left.") == ("14 days", "Beta Inc")
