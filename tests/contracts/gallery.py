"""Every card, modal and tab that Steward can show, in its ordinary and in its worst shapes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice import Top
from bot.answers import Card
from bot.cards import clarify, forms
from bot.cards.brief import brief_card
from bot.cards.changes import changes_card, portfolio_changes_card
from bot.cards.explain import explain_card, signals_view, why_view
from bot.cards.feedback import feedback, why_not_view
from bot.cards.help import help_card
from bot.cards.home import (
    Around,
    Changed,
    ChannelDigest,
    DigestSetting,
    Unread,
    empty_view,
    first_view,
    home_view,
    stranger_view,
)
from bot.cards.note import loading_view, note, note_view, pointer
from bot.cards.notices import notices_answer
from bot.cards.page import IN_A_MESSAGE, ON_HOME, Page
from bot.cards.portfolio import portfolio_card
from bot.cards.recommendation import card
from bot.cards.resources import agenda_view, draft_card, drafts_view
from bot.cards.selection import Selection
from bot.cards.share import (
    Room,
    Source,
    after_sharing,
    pick_view,
    send_view,
    share_row,
    shared_in,
    snapshot,
)
from bot.cards.top import MOST_ITEMS, top_card
from bot.cards.what_works import Forgotten, WhatWorked, what_works_card, what_works_view
from bot.cards.writing import writing_card, writing_view
from bot.drafting import Prepared, links
from bot.links import next_slot
from core.briefs import Brief
from core.catalogue import Catalogue
from core.changes import AccountChanges, Event, Move, Period, PortfolioChanges
from core.drafts import draft
from core.happenings import HAPPENINGS, Happened
from core.learning import Estimate, Tally
from core.lessons import Lesson
from core.recommendations import (
    CsmId,
    Decision,
    DecisionKind,
    DismissReason,
    Evidence,
    OutcomeResult,
    Part,
    Piece,
    Recommendation,
    RecommendationId,
    RunnerUp,
    Score,
    Signal,
    decide,
)
from core.resources.resource import Resource
from core.results import Growth, Mean, PlayResult, Results, Share
from core.tone import measure
from tests.contracts.digests import digest_forms, digests
from tests.contracts.gallery_people import people_views
from tests.core.builders import BETA, beta

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOSTILE = "*Acme*_<!channel>_~&~`<https://evil.example|click>` <@U123> "
ORIGIN = forms.Origin("r1", 1, "D1", "1.1")
DIGEST = DigestSetting("Mon to Fri at 08:00 (Europe/Berlin)", last="Today: sent, 5 actions")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing that Slack is sent: a card, or the view of a modal or tab."""

    name: str
    card: Card | None = None
    view: dict[str, Any] | None = None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.card.blocks) if self.card else list((self.view or {})["blocks"])

    @property
    def payload(self) -> dict[str, Any]:
        return {"blocks": self.blocks} if self.card else dict(self.view or {})


def ordinary(id: str = "5b0c7a4e-1111-4a1b-8c1d-0123456789ab") -> Recommendation:
    """The seed's example, with a runner-up and gaps."""
    return replace(
        beta(),
        id=RecommendationId(id),
        due_on=TODAY,
        runner_up=RunnerUp("executive_alignment", "Executive alignment", 88.0, "if Sarah replied"),
        unknown=("no support data since 3 Nov",),
        evidence_note="No outcomes yet; the estimate is the play's own.",
    )


def worst(id: str = "5b0c7a4e-1111-4a1b-8c1d-0123456789ab") -> Recommendation:
    """Everything as long and as hostile as data can make it."""
    long, name = HOSTILE * 60, (HOSTILE * 8)[:300]
    one = ordinary(id)
    return replace(
        one,
        account=replace(one.account, name=name, arr=123_456_789.0, currency="CHF"),
        owner_name=name,
        title=name,
        headline=f"Call {name} at {name} today",
        reasons=tuple(long for _ in range(20)),
        signals=tuple(_signal(long, name) for _ in range(30)),
        approach=tuple(long for _ in range(10)),
        talking_points=tuple(long for _ in range(10)),
        avoid=long,
        expected_outcome=long,
        unknown=tuple(long for _ in range(10)),
        runner_up=RunnerUp("x", name, 88.85, long),
        evidence_note=long,
        score=Score(
            tuple(
                replace(part, value=part.value / 1.03, pieces=_pieces(part, long))
                for part in one.score.parts
            )
        ),
    )


def bare(id: str = "5b0c7a4e-1111-4a1b-8c1d-0123456789ab") -> Recommendation:
    """As little as a recommendation can hold."""
    one = ordinary(id)
    return replace(
        one,
        account=replace(one.account, arr=None, renewal_on=None, segment=None, health=None),
        owner=None,
        owner_name="",
        reasons=(),
        signals=(),
        approach=(),
        talking_points=(),
        avoid="",
        unknown=(),
        runner_up=None,
        evidence_note="",
    )


def decided(one: Recommendation) -> Iterator[tuple[str, Recommendation]]:
    """Yield a recommendation in every state it can be in."""
    later = TODAY + timedelta(days=7)
    note_text = "Because " + HOSTILE * 20
    yield "open", one
    yield "accepted", _decide(one, DecisionKind.ACCEPT)
    yield "deferred", _decide(one, DecisionKind.DEFER, until=later, note=note_text)
    yield "waiting", _decide(one, DecisionKind.DEFER, until=later, happening="ticket_closed")
    yield "back", _decide(one, DecisionKind.DEFER, until=TODAY, on=TODAY - timedelta(days=3))
    looks_done = Happened("training_booked", TODAY - timedelta(days=3))
    yield "looks done", replace(one, done=looks_done)
    yield "accepted, looks done", replace(_decide(one, DecisionKind.ACCEPT), done=looks_done)
    yield "woken", replace(one, woken=Happened("ticket_closed", TODAY - timedelta(days=3)))
    yield (
        "dismissed",
        _decide(one, DecisionKind.DISMISS, reason=DismissReason.WRONG_DATA, note=note_text),
    )
    yield (
        "completed",
        _decide(one, DecisionKind.COMPLETE, result=OutcomeResult.POSITIVE, note=note_text),
    )
    yield "completed in words", _decide(one, DecisionKind.COMPLETE, note=note_text)


@cache
def gallery() -> tuple[Exhibit, ...]:
    """Return everything there is to see."""
    return (
        *_recommendations(),
        *_lists(),
        *_others(),
        *_forms(),
        *_portfolios(),
        *_what_works(),
        *_homes(),
        *_drafts(),
        *_briefs(),
        *_changes(),
        *_writing(),
        *(Exhibit(name, view=view) for name, view in people_views()),
    )


def _recommendations() -> Iterator[Exhibit]:
    for kind, one in (("ordinary", ordinary()), ("worst", worst()), ("bare", bare())):
        for state, shown in decided(one):
            yield Exhibit(f"card {kind} {state}", card(shown, today=TODAY, now=NOW))
            old = card(shown, today=TODAY, now=NOW + timedelta(hours=1))
            yield Exhibit(f"card {kind} {state} an hour later", old)
        yield Exhibit(f"explain {kind}", explain_card(one, today=TODAY))
        yield Exhibit(f"why {kind}", view=why_view(one))
        yield Exhibit(f"signals {kind}", view=signals_view(one, today=TODAY))


def _lists() -> Iterator[Exhibit]:
    for kind, make in (("ordinary", ordinary), ("worst", worst), ("bare", bare)):
        many = [make(_id(n)) for n in range(MOST_ITEMS + 3)]
        mixed = [state for n in range(2) for _, state in decided(make(_id(n)))]
        mixed = [replace(one, id=RecommendationId(_id(n))) for n, one in enumerate(mixed)]
        for name, shown in (("many", many), ("mixed", mixed), ("one", many[:1]), ("none", [])):
            made = top_card(
                shown,
                heading="Your top actions" if kind != "worst" else HOSTILE * 9,
                today=TODAY,
                now=NOW,
                total=40,
                missing=("No support data for any account.", HOSTILE * 20),
            )
            yield Exhibit(f"list {kind} {name}", made)
        words = HOSTILE if kind == "worst" else "Beta Inc"
        for name, digest in digests(many, mixed, today=TODAY, now=NOW, words=words):
            yield Exhibit(f"digest {kind} {name}", digest)


def _others() -> Iterator[Exhibit]:
    yield Exhibit("help", help_card())
    yield Exhibit("help worst", help_card([HOSTILE * 5, HOSTILE * 6]))
    yield Exhibit("note", note("Nothing is open for Beta Inc."))
    yield Exhibit("note worst", note(HOSTILE * 100))
    for kind, make in (("ordinary", ordinary), ("worst", worst), ("bare", bare)):
        yield from _notices(kind, make)
    yield Exhibit("pointer", pointer("https://example.slack.com/archives/D1/p1"))
    for kind, made in (("ordinary", ordinary()), ("worst", worst())):
        yield from _shared(kind, card(made, today=TODAY, now=NOW))
    picks = [clarify.Pick(HOSTILE * 3, "next_best_action", "a1")] * 7
    yield Exhibit("clarify", clarify.ask(HOSTILE * 3, picks))
    asked = clarify.ask(HOSTILE * 3, picks)
    yield Exhibit("clarify or else", clarify.or_else(asked, picks[:3]))
    yield Exhibit("clarify until", clarify.until_when("Until when?", worst()))
    yield Exhibit("clarify outcome", clarify.what_came_of_it("What came of it?", ordinary()))
    which = [worst(_id(n)) for n in range(3)]
    for verb in ("accept", "defer", "dismiss", "complete"):
        yield Exhibit(f"clarify {verb}", clarify.which_recommendation("Which?", which, verb))


def _shared(kind: str, shown: Card) -> Iterator[Exhibit]:
    room = Room("C1", "customer-success-" * 4, "1763713126.123456")
    message = {"text": shown.text, "blocks": [*shown.blocks, share_row(room)]}
    source = Source("U1", "D1", "1763713126.123456")
    yield Exhibit(f"share form {kind}", view=pick_view(source))
    yield Exhibit(f"share form {kind}, who sees it", view=send_view(source, room))
    yield Exhibit(f"shared note {kind}", shared_in(room, "https://example.slack.com/archives/C1"))
    small = Card("What is shared.", (share_row(room),))
    yield Exhibit(f"share {kind}", small)
    seen = snapshot(message, by=HOSTILE if kind == "worst" else "Ana Souza", at=NOW)
    yield Exhibit(f"shared {kind}", seen)
    done = after_sharing(message, room, "https://example.slack.com/archives/C1/p1")
    yield Exhibit(f"after sharing {kind}", done)


def _notices(kind: str, make: Callable[[str], Recommendation]) -> Iterator[Exhibit]:
    for state, one in decided(make(_id(1))):
        late = _decide(make(_id(2)), DecisionKind.ACCEPT)
        shown = notices_answer(
            [one, late], {_id(1): "done", _id(2): "overdue"}, today=TODAY, now=NOW
        )
        yield Exhibit(f"notices {kind} {state}", shown.card)


def _forms() -> Iterator[Exhibit]:
    for kind, one in (("ordinary", ordinary()), ("worst", worst())):
        for days in range(7):
            view = forms.defer_view(one, ORIGIN, today=TODAY + timedelta(days=days))
            yield Exhibit(f"defer form {kind} {days}", view=view)
        waits = forms.defer_view(one, ORIGIN, today=TODAY, happenings=tuple(HAPPENINGS.values()))
        yield Exhibit(f"defer form {kind} with happenings", view=waits)
        yield Exhibit(f"dismiss form {kind}", view=forms.dismiss_view(one, ORIGIN))
        yield Exhibit(f"complete form {kind}", view=forms.complete_view(one, ORIGIN))
    for name, view in digest_forms(HOSTILE, TODAY):
        yield Exhibit(f"digest form {name}", view=view)
    for title in forms.TITLES.values():
        yield Exhibit(f"loading {title}", view=loading_view(title))
    yield Exhibit("feedback form", view=why_not_view("Ev0123456789"))
    prose = Card("A text that a model wrote.", (feedback("Ev0123456789"),))
    yield Exhibit("feedback", prose)
    yield Exhibit("note view", view=note_view("Steward", HOSTILE * 100))


def _portfolios() -> Iterator[Exhibit]:
    for kind, page in _pages():
        shown = page.top.recommendations[:IN_A_MESSAGE]
        posted = replace(page, top=replace(page.top, recommendations=shown))
        yield Exhibit(f"portfolio {kind}", portfolio_card(posted, today=TODAY, now=NOW))
        on_home = replace(page, size=ON_HOME)
        around = _full() if kind == "worst" else Around(DIGEST)
        view = home_view(on_home, around=around, today=TODAY, now=NOW)
        yield Exhibit(f"home {kind}", view=view)


def _what_works() -> Iterator[Exhibit]:
    estimate = Estimate(0.88, 0.82, 0.92, team=Tally(46, 50))
    for kind, hostile in (("ordinary", False), ("worst", True)):
        title = HOSTILE * 4 if hostile else "Outreach to champion"
        found = WhatWorked(
            whose=f"actions of {title}" if hostile else "your actions",
            when="last 30 days",
            results=_results(hostile=hostile),
            lessons=(Lesson("play", title, 0.6, estimate),) * (30 if hostile else 1),
            forgotten=tuple(Forgotten(_id(n), title, title, TODAY) for n in range(7)),
            plays=tuple((f"play_{n}", title) for n in range(20)),
            key=f"30 - {_id(1)}",
            may_forget=True,
        )
        yield Exhibit(f"what works {kind}", what_works_card(found, today=TODAY))
        yield Exhibit(f"what works modal {kind}", view=what_works_view(found, today=TODAY))


def _pages() -> Iterator[tuple[str, Page]]:
    """Yield pages of a portfolio: usual, as large as can be, in every state, and empty."""
    owners = (("me", "My accounts"), ("team", "My team"))
    crowd = tuple((_id(n), HOSTILE * 2) for n in range(200))
    picked = Selection("team", "risk", "today", "this_week", HOSTILE, page=1)
    mixed = [state for n in range(2) for _, state in decided(ordinary(_id(n)))]
    mixed = [replace(one, id=RecommendationId(_id(n))) for n, one in enumerate(mixed)]
    yield "ordinary", _page([ordinary(_id(n)) for n in range(IN_A_MESSAGE)], Selection())
    yield "worst", _page([worst(_id(n)) for n in range(ON_HOME)], picked, crowd)
    yield "bare", _page([bare(_id(n)) for n in range(2)], Selection(), owners)
    yield "mixed", _page(mixed[:IN_A_MESSAGE], Selection(), owners)
    yield "filtered away", _page([], Selection(category="risk"), owners)
    yield "quiet", _page([], Selection())


def _page(
    shown: list[Recommendation],
    selection: Selection,
    owners: tuple[tuple[str, str], ...] = (),
) -> Page:
    hostile = selection.segment == HOSTILE
    begun = [_decide(one, DecisionKind.ACCEPT) for one in (worst(_id(n)) for n in range(10, 40))]
    top = Top(
        recommendations=tuple(shown),
        underway=tuple(begun) if hostile else (),
        total=40 if hostile else len(shown),
        accounts=9,
        owner_name=HOSTILE * 4 if hostile else "Ana Souza",
        missing=(HOSTILE * 20,) if hostile else (),
        counts={"immediate": len(shown)},
        segments=("enterprise", HOSTILE) if hostile else ("enterprise", "smb"),
    )
    return Page(selection, top, _results(hostile=hostile), owners=owners)


def _results(*, hostile: bool) -> Results:
    some, none = Share(12, 13), Share()
    title = HOSTILE * 5 if hostile else "Outreach to champion"
    return Results(
        completed=24 if hostile else 0,
        success=some if hostile else none,
        effect=Mean(-8.25, 12, -10.5, -6.0) if hostile else None,
        plays=tuple(PlayResult(f"play_{n}", title, some) for n in range(30 if hostile else 0)),
        acceptance=some if hostile else none,
        undecided=3,
        completion=some if hostile else none,
        running=2,
        hours=3.5 if hostile else None,
        acted=5 if hostile else 0,
        idle=1,
        health=Growth(60.0, 66.6, 40) if hostile else None,
    )


def _homes() -> Iterator[Exhibit]:
    owners = (("me", "My accounts"), ("team", "My team"))
    problem = HOSTILE * 20
    off = Around(DigestSetting())
    quiet = replace(off, changed=Changed("Fri 20 Nov", ()))
    page = next(page for kind, page in _pages() if kind == "quiet")
    view = home_view(page, around=quiet, today=TODAY, now=NOW)
    yield Exhibit("home quiet with nothing changed", view=view)
    unread = home_view(page, around=replace(off, changed=Unread(100_000)), today=TODAY, now=NOW)
    yield Exhibit("home of a large book", view=unread)
    yield Exhibit("home at first", view=first_view())
    for kind, choices in (("problem", ()), ("problem of another", owners)):
        view = empty_view(problem, Selection(), choices, around=off, now=NOW)
        yield Exhibit(f"home {kind}", view=view)
    yield Exhibit("home stranger", view=stranger_view(problem, now=NOW))


def _full() -> Around:
    """All that can stand around a portfolio, as long as it gets."""
    channels = tuple(ChannelDigest(_id(n), f"C{n}", HOSTILE) for n in range(9))
    changed = Changed("Fri 20 Nov", ((HOSTILE * 3, HOSTILE * 30),) * 9, more=30)
    prompts = (("First", f"What should I do next for {HOSTILE}?"),) * 4
    return Around(DIGEST, channels, changed, prompts)


def _drafts() -> Iterator[Exhibit]:
    zone = ZoneInfo("Europe/Berlin")
    shipped = Catalogue.shipped().resources
    page = Resource("page", "A page", "link", url="https://example.com/guide?a=1&b=2")
    hostile = Resource("x", HOSTILE[:60], "email", subject="{name}", body="{use_case}\n\n- (x)")
    long = {"use_case": HOSTILE * 90, "name": HOSTILE * 8, "champion": HOSTILE * 8}
    ordinary_ones = [_prepared(one, BETA) for one in (*shipped.values(), page)]
    for kind, make, row in (("ordinary", ordinary, BETA), ("worst", worst, BETA | long)):
        for resource in (*shipped.values(), page, hostile):
            one = _prepared(resource, row)
            made = draft_card(one, str(row["name"]), zone, about=make(), more=3)
            yield Exhibit(f"draft {kind} {resource.name}", made)
            yield Exhibit(
                f"drafts {kind} {resource.name}", view=drafts_view(make(), [one], "", zone)
            )
    yield Exhibit("drafts to choose", view=drafts_view(worst(), ordinary_ones, "page", zone))
    alone = draft_card(ordinary_ones[0], "Beta Inc", zone, about=None, more=0)
    yield Exhibit("draft for no action", alone)


def _briefs() -> Iterator[Exhibit]:
    period = Period(NOW - timedelta(days=9), TODAY - timedelta(days=9), TODAY, "the call")
    for kind, one, text in (("ordinary", ordinary(), "A line"), ("worst", worst(), HOSTILE * 30)):
        for name, lines, best in (("full", (text,) * 12, one), ("empty", (), None)):
            found = Brief(
                *(one.account, one.owner_name, lines, lines, lines, lines, lines, lines),
                *(text, text, lines, best),
            )
            yield Exhibit(f"brief {kind} {name}", brief_card(found, period))


def _changes() -> Iterator[Exhibit]:
    long = Period(NOW, TODAY, TODAY, f"the call with {HOSTILE * 9}")
    for kind, one, text in (("ordinary", ordinary(), "A line"), ("worst", worst(), HOSTILE * 30)):
        moves = tuple(
            Move("health", text, tone, TODAY, "health_score_history", text[:40], 1.0, dated=True)
            for tone in ("worse", "better", "other")
            for _ in range(8)
        )
        events = (
            Event("ticket_opened", TODAY, text, text, text, 3),
            Event("call", TODAY, text),
        ) * 9
        full = AccountChanges(one.account, text, moves, events, moves[0], (text,) * 3)
        empty = AccountChanges(one.account, "", (), (), is_new=kind == "worst")
        for name, found in (("full", full), ("empty", empty)):
            yield Exhibit(f"changes {kind} {name}", changes_card(found, long))
            over = PortfolioChanges(
                *(long, text, (found,) * 7, 40, 90),
                came=(text,) * 9,
                left=(text,) * 9,
                several_owners=True,
            )
            yield Exhibit(f"portfolio changes {kind} {name}", portfolio_changes_card(over))
    nobody = PortfolioChanges(long, "your accounts", (), 0, 16)
    yield Exhibit("portfolio changes quiet", portfolio_changes_card(nobody))


def _writing() -> Iterator[Exhibit]:
    zone, texts = ZoneInfo("Europe/Berlin"), (f"Hi Sarah,\n{HOSTILE * 60}\nCheers,\nAna",) * 5
    for count in (0, 1, 5):
        samples = texts[:count]
        view = writing_view(samples, measure(samples, "Ana Souza"), most=5)
        yield Exhibit(f"writing {count}", view=view)
        tone = measure(samples, "Ana Souza")
        yield Exhibit(f"writing kept {count}", writing_card(samples, tone, most=5, gone=HOSTILE))
    agenda = _prepared(Catalogue.shipped().resources["check_in_agenda"], BETA)
    yield Exhibit("agenda", view=agenda_view(agenda, HOSTILE * 9, zone))


def _prepared(resource: Resource, row: dict[str, Any]) -> Prepared:
    made = draft(resource, row, sender="Ana Souza", today=TODAY)
    start = next_slot(NOW, ZoneInfo("Europe/Berlin")) if made.minutes else None
    return Prepared(
        made, str(row["champion"]), "s@b.example", start, links(made, "s@b.example", start)
    )


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _decide(
    one: Recommendation, kind: DecisionKind, *, on: date = TODAY, **details: Any
) -> Recommendation:
    by = one.owner_name or "Ana Souza"
    return decide(one, Decision(kind, CsmId("ana"), by, NOW, **details), today=on)


def _signal(long: str, name: str) -> Signal:
    evidence = Evidence("usage_metrics", TODAY - timedelta(days=2), name)
    return Signal("usage.drop", name, long, 0.8, long, evidence)


def _pieces(part: Part, long: str) -> tuple[Piece, ...]:
    return tuple(
        replace(piece, says=long, label=long) for piece in (*part.pieces, Piece("x", 1, "y")) * 9
    )
