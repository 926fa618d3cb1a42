"""A short remark that asks and decides nothing is told what can be done, in a sentence."""

import re

import pytest

from bot.language.language import NotOurs, Understood, WhichOne
from bot.language.offline import follow_up_replies as replies
from storage.conversations import Turn
from tests.bot.language.book import writes
from tests.bot.language.test_follow_ups import CARD, LIST, MAIL, TWO, said, understand


@pytest.mark.parametrize(
    "text",
    ["shorter", "make it a bit friendlier", "in German", "can you rewrite it?", "too formal"],
)
def test_a_draft_wished_for_in_other_words_leads_to_ones_own_tone(text: str) -> None:
    assert understand(text, MAIL) == NotOurs(replies.REWORDED)


@pytest.mark.parametrize("text", ["send it", "can you send it for me please?", "ok send it to her"])
def test_a_draft_is_never_sent_and_says_where_to_send_it(text: str) -> None:
    assert understand(text, MAIL) == NotOurs(replies.UNSENT)


@pytest.mark.parametrize(
    "text",
    ["I don't agree", "that's wrong", "that's wrong, the renewal is in march", "it is not true"],
)
def test_a_contradiction_is_told_how_to_have_a_fact_or_an_advice_left_out(text: str) -> None:
    assert understand(text, CARD) == NotOurs(replies.DISPUTED)


@pytest.mark.parametrize(("text", "decision"), [("accept both", "accept"), ("snooze all", "defer")])
def test_several_at_once_are_decided_one_by_one(text: str, decision: str) -> None:
    found = understand(text, LIST)

    assert isinstance(found, WhichOne)
    assert (found.decision, len(found.recommendations)) == (decision, 3)


def test_a_skip_asks_whether_it_shall_come_back() -> None:
    assert understand("skip", CARD) == NotOurs(replies.SKIPPED)


@pytest.mark.parametrize("text", ["accept and draft the mail", "ok, dismiss it and write to them"])
def test_a_decision_and_a_wish_at_once_are_taken_one_at_a_time(text: str) -> None:
    assert understand(text, CARD) == NotOurs(replies.ONE_THING)


@pytest.mark.parametrize("says", [replies.DISPUTED, replies.SKIPPED, replies.ONE_THING])
def test_the_words_that_a_reply_names_are_understood(says: str) -> None:
    for words in re.findall("“(.+?)”", says):
        assert isinstance(understand(words, CARD), Understood), words


DIGEST = (said("digest_settings", change="on", time="07:30", channel="#team"),)


@pytest.mark.parametrize("text", ["make it 9", "change it to 9:00 please", "ok, make that 9 am"])
def test_another_time_for_the_digest_is_said_short(text: str) -> None:
    found = understand(text, DIGEST)

    assert isinstance(found, Understood)
    assert found.call.name == "digest_settings"
    assert found.call.arguments == {"change": "time", "time": "09:00", "channel": "#team"}


@pytest.mark.parametrize("text", ["make it 25:00", "should I make it 9?", "don't make it 9"])
def test_what_is_no_plain_time_moves_no_digest(text: str) -> None:
    assert not writes(understand(text, DIGEST))


@pytest.mark.parametrize("text", ["and the third one?", "what about number 5"])
def test_a_place_that_the_list_does_not_have_is_said_to_be_none(text: str) -> None:
    found = understand(text, TWO)

    assert isinstance(found, NotOurs)
    assert found.says.startswith("I showed 2 accounts there.")


@pytest.mark.parametrize(
    ("text", "earlier"), [("shorter", CARD), ("that's wrong", ()), ("accept both", CARD)]
)
def test_a_remark_about_nothing_on_show_changes_nothing(
    text: str, earlier: tuple[Turn, ...]
) -> None:
    found = understand(text, earlier)

    assert not writes(found)
    assert found not in (NotOurs(replies.REWORDED), NotOurs(replies.DISPUTED))
