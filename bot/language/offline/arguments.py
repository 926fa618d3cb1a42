"""What a question says besides its tool and account: filters, years, sections, likelihoods."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.language.offline import digest_commands, drafts, figures, filters, plans, since, spans
from bot.language.offline.reading import Reading
from bot.language.text import ACCOUNT, MARKS, PERSON

_STATUS = {
    "open": r"(?:not|n't|never|yet to be|still to be)(?: yet| been)* (?:done|closed|finished"
    r"|completed)|yet (?:closed|done)|un(?:done|finished)|incomplete",
    "overdue": r"over ?due|late|past (?:the|their|its)? ?(?:due|deadline)|past due|delayed|missed"
    r"|expired|behind(?: schedule)?",
    "in_progress": r"in[- ]progress|under ?way|ongoing|started|being worked|wip|working on",
    "cancelled": r"cancel(?:l?ed)|dropped|abandoned",
    "done": r"done|completed?|finished|closed|resolved|ticked off",
}
_OPEN = r"open|pending|outstanding|to do|unfinished|remaining|left"
_MODELS = {
    "churn": r"churn\w*|leav\w*|renew\w*|at[- ]risk",
    "expansion": r"expan\w*|upsell\w*|up[- ]sell\w*|propensity|grow\w*",
    "health": r"health\w*",
    "action": r"actions?|recommendations?|next best|nba|suggestions?|advice",
}
_OWN_TASKS = r"\bmy (?:\w+ )?(?:ctas?|tasks|to-?dos?|calls? to action)\b"
_MOST_LISTED = 50


def arguments(reading: Reading, label: str) -> dict[str, Any]:
    """Return the arguments of a tool, but for the account."""
    reader = _READERS.get(label)
    return reader(reading) if reader else {}


def _top(reading: Reading) -> dict[str, Any]:
    return filters.read(reading.masked.text.replace(ACCOUNT, " ")) | _person(reading)


def _what_works(reading: Reading) -> dict[str, Any]:
    return _owner(reading) | spans.read(reading.text, reading.today)


def _changed(reading: Reading) -> dict[str, Any]:
    owner = {} if reading.mentions else _owner(reading)
    return since.since_or_during(reading) | owner


def _at_risk(reading: Reading) -> dict[str, Any]:
    likely = figures.likelihood(_unmasked(reading))
    return _owner(reading) | _limit(reading) | _given("min_probability", likely)


def _ready(reading: Reading) -> dict[str, Any]:
    found = filters.read(_unmasked(reading))
    segment = {key: value for key, value in found.items() if key == "segment"}
    return segment | _owner(reading) | _limit(reading)


def _draft_plan(reading: Reading) -> dict[str, Any]:
    text = _unmasked(reading)
    parts = plans.sections(text)
    return plans.fiscal_year(text, reading.today) | ({"sections": list(parts)} if parts else {})


def _show_plan(reading: Reading) -> dict[str, Any]:
    parts = plans.sections(_unmasked(reading))
    return {"section": parts[0]} if len(parts) == 1 else {}


def _list_ctas(reading: Reading) -> dict[str, Any]:
    text = _unmasked(reading).lower()
    owner = _owner(reading)
    if not owner and re.search(_OWN_TASKS, text):
        owner = {"owner": "me"}
    return _given("status", _status(text)) | owner


def _status(text: str) -> str | None:
    for status, words in _STATUS.items():
        if re.search(rf"(?<!\w)(?:{words})\b", text):
            return status
    return "open" if re.search(rf"\b(?:{_OPEN})\b", text) else None


def _accuracy(reading: Reading) -> dict[str, Any]:
    text = _unmasked(reading).lower()
    found = [name for name, words in _MODELS.items() if re.search(rf"\b(?:{words})\b", text)]
    return {"model": found[0]} if len(found) == 1 else {}


def _draft(reading: Reading) -> dict[str, Any]:
    return drafts.kind(reading.masked.text) | drafts.about(reading.masked.text)


def _digest(reading: Reading) -> dict[str, Any]:
    """Name what a change would need although none is made: then it is said that none was."""
    return digest_commands.where(reading)


def _limit(reading: Reading) -> dict[str, Any]:
    return _given("limit", filters.limit(_unmasked(reading).lower(), most=_MOST_LISTED))


def _owner(reading: Reading) -> dict[str, Any]:
    return _given("owner", filters.owner(_unmasked(reading).lower())) | _person(reading)


def _person(reading: Reading) -> dict[str, Any]:
    return _given("owner", reading.first(PERSON))


def _given(name: str, value: object) -> dict[str, Any]:
    return {} if value is None else {name: value}


def _unmasked(reading: Reading) -> str:
    """Return the text without its accounts and people, whose names may hold such words."""
    text = reading.masked.text
    return "".join(
        " "
        if letter in (ACCOUNT, PERSON)
        else reading.masked.original(place, place + 1)
        if letter in MARKS
        else letter
        for place, letter in enumerate(text)
    )


_READERS: Mapping[str, Callable[[Reading], dict[str, Any]]] = {
    "top_actions": _top,
    "what_works": _what_works,
    "account_brief": since.since,
    "what_changed": _changed,
    "accounts_at_risk": _at_risk,
    "ready_to_expand": _ready,
    "draft_account_plan": _draft_plan,
    "show_account_plan": _show_plan,
    "create_ctas": _limit,
    "list_ctas": _list_ctas,
    "prediction_accuracy": _accuracy,
    "draft_message": _draft,
    "digest_settings": _digest,
}
