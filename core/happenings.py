"""What can happen at an account that somebody may wait for, or that shows an action was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.wording import Row, day

OUR = r"(?:(?:the|our|my|their|his|her|a|an|this|that|next|upcoming|coming|booked|planned)\s+)*"
"""What may stand before the thing that happens, in a person's own words."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A happening, by its name, on a day."""

    happening: str
    on: date

    def told(self, today: date | None = None) -> str:
        """Return it in words: "a meeting took place on Tue 17 Nov", the year if not this one."""
        return HAPPENINGS[self.happening].says.format(day=day(self.on, today))


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """One entry of the catalogue.

    `label` reads on after "until": "the next meeting". `says` tells that it happened, with the
    `{day}`. `phrases` are the forms in which people name it after "until", "after" or "when".
    `fits` tells of a row of facts whether waiting for it makes sense there; None where nobody
    would wait for it.
    """

    name: str
    label: str
    says: str
    phrases: tuple[str, ...] = ()
    fits: Callable[[Row], bool] | None = None


def _known(name: str) -> Callable[[Row], bool]:
    return lambda row: row.get(name) is not None


def _more(name: str, than: int) -> Callable[[Row], bool]:
    return lambda row: (row.get(name) or 0) > than


_ALL = (
    Happening(
        "meeting",
        "the next meeting",
        "a meeting took place on {day}",
        (
            rf"{OUR}(?:meeting|sync|check-?in|appointment)",
            rf"(?:we|i) (?:have )?(?:met|meet|speak|spoke)(?: with)? {OUR}(?:them|customer)",
            "we (?:have )?(?:met|meet|speak|spoke)",
        ),
        lambda row: row.get("meetings_on") is not None or row.get("days_to_meeting") is not None,
    ),
    Happening(
        "meeting_booked",
        "a meeting is booked",
        "a meeting was booked on {day}",
        (rf"{OUR}(?:meeting|call) is (?:booked|scheduled|planned)",),
        lambda row: row.get("meetings_on") is not None and row.get("days_to_meeting") is None,
    ),
    Happening(
        "call",
        "the next call",
        "you had a call on {day}",
        (
            rf"{OUR}(?:phone )?call",
            rf"(?:we|i) (?:have )?(?:talked|talk|called|call)(?: {OUR}\w+)?",
        ),
        _known("days_since_contact"),
    ),
    Happening("email_sent", "an e-mail is sent", "an e-mail went out on {day}"),
    Happening(
        "reply",
        "they write back",
        "they wrote back on {day}",
        (
            "(?:they|he|she|the customer)(?: have| has)? "
            "(?:write|writes|wrote|written|reply|replies|replied|answer|answers|answered|respond"
            "|responds|responded|get|gets|got|come|comes|came)(?: back)?(?: to (?:me|us|that))?",
            rf"{OUR}(?:reply|answer|response)",
            "(?:i|we) hear back(?: from them)?",
        ),
        _known("days_since_contact"),
    ),
    Happening(
        "qbr",
        "the QBR",
        "the QBR took place on {day}",
        (rf"{OUR}(?:qbr|quarterly business review|business review)",),
        _known("days_to_qbr"),
    ),
    Happening(
        "qbr_prep_booked",
        "the QBR preparation is booked",
        "the QBR preparation was booked on {day}",
        (rf"{OUR}qbr prep(?:aration)?(?: call| meeting)? is (?:booked|scheduled|planned)",),
        lambda row: row.get("days_to_qbr") is not None and not row.get("qbr_prep_booked"),
    ),
    Happening(
        "kickoff_booked",
        "the kickoff is booked",
        "the kickoff was booked on {day}",
        (rf"{OUR}kick-?off(?: call| meeting)? is (?:booked|scheduled|planned)",),
        lambda row: row.get("kickoff_booked") is False,
    ),
    Happening(
        "training_booked",
        "a training is booked",
        "a training was booked on {day}",
        (rf"{OUR}training(?: session)? is (?:booked|scheduled|planned)",),
        _known("meetings_on"),
    ),
    Happening(
        "renewal_talk",
        "the renewal call",
        "the renewal was talked about on {day}",
        (rf"{OUR}renewal (?:call|talk|meeting|conversation|discussion)",),
        _known("days_to_renewal"),
    ),
    Happening(
        "renewed",
        "the renewal is signed",
        "the renewal was signed on {day}",
        (
            rf"{OUR}(?:renewal|contract) is (?:signed|won|done|closed|through)",
            "they(?: have)? (?:renew|renewed|sign|signed)",
            rf"{OUR}renewal",
        ),
        _known("days_to_renewal"),
    ),
    Happening(
        "ticket_closed",
        "the ticket closes",
        "the ticket closed on {day}",
        (
            rf"{OUR}(?:support )?(?:ticket|case|bug|issue)(?: is| gets| has been)? "
            "(?:closed|closes|close|solved|resolved|fixed|done)",
            rf"support (?:closes|solves|resolves|fixes) {OUR}(?:ticket|case|bug|issue|it)",
        ),
        _more("open_tickets", 0),
    ),
    Happening(
        "tickets_cleared",
        "all tickets are closed",
        "the last open ticket closed on {day}",
        (
            r"(?:all |all of |both )?(?:(?:the|our|their|open|support)\s+)*(?:tickets|cases|issues)"
            r"(?: are| get| have been)? (?:all )?(?:closed|close|solved|resolved|fixed|done)",
        ),
        _more("open_tickets", 1),
    ),
    Happening(
        "opportunity_opened",
        "an opportunity opens",
        "an opportunity was opened on {day}",
        (rf"{OUR}(?:opportunity|deal)(?: is)? (?:opens|opened|open|created)",),
        _known("opportunity_on"),
    ),
    Happening(
        "champion_back",
        "the champion is back",
        "the champion was back on {day}",
        (
            rf"{OUR}champion(?: is| comes| gets)? back",
            rf"{OUR}champion (?:signs in|logs in|returns|replies|answers|responds|writes back)",
        ),
        _known("champion"),
    ),
    Happening(
        "sponsor_met",
        "the executive sponsor is met",
        "the executive sponsor was met on {day}",
        (
            rf"{OUR}(?:executive |exec )?(?:sponsor )?(?:briefing|executive meeting|exec meeting)",
            rf"(?:we|i) (?:have )?(?:met|meet|talked to|talk to) {OUR}(?:executive |exec )?sponsor",
            rf"{OUR}(?:executive |exec )?sponsor is (?:met|back)",
        ),
        _known("sponsor"),
    ),
    Happening(
        "value_update",
        "a value update is sent",
        "a value update went out on {day}",
        (rf"{OUR}value (?:update|recap)(?: is sent)?",),
        _known("days_since_value_update"),
    ),
    Happening("feedback", "feedback is asked for", "feedback was asked for on {day}"),
    Happening(
        "milestone",
        "the next milestone",
        "a milestone was reached on {day}",
        (rf"{OUR}milestone(?: is reached)?",),
        _known("milestone"),
    ),
)

HAPPENINGS: Mapping[str, Happening] = {one.name: one for one in _ALL}
"""Every happening by its name."""


def fitting(facts: Row) -> tuple[Happening, ...]:
    """Return what somebody may wait for at an account of which these facts are known."""
    return tuple(one for one in _ALL if one.fits is not None and one.fits(facts))
