"""Who matters at an account, and who of them went quiet."""

from collections.abc import Iterator
from datetime import date

from core.briefs.background import Background, Person
from core.briefs.words import ago, on
from core.changes.watches import QUIET_CHAMPION, QUIET_SPONSOR
from core.wording import Row

ROLES = {
    "champion": "champion",
    "executive_sponsor": "sponsor",
    "economic_buyer": "economic buyer",
}
"""Who matters before a call, in this order; others are at the account as well."""

_LATELY_LEFT = 90


def people(background: Background, row: Row, today: date) -> tuple[str, ...]:
    """Return a line for each person who matters, then who left and which department is idle."""
    return (*_who_matters(background, today), *_gone(background, row, today))


def _who_matters(background: Background, today: date) -> Iterator[str]:
    for role, said in ROLES.items():
        holders = [one for one in background.people if one.role == role and one.left_on is None]
        for one in sorted(holders, key=_last_sign, reverse=True)[:1]:
            yield f"{one.name}, {said}: {_sign(one, role, today)}"
    if background.people and not any(one.role == "champion" for one in background.people):
        yield "No champion is named"


def _gone(background: Background, row: Row, today: date) -> Iterator[str]:
    for one in background.people:
        if one.left_on is not None and (today - one.left_on).days <= _LATELY_LEFT:
            role = ROLES.get(one.role) or one.title
            yield f"{one.name}{f', {role},' if role else ''} left on {on(one.left_on, today)}"
    if row.get("idle_department"):
        yield f"Quiet: nobody in {row['idle_department']} signed in for 90 days"


def _sign(person: Person, role: str, today: date) -> str:
    """Say when somebody was last heard of, and that they are quiet if that is long ago."""
    limit = QUIET_CHAMPION if role == "champion" else QUIET_SPONSOR
    seen = person.signed_in if role != "executive_sponsor" else None
    if seen is None and person.in_touch is None:
        return "no sign-in or contact on record"
    signs = [("last sign-in", seen), ("last contact", person.in_touch)]
    what, at = max(((name, at) for name, at in signs if at is not None), key=lambda sign: sign[1])
    quiet = "quiet, " if (today - at.date()).days >= limit else ""
    return f"{quiet}{what} {ago(at.date(), today)}"


def _last_sign(person: Person) -> float:
    signs = [at.timestamp() for at in (person.signed_in, person.in_touch) if at is not None]
    return max(signs, default=0.0)
