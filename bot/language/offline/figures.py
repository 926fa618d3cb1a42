"""Likelihoods in a person's words: "over 70%", "above .6", "sixty per cent or more"."""

import re

_TENS = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_FIVES = {"five": 5}
_PERCENT = r"(?: ?%| ?percent\b| ?per ?cent\b| ?pct\b)"
_OVER = (
    r"(?:over|above|more than|greater than|higher than|at least|min(?:imum)?|exceed\w*|from|>=?)"
)
_FIGURE = re.compile(rf"(\d{{1,3}}(?:\.\d+)?){_PERCENT}")
_WORD = re.compile(rf"\b({'|'.join(_TENS)})(?:[- ](five))?{_PERCENT}")
_FRACTION = re.compile(r"(?<![\d/])(0?\.\d{1,2})\b")
_BARE = re.compile(
    rf"{_OVER} (?:a |the )?(\d{{2}})(?=\s*$|\s*[?!.,;)]|\+|\s+(?:churn|risk|likelihood|prob\w*"
    r"|chance|pls|please|only|or)\b)"
)


def likelihood(text: str) -> float | None:
    """Return the likelihood that `text` names, 0-1; None when it names none."""
    text = text.lower()
    if match := _FIGURE.search(text) or _BARE.search(text):
        return _share(float(match[1]))
    if match := _WORD.search(text):
        return _share(_TENS[match[1]] + _FIVES.get(match[2] or "", 0))
    match = _FRACTION.search(text)
    return float(match[1]) if match else None


def _share(percent: float) -> float | None:
    return round(percent / 100, 4) if percent <= 100 else None
