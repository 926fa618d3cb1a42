"""Templates filled with what is known, and readable without what is not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalogue import Catalogue
from core.drafts import Draft, draft, filled, places
from core.facts import FACTS
from core.resources.resource import Resource
from tests.core.builders import BETA, TODAY, facts

RESOURCES = Catalogue.shipped().resources
NOTHING: dict[str, Any] = {"id": "a", "name": "An Account", "currency": "USD"}


def _draft(name: str, **changes: Any) -> Draft:
    return draft(RESOURCES[name], BETA | changes, sender="Ana Souza", today=TODAY)


def test_an_email_greets_by_name_uses_the_accounts_words_and_is_signed() -> None:
    made = _draft("check_in_email")

    assert made.text.startswith("Hi Sarah,\n\nIt has been 16 days since we last spoke")
    assert "going with fleet planning." in made.text
    assert made.text.endswith("Best regards,\nAna Souza")


def test_what_nobody_knows_is_left_out_and_the_rest_still_reads_well() -> None:
    made = _draft("check_in_email", champion=None, days_since_contact=None, use_case=None)

    assert made.text.startswith("Hello,\n\nIt has been a while since we last spoke")
    assert "how things are going.\n" in made.text


def test_an_email_to_the_sponsor_greets_the_sponsor() -> None:
    assert _draft("executive_alignment_email").text.startswith("Hi Tom,")
    assert _draft("executive_alignment_email", sponsor=None).text.startswith("Hello,")


def test_a_heading_without_anything_below_it_is_left_out() -> None:
    made = draft(RESOURCES["check_in_call"], NOTHING, sender="Ana Souza", today=TODAY)

    assert "Know before you call" not in made.text
    assert made.text.startswith("Open:\n- Thank you for taking the time.")


def test_one_day_is_said_as_people_say_it() -> None:
    template = "Renews {renewal_in}[, on {renewal_day}], {tickets_words}."
    said = Resource("x", "X", "call", body=template)
    row = BETA | {"days_to_renewal": 1, "renewal_on": date(2026, 3, 4), "open_tickets": 1}

    made = draft(said, row, sender="Ana", today=TODAY)

    assert made.text == "Renews tomorrow, on Wed 4 Mar, 1 open ticket."


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hello {known}.", "Hello there."),
        ("Hello {unknown}.", ""),
        ("Hello[ {unknown}].", "Hello."),
        ("Hello [{unknown}|you].", "Hello you."),
        ("Hello [{unknown}|{known}|you].", "Hello there."),
        ("Hello [you].", "Hello [you]."),
        ("One\ntwo\n- three\n  four\n- {unknown}", "One two\n- three four"),
        ("Head:\n- {unknown}\n\nTail", "Tail"),
        ("Head:", "Head:"),
    ],
)
def test_a_template_says_what_may_be_left_out(template: str, text: str) -> None:
    assert filled(template, {"known": "there", "unknown": None}) == text


def test_a_fact_is_text_and_never_a_template_or_a_line_of_its_own() -> None:
    made = _draft("check_in_email", use_case="{name} [x|y]\n\n- {csm}")

    assert "going with {name} [x|y] - {csm}." in made.text


KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "champion": st.sampled_from(["Sarah Lin", "Åsa", " "]),
        "sponsor": st.text(max_size=20),
        "use_case": st.text(max_size=20),
        "days_since_contact": st.integers(0, 500),
        "days_to_renewal": st.integers(-30, 400),
        "renewal_on": st.dates(date(2026, 1, 1), date(2028, 1, 1)),
        "health": st.floats(0, 100),
        "health_change_7d": st.floats(-100, 100),
        "usage_change": st.floats(-100, 1000),
        "days_as_customer": st.integers(0, 4000),
        "open_tickets": st.integers(0, 50),
        "milestone": st.text(max_size=20),
        "adoption": st.floats(0, 1),
    },
)


@given(known=KNOWN, name=st.sampled_from(sorted(RESOURCES)))
def test_every_resource_can_be_filled_whatever_is_known(known: dict[str, Any], name: str) -> None:
    row = facts(NOTHING | known).row(0, named=True)

    made = draft(RESOURCES[name], row, sender="Ana Souza", today=TODAY)

    assert made.subject
    assert "None" not in made.text + made.subject
    assert "\n\n\n" not in made.text


def test_every_fact_may_be_named() -> None:
    assert {fact.name for fact in FACTS} <= places()
