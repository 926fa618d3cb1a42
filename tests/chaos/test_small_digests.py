"""A few days of what `make chaos` lives through for a year."""

from datetime import date

from storage.database import Database
from tests.chaos.digests import simulate


async def test_each_working_day_has_one_digest_whatever_happens(sqlite: Database) -> None:
    """Clocks go forward on that Sunday in all three zones."""
    url = sqlite.url.render_as_string(hide_password=False)

    found = await simulate(url, begins=date(2026, 3, 27), days=4, zones=3, seed=3)

    assert found.is_clean, f"\n{found}"
    assert found.ended["sent"] >= found.days // 2
