"""What would be recommended in the demo portfolio: the engine on its facts, past and outcomes."""

import polars as pl

from core.engine import Engine, Moment
from core.learning import Effectiveness
from core.ranking import rank, with_facts
from core.rules import Rules
from storage.database import Database
from storage.facts import Window, read
from storage.recommendations import Recommendations
from tests.storage.demo.moment import NOW, TODAY


async def ranked(database: Database, *, rested: bool = False) -> pl.DataFrame:
    """Return every account's plays, best first; `rested` leaves out what the past forbids."""
    rules, recommendations = Rules.shipped(), Recommendations(database)
    outcomes = await recommendations.outcomes(as_of=NOW)
    learned = Effectiveness.of(outcomes, rules.catalogue.priors, NOW)
    past = await recommendations.past(as_of=NOW) if rested else ()
    async with database.read() as session:
        facts = await read(session, Window(NOW))
    engine = Engine(Moment(NOW, TODAY), rules, learned)
    return with_facts(rank(facts, engine, past), facts, engine)
