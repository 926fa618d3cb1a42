"""A small campaign of what `make chaos` runs for longer."""

from pathlib import Path

from storage.database import Database
from tests.chaos.kills import campaign


async def test_nothing_is_lost_and_nothing_comes_twice_when_processes_are_killed(
    database: Database, tmp_path: Path
) -> None:
    url = database.url.render_as_string(hide_password=False)
    replicas = 1 if database.is_sqlite else 2

    found = await campaign(url, tmp_path, kills=3, replicas=replicas, rate=6)

    assert found.is_clean, f"\n{found}"
    assert found.acknowledged_events > 0
