"""Addresses that open a filled draft: an e-mail or an event, in whatever a person works with.

Nothing is sent or stored by opening one: the person reads, changes and sends it there.
"""

from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.cards.text import clip

GOOGLE = 2_900
"""The longest address for Google's services: Slack takes 3,000 characters in a button."""

MICROSOFT = 2_000
"""The longest for Outlook on the web, which takes about 2,048."""

MAILTO = 1_900
"""The longest for a mail program: Windows hands on about 2,000."""

MORE = "\n\n[…]"
"""Stands where text was left out."""

MOST_SUBJECT = 120
_MORNING = time(10)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is called, where it goes, and whether the text in it had to be shortened."""

    verb: str
    title: str
    url: str
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail; `to` is empty when nobody knows the address."""

    subject: str
    body: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `guest` is empty when nobody is invited."""

    subject: str
    body: str
    start: datetime
    minutes: int
    guest: str = ""

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(minutes=self.minutes)


def mail_links(mail: Mail) -> tuple[Link, ...]:
    """Return how a draft of an e-mail is opened: Gmail, Outlook on the web, the mail program."""
    subject = clip(mail.subject, MOST_SUBJECT)
    gmail = {"view": "cm", "fs": "1", "to": mail.to, "su": subject}
    outlook = {"to": mail.to, "subject": subject}
    return (
        _link("gmail", "Open in Gmail", "https://mail.google.com/mail/", gmail, mail.body),
        _link(
            "outlook",
            "Open in Outlook",
            "https://outlook.office.com/mail/deeplink/compose",
            outlook,
            mail.body,
        ),
        _link(
            "mail",
            "Open in Mail",
            f"mailto:{quote(mail.to, safe='@')}",
            {"subject": subject},
            mail.body,
        ),
    )


def event_links(event: Event) -> tuple[Link, ...]:
    """Return how a new event is opened in Google Calendar and in Outlook."""
    subject = clip(event.subject, MOST_SUBJECT)
    google = {
        "action": "TEMPLATE",
        "text": subject,
        "dates": f"{_compact(event.start)}/{_compact(event.end)}",
        "add": event.guest,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": _iso(event.start),
        "enddt": _iso(event.end),
        "subject": subject,
        "to": event.guest,
    }
    return (
        _link(
            "google_calendar",
            "Add to Google Calendar",
            "https://calendar.google.com/calendar/render",
            google,
            event.body,
        ),
        _link(
            "outlook_calendar",
            "Add to Outlook Calendar",
            "https://outlook.office.com/calendar/deeplink/compose",
            outlook,
            event.body,
        ),
    )


def next_slot(now: datetime, zone: ZoneInfo) -> datetime:
    """Return ten in the morning of the next working day where the reader is: a suggestion."""
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, _MORNING, zone).astimezone(UTC)


_BODY = {"gmail": "body", "google_calendar": "details"}
_MOST = {"gmail": GOOGLE, "google_calendar": GOOGLE, "mail": MAILTO}
_NEW_LINE = {"mail": "\r\n", "outlook_calendar": "<br>"}
"""What parts lines; Outlook reads an event's text as HTML."""


def _link(verb: str, title: str, base: str, fields: dict[str, str], body: str) -> Link:
    """Put an address together, with as much of the text as fits."""
    named = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items() if value)
    start = f"{base}?{named}&{_BODY.get(verb, 'body')}="
    room = _MOST.get(verb, MICROSOFT) - len(start)
    new_line = _NEW_LINE.get(verb, "\n")
    whole = _encoded(body, new_line)
    if len(whole) <= room:
        return Link(verb, title, start + whole)
    return Link(verb, title, start + _beginning(body, new_line, room), shortened=True)


def _beginning(body: str, new_line: str, room: int) -> str:
    """Return the lines or words that fit, encoded, and a sign that there are more."""
    left = room - len(_encoded(MORE, new_line))
    most = bisect(range(1, len(body)), left, key=lambda n: len(_encoded(body[:n], new_line)))
    fitting = body[:most]
    ends = (fitting.rfind("\n"), fitting.rfind(" "))
    end = next((end for end in ends if end > most / 2), most)
    return _encoded(fitting[:end].rstrip() + MORE, new_line)


def _encoded(text: str, new_line: str) -> str:
    if new_line == "<br>":
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return quote(text.replace("\n", new_line), safe="")


def _compact(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
