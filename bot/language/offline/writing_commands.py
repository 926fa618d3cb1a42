"""“Use this as an example of how I write: …”: the sentence, and the example behind its colon."""

import re

from bot.language.offline.politeness import LEAD
from bot.tools.tool import ToolCall
from storage.writing import LONGEST

_OFTEN = r"(?:usually |normally |typically |always |actually )?"
_MESSAGE = r"(?:text|message|e-?mail|mail|note)"
_OWN = (
    r"(?:how i "
    + _OFTEN
    + rf"(?:write|sound|word (?:things|it)|talk)(?: (?:my |an? )?{_MESSAGE}s?)?"
    r"|my (?:own )?(?:writing(?: style)?|style|tone(?: of voice)?|voice|wording"
    rf"|{_MESSAGE}s))"
)
_EXAMPLE = r"(?:an?(?:other)?|one more|one) (?:writing )?(?:example|sample)"
_THIS = rf"(?:this|that|these|the following)(?: {_MESSAGE}| one)?"
_SAYING = re.compile(
    LEAD + r"(?:"
    rf"(?:use|take|keep|save|store|add|remember) {_THIS} as {_EXAMPLE}(?: (?:of|for) {_OWN})?"
    rf"|(?:here(?:'s| is| comes)|this is|that is|that's) (?:{_EXAMPLE} (?:of|for) )?{_OWN}"
    rf"|(?:here(?:'s| is)|add|keep|save) {_EXAMPLE} (?:of|for) {_OWN}"
    rf"|learn {_OWN} from {_THIS}|write like this"
    r")(?: (?:please|pls))?\s*(?:[:\n]|[-\u2013\u2014]\s)\s*(?P<sample>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"[\"\u201c](.*)[\"\u201d]|```(.*)```", re.DOTALL)


def command(text: str) -> ToolCall | None:
    """Return the `writing` call with the example that a text as it arrived gives, else None."""
    said = _SAYING.fullmatch(text.strip().replace("\u2019", "'"))
    if said is None:
        return None
    sample = said["sample"].strip()
    if quoted := _QUOTED.fullmatch(sample):
        sample = (quoted[1] or quoted[2] or "").strip()
    return ToolCall("writing", {"sample": sample[: LONGEST + 1]})
