"""What schemathesis makes of the schema is answered as the schema says, and never with a 5xx."""

import asyncio
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from bot.playground.slack.loopback import loopback
from tests.bot.api.conftest import PATH, Front

EXAMPLES = 12
"""How many requests are made up for each endpoint, besides those for the limits of each value."""

LIKE_COMPLETE = {"phases": {"coverage": {"enabled": False}}}
"""Headers and body are nearly those of `complete`: the limits of each are not tried again."""

BY_ACCOUNT = {"checks": {"positive_data_acceptance": {"enabled": False}}}
"""Which days, happenings and signals will do no schema can say."""

OTHERWISE = {
    "accept": LIKE_COMPLETE,
    "undo": LIKE_COMPLETE,
    "dismiss": LIKE_COMPLETE | BY_ACCOUNT,
    "defer": BY_ACCOUNT,
}
DECIDED = ["404", "409", "412"]
"""How a request that fits the schema may end, because of what was decided before it."""


async def test_whatever_fits_the_schema_or_not_is_answered_as_declared(lite: Front) -> None:
    best = await lite.best()
    async with loopback(lite.app) as served:
        config = _config(served.address, lite.secrets["ada"], best["id"])
        answer = await lite.get("/openapi.json", None)

        found, tried = await asyncio.to_thread(_run, answer.json, config)

    assert found == []
    assert tried > 300


def _config(address: str, secret: str, action: str) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "base-url": address,
            "seed": 1,
            "headers": {"Authorization": f"Bearer {secret}"},
            "parameters": {"path.actionId": action},
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}},
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", *DECIDED]}},
            "operations": [
                {"include-path": f"{PATH}/{{actionId}}/{verb}", **changed}
                for verb, changed in OTHERWISE.items()
            ],
        }
    )


def _run(schema: dict[str, Any], config: SchemathesisConfig) -> tuple[list[str], int]:
    """Return what went wrong, a line each, and how many requests were made."""
    loaded = schemathesis.openapi.from_dict(schema, config=config)
    found, tried = [], 0
    for event in from_schema(loaded).execute():
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.value}")
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.cases)
            found += [
                f"{event.label}: {check.name}: {check.failure_info.failure}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.status is Status.FAILURE and check.failure_info is not None
            ]
    return found, tried
