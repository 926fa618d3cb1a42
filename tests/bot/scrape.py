"""Read GET /metrics as Prometheus does."""

from dataclasses import dataclass

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import ASGIApp

from tests.bot.asgi import ask


@dataclass(frozen=True, slots=True)
class Scrape:
    """What one scrape brought; `own` are the families that are Steward's."""

    body: str
    families: tuple[Metric, ...]

    @property
    def own(self) -> tuple[Metric, ...]:
        return tuple(one for one in self.families if one.name.startswith("steward_"))

    def value(self, name: str, /, **labels: str) -> float | None:
        """Return the value of a series, None when there is none with exactly these labels."""
        samples = (one for family in self.families for one in family.samples)
        found = [one.value for one in samples if (one.name, one.labels) == (name, labels)]
        return found[0] if found else None

    def counted(self, name: str) -> dict[tuple[str, ...], float]:
        """Return the series of a counter that are not 0, by their labels' values.

        The labels are in the order of their names.
        """
        samples = (one for family in self.families for one in family.samples if one.name == name)
        return {tuple(one.labels.values()): one.value for one in samples if one.value}


async def scrape(web: ASGIApp) -> Scrape:
    """Ask for the metrics from this machine."""
    answer = await ask(web, "/metrics", method="GET")
    assert answer.status == 200, answer.body
    return Scrape(answer.body, tuple(text_string_to_metric_families(answer.body)))
