"""The book of accounts: the seeds' stories first, then the table, then as many more as asked."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice
from random import Random

from storage.sources.demo.companies import invented, listed
from storage.sources.demo.growth import of_others
from storage.sources.demo.moods import calm, mooded, shuffled
from storage.sources.demo.people import CSMS
from storage.sources.demo.sketch import Sketch
from storage.sources.demo.stories import of_ana
from storage.sources.demo.turns import TURNS

FULL_HISTORY = 60
"""How many accounts have eighteen months of history; further ones, for load tests, have nine weeks.

Signals read no further back than two months, so that the engine's work is the same for all.
"""

SHORT_WEEKS = 9


def sketches(accounts: int, seed: int) -> Iterator[Sketch]:
    """Yield so many accounts; the same number and seed give the same ones."""
    return islice(chain(of_ana(), of_others(), _listed(seed), _invented(seed)), accounts)


def account_rng(seed: int, name: str) -> Random:
    """Return the randomness of one account, which no other account disturbs."""
    return Random(f"{seed}/{name}")


def _listed(seed: int) -> Iterator[Sketch]:
    """Yield the companies of the table: Ana's are calm, so that her stories stand out."""
    moods = {csm.key: shuffled(account_rng(seed, f"moods/{csm.key}")) for csm in CSMS}
    for company in listed():
        rng = account_rng(seed, f"sketch/{company.name}")
        sketch = calm(company, rng)
        if company.name in TURNS:
            sketch = replace(sketch, **TURNS[company.name])
        elif company.owner != "ana":
            sketch = next(moods[company.owner])(sketch, rng)
        yield sketch


def _invented(seed: int) -> Iterator[Sketch]:
    for number in count():
        rng = account_rng(seed, f"invented/{number}")
        sketch = mooded(calm(invented(number, rng), rng), rng)
        yield replace(sketch, weeks=SHORT_WEEKS)
