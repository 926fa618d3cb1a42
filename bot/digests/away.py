"""From when until when somebody is away, by their own words."""

from datetime import date, timedelta

from bot.language import dates
from bot.language.periods import start
from bot.tools.tool import Asker
from core.calendar import LONGEST, Absence
from core.errors import Invalid

_THROUGH = "through "


def absence(starts: date, back: date, asker: Asker) -> Absence:
    """Return an absence; raises Invalid when it is over already, or longer than a year."""
    if back <= asker.today or back <= starts:
        raise Invalid("Choose a day after today to be back on.", field="back")
    if (back - asker.today).days > LONGEST:
        raise Invalid("Choose a day within the next twelve months.", field="back")
    return Absence(starts, back)


def absence_of(starts: str | None, until: str | None, asker: Asker) -> Absence:
    """Return when somebody is away: until a day they are back, or over a day or week named alone.

    Raises Invalid for words that are no day, and for a time that is over or too long.
    """
    today = asker.today
    first = _first(starts, today) if starts else today
    if until is None:
        return absence(first, _end(starts or "", first), asker)
    words = until.strip()
    last_counts = words.lower().startswith(_THROUGH)
    back = _day(words[len(_THROUGH) :] if last_counts else words, max(first, today))
    return absence(first, back + timedelta(days=1) if last_counts else back, asker)


def _first(words: str, today: date) -> date:
    if words.lower().strip() == "this week":
        return today
    return _day(words, today)


def _end(words: str, first: date) -> date:
    """Return the day after a day or week that is named alone: "next week" ends with its Friday."""
    is_week = "week" in words.lower() and "weekend" not in words.lower()
    return start("week", first, 1) if is_week else first + timedelta(days=1)


def _day(words: str, today: date) -> date:
    found = dates.resolve(words, today)
    if found is None:
        said = f"I do not read “{words[:40]}” as a day. Say for example “I'm off until 4 December”."
        raise Invalid(said, field="until")
    return found
