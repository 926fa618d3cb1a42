"""Commands about a digest's pause, days, holidays and log: whole, plain sentences only.

“I'm off until the 4th”, “I'm away next week”, “I'm back”, “pause my digest for two weeks”, “digest
only on Mondays and Thursdays”, “digest on holidays too”, “digest log”.
"""

import re
from typing import Any

from bot.language.offline.masking import mask_days, mask_only_days
from bot.language.offline.politeness import is_doubtful
from bot.language.offline.reading import Reading
from bot.language.text import DATE, Masked
from bot.tools.tool import ToolCall

_HELLO = (
    r"(?:(?:hi|hey|hello|ok|okay|so|fyi|btw|by the way|just so you know|heads up|steward|please"
    r"|pls|note|good morning|morning)\b[\s,!.:-]*)*"
)
_BYE = r"(?:[\s,]+(?:please|pls|thanks|thank you|thx|again|only))*[\s.!]*"
_AM = r"(?:i'?m|i am|i'?ll be|i will be|am|will be)"
_LEAVE = r"(?:annual|parental|maternity|paternity|sick|medical|study)"
_OFF = (
    r"(?:off(?: work)?|away|out(?: of (?:the )?office)?|ooo|on (?:a |my )?(?:vacation|holidays?"
    rf"|pto|break|sabbatical|(?:{_LEAVE} )?leave))"
)
_AT_WORK = r"(?: at work| in the office)?"
_UNTIL = r"(?:until|till|'?til|through|thru|up to)(?: and including)?"
_DIGEST = r"(?:(?:my|the|our|this) )?(?:daily |morning )?digests?"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
_DAYS = (
    rf"(?:weekdays|working days|work days|weekends|every day|all days|daily"
    rf"|{_DAY}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*,\s*and\s+){_DAY})*)"
)
_MONTH = (
    r"(?:next )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FREE = r"(?:public |bank |national )?holidays?"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_HELLO}(?:{pattern}){_BYE}", re.IGNORECASE)


_AWAY = (
    _form(rf"{_AM} {_OFF}[\s,]+(?:until|till|'?til) (?P<until>{_MONTH})"),
    _form(
        rf"(?:pause|suspend|mute|hold|stop) {_DIGEST}[\s,]+(?:until|till|'?til)"
        rf" (?P<until>{_MONTH})"
    ),
    _form(
        rf"{_AM} {_OFF}(?: (?:from|starting|as of) (?P<starts>{DATE}|today))?"
        rf"[\s,]+(?P<upto>{_UNTIL}) (?P<until>{DATE})"
    ),
    _form(rf"{_AM} {_OFF}(?: from)? (?P<starts>{DATE}) ?(?P<upto>to|-) ?(?P<until>{DATE})"),
    _form(rf"{_AM} {_OFF}(?: for)? (?P<when>{DATE}|today|this week)"),
    _form(rf"{_AM} back{_AT_WORK}(?: on)? (?P<until>{DATE})"),
    _form(
        rf"(?:pause|suspend|mute|hold|stop|skip) {_DIGEST}[\s,]+(?:(?P<upto>{_UNTIL}) |for )?"
        rf"(?P<until>{DATE})"
    ),
)
"""Over the text in which days are marks."""

_AWAY_SOMEHOW = _form(rf"{_AM} {_OFF}(?: now)?")
"""Who says no more than this is asked until when."""

_BACK = _form(
    rf"(?:i'?m|i am) back(?:{_AT_WORK}| from (?:{_LEAVE} )?(?:vacation|holidays?|leave))"
    r"(?: today| now)?"
    rf"|(?:resume|unpause|continue) {_DIGEST}(?: again| now)?"
)
_ON_DAYS = _form(
    rf"(?:(?:set|change|switch|move) )?{_DIGEST} (?:only )?(?:on |to |every )?(?P<days>{_DAYS})"
)
_HOLIDAYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_form(rf"(?:send |post )?(?:me )?{_DIGEST} on {_FREE} (?:too|as well|also)"), "none"),
    (_form(rf"{_DIGEST} {_FREE} (?:none|off|no)"), "none"),
    (_form(rf"(?:no|skip(?: the| my)?) digests? on {_FREE}"), "auto"),
    (_form(rf"{_DIGEST} {_FREE} (?:auto|on|usual)"), "auto"),
)
_COUNTRY = _form(rf"{_DIGEST} {_FREE} (?:of |in |for )?(?P<country>[a-z][a-z .']{{1,40}}?)")
_LOG = _form(
    rf"(?:show )?(?:me )?{_DIGEST} (?:delivery )?(?:log|history|deliveries)"
    rf"|(?:show )?(?:me )?(?:the )?(?:log|deliveries) of {_DIGEST}"
)


def command(reading: Reading) -> ToolCall | None:
    """Return the `digest_settings` call that a text commands, else None."""
    if is_doubtful(reading.text) or (reading.mentions and not reading.guess):
        return None
    # a name that no account has is none: a country, or a kind of leave
    masked = mask_days(Masked(reading.text)) if reading.guess else reading.masked
    found = _away(masked) or _away(mask_only_days(Masked(reading.text))) or _setting(reading.text)
    return ToolCall("digest_settings", found) if found else None


def _away(masked: Masked) -> dict[str, Any] | None:
    if _BACK.fullmatch(masked.text):
        return {"change": "resume"}
    if _AWAY_SOMEHOW.fullmatch(masked.text):
        return {"change": "pause"}
    for form in _AWAY:
        if said := form.fullmatch(masked.text):
            given = {
                name: masked.original(*said.span(name))
                for name, value in said.groupdict().items()
                if value
            }
            return {"change": "pause", **_span(given)}
    return None


def _span(given: dict[str, str]) -> dict[str, str]:
    """Return from when and until when, in the person's words; "through" includes its day."""
    if "when" in given:
        lasts = given["when"].lower().startswith(("for ", "the next ")) or _counted(given["when"])
        return {"until" if lasts else "starts": given["when"]}
    upto = given.pop("upto", "").lower()
    if upto.startswith(("through", "thru", "to", "-")) or "including" in upto:
        given["until"] = f"through {given['until']}"
    return given


def _counted(words: str) -> bool:
    """Tell whether words are a stretch of time rather than a day: "two weeks", "3 days"."""
    return re.search(r"\b(?:days?|weeks|wks?|months?|fortnight)$", words, re.IGNORECASE) is not None


def _setting(text: str) -> dict[str, Any] | None:
    if _LOG.fullmatch(text):
        return {"log": True}
    if said := _ON_DAYS.fullmatch(text):
        return {"change": "days", "days": said["days"].lower()}
    for form, choice in _HOLIDAYS:
        if form.fullmatch(text):
            return {"change": "holidays", "holidays": choice}
    if said := _COUNTRY.fullmatch(text):
        return {"change": "holidays", "holidays": said["country"].strip()}
    return None
