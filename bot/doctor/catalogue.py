"""Check of the team's own catalogue."""

from bot.catalogue_file import made, rules_of
from bot.doctor.check import Check
from bot.settings import Settings
from core.errors import Misconfigured


def examine_catalogue(settings: Settings) -> list[Check]:
    """Return the check of the file; none when there is no file."""
    if settings.catalogue is None:
        return []
    try:
        rules = rules_of(settings.catalogue)
    except Misconfigured as error:
        says = str(error).removeprefix("STEWARD_CATALOGUE: ")
        mend = "Mend the file, or leave STEWARD_CATALOGUE out. Steward does not start with it."
        return [Check("Catalogue", "fail", says, mend)]
    return [Check("Catalogue", "ok", f"{settings.catalogue}: {made(rules)}")]
