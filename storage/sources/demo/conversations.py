"""What was said between an account and its CSM: e-mails, calls, notes and value updates."""

from collections.abc import Iterator
from random import Random

from storage.sources.demo.contacts import Known
from storage.sources.demo.days import Calendar, office
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Activity

OUTGOING = (
    ("Notes from our call", "Thanks for your time. The two open points are with me until Friday."),
    ("Templates you asked for", "Attached are the two templates. The second one fits you better."),
    ("New colleagues", "Shall I set up a short introduction for the people who join next week?"),
    ("Monthly figures", "Your monthly figures are in. The trend in the second chart is good news."),
    ("Dates for next month", "Would Tuesday or Thursday afternoon suit you for our next call?"),
)

INCOMING = (
    ("Re: Notes from our call", "Thanks, that covers it. I will come back to you on the users."),
    ("Question about permissions", "Can a team lead see the reports of another team?"),
    ("Re: Dates for next month", "Thursday at two works for us."),
    ("Small wish", "Could the weekly report also go to our regional leads?"),
    ("Export for finance", "Finance asks for the export by cost centre. Is that possible?"),
)

CALLS = (
    ("Call about open questions", "Went through the open questions; two answers to follow."),
    ("Short call", "All well. They are preparing the budget and will need figures in two weeks."),
    ("Call about the rollout", "The second team starts next month. Training wanted."),
)

VALUE_UPDATES = (
    "What your team reached this quarter",
    "Your quarter in figures",
    "Value summary: time saved and next goals",
)


def write_conversations(
    sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], rng: Random, on: Calendar
) -> None:
    """Write the exchanges, the newest on the day of the sketch's last contact."""
    said = _Said(sketch, ledger, rng, on)
    talker = next((one for one in known if one.role != "executive_sponsor"), known[0])
    last = sketch.contact_days + (sketch.churned or 0)
    ago = last
    while ago < sketch.history:
        said.exchange(talker if ago == last or rng.random() < 0.6 else _other(known, rng), ago)
        ago += rng.randint(5, 17)
    for contact in known:
        if contact.role == "executive_sponsor":
            said.sponsor(contact)
    said.value_updates(talker)
    said.messages(talker)


class _Said:
    """Writes the activities of one account."""

    def __init__(self, sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
        self.sketch, self.ledger, self.rng, self.on = sketch, ledger, rng, on

    def exchange(self, contact: Known, ago: int) -> None:
        kind, direction, texts = self.rng.choices(
            (
                ("email", "out", OUTGOING),
                ("email", "in", INCOMING),
                ("call", "out", CALLS),
            ),
            (45, 35, 20),
        )[0]
        subject, body = self.rng.choice(texts)
        day = ago if ago == self.sketch.contact_days else self.on.workday(ago)
        self._write(kind, direction, contact, day, subject, body)

    def sponsor(self, contact: Known) -> None:
        """A call with the sponsor on the day they were last met, and each quarter before."""
        for ago in self._since(self.sketch.sponsor_silent, 80, 110):
            self._write("call", "out", contact, ago, "Executive briefing", "Goals confirmed.")

    def value_updates(self, contact: Known) -> None:
        for ago in self._since(self.sketch.value_days, 82, 98):
            subject = self.rng.choice(VALUE_UPDATES)
            self._write("value_update", "out", contact, ago, subject, None)

    def messages(self, contact: Known) -> None:
        for one in self.sketch.messages:
            who = contact if one.kind == "email" else None
            self._write(one.kind, one.direction or None, who, one.days, one.subject, one.body)

    def _since(self, newest: int, shortest: int, longest: int) -> Iterator[int]:
        """Yield days ago: the newest even where the history is shorter, as long as it existed."""
        newest += self.sketch.churned or 0
        ago = newest
        while ago < self.sketch.age and (ago == newest or ago < self.sketch.history):
            yield ago
            ago += self.rng.randint(shortest, longest)

    def _write(
        self,
        kind: str,
        direction: str | None,
        contact: Known | None,
        ago: int,
        subject: str,
        body: str | None,
    ) -> None:
        self.ledger.add(
            Activity,
            kind=kind,
            direction=direction,
            contact_id=contact.id if contact else None,
            csm_id=self.ledger.owner_id,
            occurred_at=self.on.exactly(ago, office(self.rng)),
            subject=subject,
            body=body,
        )


def _other(known: tuple[Known, ...], rng: Random) -> Known:
    talkers = [one for one in known if one.role != "executive_sponsor"]
    return rng.choice(talkers or known)
