"""How numbers, days and templates become words, the same on every card and in every sentence."""

import re
import string
from collections.abc import Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]
"""One row of the facts frame: fact name -> value, None where it is not known."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{[^{}]*\}")
_INNER = str.maketrans("“”", "\u2018\u2019")
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def money(amount: float | None, currency: str = "USD") -> str:
    """Return `$120K`, `€1.2M` or `CHF 950`; `not known` for None."""
    if amount is None:
        return "not known"
    symbol = ("-" if amount < 0 else "") + _SYMBOLS.get(currency, f"{currency} ")
    # what rounds up to a thousand of a kind is one of the next
    for least, size, letter in ((999_950, 1_000_000, "M"), (999.5, 1_000, "K")):
        if abs(amount) >= least:
            return f"{symbol}{abs(amount) / size:.1f}".removesuffix(".0") + letter
    return f"{symbol}{abs(amount):,.0f}"


def count(number: float, noun: str) -> str:
    """Return `1 day` or `14 days`."""
    return f"{number:,.0f} {noun}" + ("" if round(number) == 1 else "s")


def percent(share: float) -> str:
    """Return a share of 1 as `95 %`."""
    return f"{share * 100:.0f} %"


def sentence_case(text: str) -> str:
    """Return a text with a capital letter first; names in it keep theirs."""
    return f"{text[:1].upper()}{text[1:]}"


def day(on: date, today: date | None = None) -> str:
    """Return `Fri 27 Nov`, with the year when it is not the year of `today`."""
    text = f"{on:%a} {on.day} {on:%b}"
    return text if today is not None and on.year == today.year else f"{text} {on.year}"


def quoted(text: str) -> str:
    """Return somebody's words on one line in quotation marks; what they quote gets single ones."""
    return f"“{_one_line(text)}”"


def first_name(name: str | None) -> str | None:
    """Return `Sarah` of `Sarah Lin`."""
    return name.split()[0] if name and name.split() else None


def fill(template: str, row: Row) -> str | None:
    """Put facts into `{fact}` places; None when one of them is not known.

    A line that would need a fact nobody has is left out rather than filled in. `[…]` around words
    with a fact leaves out only these words, and `[…|…]` takes the first wording that can be filled.
    """
    template = _CHOICE.sub(lambda found: _choice(found, row), template)
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    if any(row.get(name) in (None, "") for name in names):
        return None
    return template.format_map({name: _inner(row[name]) for name in names})


def _inner(value: object) -> object:
    """Keep a fact in its place: it begins no line of its own and ends no quotation."""
    return _one_line(value) if isinstance(value, str) else value


def _one_line(text: str) -> str:
    return " ".join(text.split()).translate(_INNER)


def lines(templates: tuple[str, ...], row: Row) -> tuple[str, ...]:
    """Fill several templates and leave out those that cannot be filled."""
    return tuple(line for template in templates if (line := fill(template, row)) is not None)


def with_names(row: Row) -> dict[str, Any]:
    """Add what templates may also name: first names, and facts as people say them."""
    currency = row.get("currency") or "USD"
    return {
        **row,
        "champion_first": first_name(row.get("champion")),
        "sponsor_first": first_name(row.get("sponsor")),
        "arr_words": money(row["arr"], currency) if row.get("arr") is not None else None,
        "opportunity_words": (
            money(row["opportunity_amount"], currency) if row.get("opportunity_amount") else None
        ),
        "adoption_words": percent(row["adoption"]) if row.get("adoption") is not None else None,
        "seat_use_words": percent(row["seat_use"]) if row.get("seat_use") is not None else None,
        "renewal_in": _ahead(row.get("days_to_renewal")),
        "qbr_in": _ahead(row.get("days_to_qbr")),
        "anniversary_in": _ahead(row.get("days_to_anniversary")),
        "since_contact": _some(row.get("days_since_contact"), "day"),
        "since_value_update": _some(row.get("days_since_value_update"), "day"),
        "silent_for": _some(row.get("champion_silent_days"), "day"),
        "customer_for": _age(row.get("days_as_customer")),
        "health_words": _health(row),
        "usage_words": _change(row.get("usage_change")),
        "tickets_words": _some(row.get("open_tickets"), "open ticket"),
        "usage_down": _fallen(row.get("usage_change")),
        "fading_words": _plain(row.get("fading_metric")),
        "fading_by": _change(row.get("fading_change")),
        "lately_reached": _lately(row),
        "contract_words": _some(row.get("contract_months"), "month"),
    }


def _choice(found: re.Match[str], row: Row) -> str:
    """Return the first wording that can be filled, as a template still, or nothing."""
    wordings = found[1].split("|")
    if len(wordings) == 1 and not _PLACE.search(found[1]):
        return found[0]
    return next((one for one in wordings if fill(one, row) is not None), "")


def _ahead(days: int | None) -> str | None:
    if days is None or days < 0:
        return None
    return ("today", "tomorrow")[days] if days < 2 else f"in {count(days, 'day')}"


def _some(number: float | None, noun: str) -> str | None:
    return count(number, noun) if number else None


def _age(days: int | None) -> str | None:
    if days is None or days < 7:
        return None
    units = ((730, 365, "year"), (60, 30, "month"), (7, 7, "week"))
    size, noun = next((size, noun) for least, size, noun in units if days >= least)
    whole, rest = divmod(days, size)
    # whoever celebrates eleven days early, or is in week 4, does not say "3 weeks"
    is_almost = rest >= 0.8 * size
    return f"almost {count(whole + 1, noun)}" if is_almost else count(whole, noun)


def _change(percent: float | None) -> str | None:
    if percent is None or round(percent) == 0:
        return None
    return f"{'down' if percent < 0 else 'up'} {abs(percent):.0f} %"


def _fallen(percent: float | None) -> str | None:
    """A fall worth talking about: a tenth or more."""
    return None if percent is None or percent > -10 else f"{-percent:.0f} %"


def _health(row: Row) -> str | None:
    health, change = row.get("health"), row.get("health_change_7d")
    if health is None:
        return None
    moved = (
        f", {'down' if change < 0 else 'up'} {abs(change):.0f} in a week"
        if change and round(change)
        else ""
    )
    return f"{health:.0f}{moved}"


def _plain(name: str | None) -> str | None:
    return name.replace("_", " ") if name else None


def _lately(row: Row) -> str | None:
    """The last milestone, as long as it is worth talking about: a quarter."""
    days, reached = row.get("days_since_milestone"), row.get("milestone")
    if days is None or days > 90 or not reached:
        return None
    return str(reached).strip().rstrip(".!")
