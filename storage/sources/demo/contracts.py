"""What an account has bought, when that renews, what it may buy, and what stands in the way."""

from random import Random

from storage.sources.demo.days import Calendar, office
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import Contract, Opportunity, Renewal, RiskSignal

NOTICE = 120
"""Days before a renewal at which work on it begins."""

CLOSED_DEALS = (
    ("Additional seats", "seats", "Seats"),
    ("Reporting add-on", "cross_sell", "Reporting"),
    ("Upgrade to the next plan", "upgrade", "Plan"),
    ("Automation add-on", "cross_sell", "Automation"),
)

CLEARED_RISKS = (
    ("usage_drop", "medium", "Usage fell after a reorganisation"),
    ("champion_change", "medium", "The champion moved to another team"),
    ("support_friction", "low", "Several tickets about the same import"),
    ("budget", "medium", "Budget review announced by the finance team"),
)


def write_contracts(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
    """Write a contract for each term and the renewal at the end of it."""
    arr = float(sketch.company.arr)
    billing = rng.choice(("annual", "annual", "quarterly"))
    for back in range(sketch.terms):
        ends = sketch.term * back - sketch.renewal_in
        running = back == 0
        ledger.add(
            Contract,
            starts_on=on.day(ends + sketch.term),
            ends_on=on.day(_last_day(sketch, ends, running)),
            arr=arr,
            seats=max(5, round(sketch.seats * arr / sketch.company.arr)),
            plan_tier=sketch.tier,
            billing=billing,
            auto_renew=sketch.company.segment == "smb",
        )
        _write_renewal(sketch, ledger, on, ends=ends, amount=arr, running=running)
        arr = round(arr * rng.uniform(0.82, 0.96), -2)


def write_deals(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
    """Write the open opportunities of the sketch and up to two that were closed before."""
    for deal in sketch.deals:
        ledger.add(
            Opportunity,
            name=deal.name,
            kind=deal.kind,
            product=deal.product,
            stage=deal.stage,
            amount=float(deal.amount),
            opened_on=on.day(deal.opened),
            expected_on=on.day(-deal.expected_in),
        )
    for name, kind, product in rng.sample(CLOSED_DEALS, rng.randint(0, 2)):
        closed = rng.randint(70, 460)
        if closed + 60 > sketch.history:
            continue
        won = rng.random() < 0.6
        ledger.add(
            Opportunity,
            name=name,
            kind=kind,
            product=product,
            stage="closed won" if won else "closed lost",
            amount=float(round(sketch.company.arr * rng.uniform(0.06, 0.25), -2)),
            opened_on=on.day(closed + rng.randint(25, 60)),
            expected_on=on.day(closed - 5),
            closed_on=on.day(closed),
            won=won,
        )


def write_risks(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> None:
    """Write the open risks of the sketch and, for half of the accounts, a cleared one."""
    for risk in sketch.risks:
        ledger.add(
            RiskSignal,
            kind=risk.kind,
            severity=risk.severity,
            description=risk.description,
            raised_at=on.at(risk.days, office(rng)),
        )
    raised = rng.randint(100, 400)
    if rng.random() < 0.5 and raised < sketch.history:
        kind, severity, description = rng.choice(CLEARED_RISKS)
        ledger.add(
            RiskSignal,
            kind=kind,
            severity=severity,
            description=description,
            raised_at=on.at(raised, office(rng)),
            cleared_at=on.at(raised - rng.randint(15, 60), office(rng)),
        )


def _last_day(sketch: Sketch, ends: int, running: bool) -> int:
    if not running:
        return ends + 1  # the next contract begins on the day of renewal
    return ends if sketch.churned is None else sketch.churned


def _write_renewal(
    sketch: Sketch, ledger: Ledger, on: Calendar, *, ends: int, amount: float, running: bool
) -> None:
    """Write one renewal; one that is still far off was put down when its contract was signed."""
    early = ends + NOTICE
    lost = running and sketch.churned is not None
    closed = sketch.churned if lost else None if running else ends + 10
    ledger.add(
        Renewal,
        renews_on=on.day(ends),
        opened_on=on.day(early if early > 0 else ends + sketch.term),
        amount=amount,
        stage=_stage(ends, running, lost),
        closed_on=None if closed is None else on.day(closed),
        won=None if closed is None else not lost,
    )


def _stage(ends: int, running: bool, lost: bool) -> str:
    if lost:
        return "lost"
    if not running:
        return "won"
    return "preparing" if ends > -NOTICE else "not started"
