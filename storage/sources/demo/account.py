"""One account of the demo, from its sketch to all of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.sources.demo.book import account_rng
from storage.sources.demo.contacts import write_contacts, write_logins
from storage.sources.demo.contracts import write_contracts, write_deals, write_risks
from storage.sources.demo.conversations import write_conversations
from storage.sources.demo.days import Calendar
from storage.sources.demo.deeds import Deed
from storage.sources.demo.health import treatments, write_health
from storage.sources.demo.meetings import write_meetings
from storage.sources.demo.people import CSMS
from storage.sources.demo.plan import write_plan
from storage.sources.demo.progress import write_progress
from storage.sources.demo.rows import Ledger, Rows
from storage.sources.demo.shown import Case
from storage.sources.demo.sketch import Sketch
from storage.sources.demo.tickets import write_tickets
from storage.sources.demo.usage import write_features, write_usage
from storage.tables import Customer


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes accounts: where to, for whom, with which randomness, as of when."""

    rows: Rows
    csm_ids: Mapping[str, str]
    seed: int
    on: Calendar

    def write(self, sketch: Sketch, deeds: Sequence[Deed]) -> Case:
        """Write the account and everything that belongs to it but its past recommendations."""
        ledger = Ledger(self.rows, sketch.company.name, self.csm_ids[sketch.company.owner])
        rng = account_rng(self.seed, sketch.company.name)
        on = self.on
        self._write_customer(sketch, ledger)
        write_contracts(sketch, ledger, rng, on)
        write_deals(sketch, ledger, rng, on)
        write_risks(sketch, ledger, rng, on)
        known = write_contacts(sketch, ledger, rng, on)
        scores = write_health(sketch, ledger, treatments(deeds), rng, on)
        write_usage(sketch, ledger, rng, on)
        write_logins(sketch, ledger, known, rng, on)
        write_conversations(sketch, ledger, known, rng, on)
        write_meetings(sketch, ledger, known, rng, on)
        write_tickets(sketch, ledger, known, rng, on)
        write_plan(sketch, ledger, known, on)
        write_features(sketch, ledger, rng, on)
        write_progress(sketch, ledger, known, rng, on)
        owner = next(csm for csm in CSMS if csm.key == sketch.company.owner)
        return Case(sketch, ledger, owner, scores, tuple(deeds))

    def _write_customer(self, sketch: Sketch, ledger: Ledger) -> None:
        company, gone = sketch.company, sketch.churned
        self.rows.imported(
            Customer,
            ledger.account_id,
            ledger.slug,
            name=company.name,
            domain=f"{ledger.slug}.example",
            segment=company.segment,
            industry=company.industry,
            country=company.country,
            employees=company.employees,
            plan_tier=sketch.tier,
            arr=float(company.arr) if gone is None else 0.0,
            csm_id=ledger.owner_id,
            use_case=company.use_case,
            signed_up_on=self.on.day(sketch.age),
            churned_on=None if gone is None else self.on.day(gone),
            churn_reason=None if gone is None else "Moved to a tool of the parent company",
        )
