"""Addresses of drafts: what goes in comes out where the link leads."""

import html
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.links import (
    GOOGLE,
    MAILTO,
    MICROSOFT,
    MOST_SUBJECT,
    Event,
    Link,
    Mail,
    event_links,
    mail_links,
    next_slot,
)

TO = "sarah.lin+work@beta.example"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=400)
SUBJECT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=MOST_SUBJECT)
LONG = st.text(min_size=1, max_size=50).map(lambda text: text * (3_500 // len(text)))


def _read(link: Link) -> dict[str, str]:
    """Return an address's fields as a browser would hand them on; `+` is a plus there."""
    query = urlsplit(link.url).query.replace("+", "%2B")
    return {name: value[0] for name, value in parse_qs(query, strict_parsing=True).items()}


@given(subject=SUBJECT, body=TEXT)
def test_an_email_arrives_as_it_was_written(subject: str, body: str) -> None:
    gmail, outlook, mail = mail_links(Mail(subject, body, TO))

    if not gmail.shortened:
        found = _read(gmail)
        assert (found["to"], found["su"], found.get("body", "")) == (TO, subject, body)
        assert (found["view"], found["fs"]) == ("cm", "1")
    if not outlook.shortened:
        found = _read(outlook)
        assert (found["to"], found["subject"], found.get("body", "")) == (TO, subject, body)
    if not mail.shortened:
        found = _read(mail)
        assert (found["subject"], found.get("body", "").replace("\r\n", "\n")) == (subject, body)
    assert unquote(urlsplit(mail.url).path) == TO


@given(subject=SUBJECT, body=TEXT)
def test_an_event_arrives_as_it_was_written(subject: str, body: str) -> None:
    google, outlook = event_links(Event(subject, body, START, 30, TO))

    found = _read(google)
    assert (found["text"], found["add"]) == (subject, TO)
    assert found["dates"] == "20261123T090000Z/20261123T093000Z"
    assert google.shortened or found.get("details", "") == body
    found = _read(outlook)
    assert (found["subject"], found["to"]) == (subject, TO)
    assert (found["startdt"], found["enddt"]) == ("2026-11-23T09:00:00Z", "2026-11-23T09:30:00Z")
    assert outlook.shortened or html.unescape(found.get("body", "").replace("<br>", "\n")) == (
        html.unescape(html.escape(body, quote=False))
    )


@given(subject=LONG, body=LONG)
def test_no_address_is_longer_than_what_takes_it(subject: str, body: str) -> None:
    gmail, outlook, mail = mail_links(Mail(subject, body, TO))
    google, calendar = event_links(Event(subject, body, START, 30, TO))

    assert max(len(gmail.url), len(google.url)) <= GOOGLE
    assert max(len(outlook.url), len(calendar.url)) <= MICROSOFT
    assert len(mail.url) <= MAILTO
    assert all(link.shortened for link in (gmail, outlook, mail, google, calendar))
    assert _read(gmail)["body"].endswith("[…]")
    assert body.startswith(_read(gmail)["body"].removesuffix("\n\n[…]"))


def test_a_long_text_is_cut_between_lines() -> None:
    body = "\n".join(f"- point {n}, which is about something" for n in range(200))

    gmail, *_ = mail_links(Mail("Points", body, TO))

    kept = _read(gmail)["body"].removesuffix("\n\n[…]")
    assert all(line in body.split("\n") for line in kept.split("\n"))
    assert len(gmail.url) > GOOGLE * 0.9


def test_an_address_cannot_bring_fields_of_its_own() -> None:
    gmail, _, mail = mail_links(Mail("Hi", "Hello", "a@b.example?bcc=evil@x.example&body=x"))

    assert _read(gmail)["to"] == "a@b.example?bcc=evil@x.example&body=x"
    assert "bcc=" not in mail.url
    assert _read(mail) == {"subject": "Hi", "body": "Hello"}


def test_without_a_recipient_the_field_is_left_out() -> None:
    for link in (*mail_links(Mail("Hi", "Hello")), *event_links(Event("Hi", "", START, 30))):
        assert "to" not in _read(link)
        assert "add" not in _read(link)


@given(
    now=st.integers(1_700_000_000, 1_900_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    zone=st.sampled_from(sorted(available_timezones())),
)
def test_the_slot_is_ten_in_the_morning_of_the_readers_next_working_day(
    now: datetime, zone: str
) -> None:
    slot = next_slot(now, ZoneInfo(zone))

    local = slot.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    assert slot > now
    assert local.weekday() < 5
    assert (local.hour, local.minute) == (10, 0)
    assert today < local.date() <= today + timedelta(days=3)
