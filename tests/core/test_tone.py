"""Tone: what examples show is taken over, what they do not show stays as the template has it."""

from core.tone import Tone, dress, measure

CASUAL = (
    "Hey Sarah!\n\nThanks for the chat - I'm glad we're on track. I'll send it. \U0001f64c\n\n"
    "Cheers,\nAna",
    "Hey Tom,\nquick one: can't find the export. Could you resend? \U0001f64c\n\nCheers,\nAna",
    "Hey Sarah!\nIt's done. Let me know if you'd like changes.\n\nCheers,\nAna",
)
FORMAL = (
    "Dear Mr Reed,\n\nI would like to thank you for the discussion during our quarterly review, "
    "which will help both teams to move forward. It is attached.\n\nKind regards,\nAna Souza",
)
BODY = (
    "It has been 16 days since we last spoke, and I would like to hear how it is going.\n\n"
    "They said “I am not happy”, and (what I will replace) stays. As it is, I will call you; "
    "you can say no."
)


def _measured(samples: tuple[str, ...]) -> Tone:
    found = measure(samples, "Ana Souza")
    assert found is not None
    return found


def test_casual_examples_make_a_casual_mail() -> None:
    made = dress(BODY, to="Sarah Lin", sender="Ana Souza", tone=_measured(CASUAL))

    assert made == (
        "Hey Sarah! \U0001f64c\n\n"
        "It's been 16 days since we last spoke. I'd like to hear how it is going.\n\n"
        "They said “I am not happy”, and (what I will replace) stays. As it is, I'll call you. "
        "You can say no.\n\n"
        "Cheers,\nAna"
    )


def test_formal_examples_leave_the_words_and_change_greeting_and_closing() -> None:
    made = dress(BODY, to="Sarah Lin", sender="Ana Souza", tone=_measured(FORMAL))

    assert made == f"Dear Sarah Lin,\n\n{BODY}\n\nKind regards,\nAna Souza"


def test_what_examples_do_not_show_stays_as_it_is() -> None:
    bare = _measured(("The numbers of the last quarter came in better than all of us thought",))

    made = dress(BODY, to="Sarah Lin", sender="Ana Souza", tone=bare)

    assert made == f"Hi Sarah,\n\n{BODY}\n\nBest regards,\nAna Souza"


def test_nobody_in_particular_is_greeted_without_a_name() -> None:
    assert _measured(CASUAL).greet("") == "Hello!"
    assert _measured(FORMAL).greet("") == "Hello,"
    assert _measured(("Hello,\nhere are the numbers that you asked for.",)).greet("Ann") == "Hello,"


def test_one_emoji_in_many_texts_is_no_habit() -> None:
    plain = FORMAL[0]

    assert _measured((CASUAL[0], plain, plain)).emoji == ""


def test_what_was_measured_is_told_for_the_person_to_check() -> None:
    assert _measured(CASUAL).told == (
        "greeting “Hey Sarah!”, closing “Cheers,”, signed with your first name, contractions, "
        "emoji \U0001f64c, about 6 words a sentence"
    )


def test_a_text_on_one_line_shows_its_closing_too() -> None:
    one = _measured(("Hey Tom, it's done and I'll send the deck today. Cheers, Ana",))

    assert (one.closing, one.signs) == ("Cheers,", "first")
    assert _measured(("We met the best regards of all, Ana said to me.",)).closing is None


def test_without_examples_there_is_no_tone() -> None:
    assert measure((), "Ana Souza") is None
    assert measure(("  ",), "Ana Souza") is None
