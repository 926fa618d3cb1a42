"""The facts that are watched, with the least change of each that is worth telling."""

from datetime import date

from core.changes.watch import (
    Tone,
    Watch,
    amount,
    below,
    by,
    by_share,
    came,
    health,
    last_seen,
    more_is,
    other,
    past,
    person,
    plainly,
    same,
    share,
    silence,
    tally,
    usage,
)
from core.wording import Row, count, day, money, quoted

QUIET_CHAMPION, QUIET_SPONSOR, QUIET_ACCOUNT = 14, 90, 30
"""After so many days without a sign of them, somebody has gone quiet."""


def _sponsor_quiet(then: Row, now: Row, today: date) -> str:
    seen = last_seen(now, "sponsor_silent_days", today)
    if now["sponsor_silent_days"] > then["sponsor_silent_days"]:
        return f"No contact with {now['sponsor']} for {QUIET_SPONSOR} days, the last was {seen}"
    return f"In touch with {now['sponsor']} again, {seen}"


def _no_contact(then: Row, now: Row, today: date) -> str:
    seen = last_seen(now, "days_since_contact", today)
    if now["days_since_contact"] > then["days_since_contact"]:
        return f"No contact for {QUIET_ACCOUNT} days, the last was {seen}"
    return f"In contact again, {seen}"


def _renewal_moved(then: Row, now: Row, today: date) -> str:
    was, is_on = then["renewal_on"], now["renewal_on"]
    if is_on is None:
        return f"No renewal date is known any more, {day(was, today)} before"
    if was is None or was < today:
        return f"The next renewal is {day(is_on, today)}"
    return f"The renewal moved from {day(was, today)} to {day(is_on, today)}"


def _renewal_near(_: Row, now: Row, today: date) -> str:
    left = now["days_to_renewal"]
    when = f"in {count(left, 'day')}" if left > 0 else "due"
    return f"The renewal is {when}, on {day(now['renewal_on'], today)}"


def _qbr(then: Row, now: Row, today: date) -> str:
    was, is_on = then["next_qbr_on"], now["next_qbr_on"]
    if is_on is None:
        held = was <= today
        return f"The QBR of {day(was, today)} {'is over' if held else 'is no longer planned'}"
    if was is None or was < today:
        return f"A QBR is planned for {day(is_on, today)}"
    return f"The QBR moved from {day(was, today)} to {day(is_on, today)}"


def _opportunities(then: Row, now: Row, _: date) -> str:
    found, was = now["open_opportunities"], then["open_opportunities"]
    if not found:
        return f"No open opportunity, {was} before"
    noun = "open opportunity" if found == 1 else "open opportunities"
    total = now["opportunity_amount"]
    worth = f" worth {money(total, now['currency'] or 'USD')}" if total else ""
    return f"{found} {noun}{worth}, {was or 'none'} before"


def _risks(then: Row, now: Row, today: date) -> str:
    said = tally("open risk", "open_risks")(then, now, today)
    return f"{said}{_the_risk(now)}" if now["open_risks"] > then["open_risks"] else said


def _critical(then: Row, now: Row, today: date) -> str:
    said = tally("critical risk", "critical_risks")(then, now, today)
    return f"{said}{_the_risk(now)}" if now["critical_risks"] > then["critical_risks"] else said


def _the_risk(now: Row) -> str:
    return f": {quoted(now['top_risk'])}" if now["top_risk"] else ""


def _idle(then: Row, now: Row, _: date) -> str:
    if now["idle_department"] is None:
        return f"Somebody in {then['idle_department']} signs in again"
    return f"Nobody in {now['idle_department']} signed in for 90 days"


def _idle_tone(_: Row, now: Row) -> Tone:
    return "worse" if now["idle_department"] else "better"


def _qbr_ready(then: Row, now: Row, _: date) -> str:
    was = (then["qbr_deck"] or "").replace("_", " ")
    return f"The QBR deck is {now['qbr_deck'].replace('_', ' ')}{f', it was {was}' if was else ''}"


WATCHES: tuple[Watch, ...] = (
    Watch("health", by("health", 3, 1), 1.0, health, more_is("better", "health"), dated=True),
    Watch(
        "usage_change",
        by("usage_change", 10, 1),
        0.9,
        usage,
        more_is("better", "usage_change"),
        dated=True,
    ),
    Watch(
        "champion_silent_days",
        past("champion_silent_days", QUIET_CHAMPION) * same("champion"),
        1.2,
        silence,
        more_is("worse", "champion_silent_days"),
    ),
    Watch("champion", other("champion"), 1.2, person("champion", "champion"), plainly("other")),
    Watch("sponsor", other("sponsor"), 1.0, person("sponsor", "sponsor"), plainly("other")),
    Watch(
        "sponsor_silent_days",
        past("sponsor_silent_days", QUIET_SPONSOR) * same("sponsor"),
        0.6,
        _sponsor_quiet,
        more_is("worse", "sponsor_silent_days"),
    ),
    Watch(
        "days_since_contact",
        past("days_since_contact", QUIET_ACCOUNT),
        0.7,
        _no_contact,
        more_is("worse", "days_since_contact"),
    ),
    Watch(
        "critical_risks",
        by("critical_risks", 1, -1),
        1.5,
        _critical,
        more_is("worse", "critical_risks"),
        dated=True,
    ),
    Watch(
        "open_risks",
        by("open_risks", 1, -1),
        0.8,
        _risks,
        more_is("worse", "open_risks"),
        unless="critical_risks",
        dated=True,
    ),
    Watch(
        "urgent_tickets",
        by("urgent_tickets", 1, -1),
        0.9,
        tally("urgent ticket", "urgent_tickets"),
        more_is("worse", "urgent_tickets"),
        dated=True,
    ),
    Watch(
        "open_tickets",
        by("open_tickets", 2, -1),
        0.5,
        tally("open ticket", "open_tickets"),
        more_is("worse", "open_tickets"),
        unless="urgent_tickets",
        dated=True,
    ),
    Watch(
        "arr",
        by_share("arr", 0.02),
        0.5,
        amount("ARR", "arr"),
        more_is("better", "arr"),
        dated=True,
    ),
    Watch("renewal_on", other("renewal_on"), 0.9, _renewal_moved, plainly("other")),
    Watch(
        "days_to_renewal",
        below("days_to_renewal", 30, 60, 90) * same("renewal_on"),
        0.7,
        _renewal_near,
        plainly("other"),
    ),
    Watch(
        "adoption",
        by("adoption", 0.05, 1),
        0.5,
        share("Feature adoption", "adoption"),
        more_is("better", "adoption"),
        dated=True,
    ),
    Watch(
        "seat_use",
        by("seat_use", 0.10, 1),
        0.5,
        share("Use of the seats", "seat_use"),
        more_is("better", "seat_use"),
        dated=True,
    ),
    Watch(
        "open_opportunities",
        by("open_opportunities", 1),
        0.6,
        _opportunities,
        plainly("other"),
    ),
    Watch(
        "opportunity_amount",
        by_share("opportunity_amount", 0.10),
        0.5,
        amount("The open opportunities", "opportunity_amount"),
        plainly("other"),
        unless="open_opportunities",
    ),
    Watch(
        "milestone",
        came("milestone"),
        0.6,
        lambda _then, now, _today: f"Reached: {quoted(now['milestone'])}",
        plainly("better"),
    ),
    Watch(
        "departments_active",
        by("departments_active", 1, 1),
        0.4,
        tally("active department", "departments_active"),
        more_is("better", "departments_active"),
        dated=True,
    ),
    Watch(
        "idle_department",
        other("idle_department"),
        0.4,
        _idle,
        _idle_tone,
        unless="departments_active",
    ),
    Watch("next_qbr_on", other("next_qbr_on"), 0.4, _qbr, plainly("other")),
    Watch(
        "qbr_deck",
        came("qbr_deck") * same("next_qbr_on"),
        0.3,
        _qbr_ready,
        plainly("better"),
    ),
)
"""Every watched fact; a change of each is told once, however many facts say the same."""

WATCH = {one.fact: one for one in WATCHES}
