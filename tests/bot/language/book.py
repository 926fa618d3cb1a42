"""The demo's account names, and a language that reads questions about them."""

import asyncio
from datetime import date

from bot.language.language import (
    Clarify,
    Context,
    NotOurs,
    Proposed,
    Understanding,
    Understood,
)
from bot.language.names import AccountNames
from bot.language.offline import decision_commands, digest_commands
from bot.language.offline.offline import Offline
from bot.language.offline.reading import Reading, read
from bot.language.text import clean
from bot.language.vocabulary import ordinary
from bot.tools.catalogue import tool
from bot.tools.tool import ToolCall
from storage.accounts import Named

TODAY = date(2026, 11, 18)
"""A Wednesday."""

_NAMES = (
    "Beta Inc, Alpha Corp, Gamma Ltd, Delta Co, Epsilon, Zeta Inc, Eta Corp, Theta, Acme Corp, "
    "TechCorp Industries, TechFlow Inc, DataDrive Co, CloudFirst, Nexus Corp, Northwind Traders, "
    "Globex, Initech, Umbrella Health, Hooli, Stark Logistics, Wayne Freight, Wonka Foods, "
    "Cyberdyne Labs, Tyrell Systems, Soylent Nutrition, Vandelay Imports, Pied Piper, "
    "Massive Dynamic, Oscorp Analytics, Gringotts Finance, Monarch Media, Bluth Homes, "
    "Dunder Paper, Lumière Studio, Target Metrics, Next Step Education, Acme Rockets"
)
ACCOUNTS = tuple(Named(str(n), name, "ana") for n, name in enumerate(_NAMES.split(", ")))
OTHERS = (Named("x", "Hidden Valley Dairy", "ben"),)
NAMES = AccountNames(ACCOUNTS, OTHERS, ordinary())
PEOPLE = ("Ana Ruiz", "Ben Ode", "Chloe Park", "Dev Singh", "Mara Voss", "Will Hart")
CONTEXT = Context(NAMES, PEOPLE, TODAY)
LANGUAGE = Offline()


def understand(text: str) -> Understanding:
    """Read one question."""
    return asyncio.run(LANGUAGE.understand(text, CONTEXT))


def call(text: str) -> ToolCall:
    """Read one question that must be understood."""
    understood = understand(text)
    assert isinstance(understood, Understood), understood
    return understood.call


def writes(understood: Understanding) -> bool:
    """Tell whether running what was understood would change something."""
    if not isinstance(understood, Understood):
        return False
    arguments = understood.call.arguments
    if tool(understood.call.name)(**arguments).lacks:
        return False
    return understood.call.name == "decide" or "change" in arguments


def reading(text: str) -> Reading:
    """Return a text as the offline language reads it."""
    return read(clean(text), CONTEXT)


def commanded(text: str) -> bool:
    """Tell whether the grammar of commands takes a text for one."""
    return any(grammar.command(reading(text)) for grammar in (decision_commands, digest_commands))


def candidates(understood: Understanding) -> tuple[ToolCall, ...]:
    """Return the calls that are offered as buttons, with a question back or below an answer."""
    if isinstance(understood, Understood | NotOurs):
        return understood.others
    if isinstance(understood, Proposed):
        return (understood.call,)
    return understood.candidates if isinstance(understood, Clarify) else ()


def is_none(understood: Understanding) -> bool:
    """Tell whether the text was taken to be none of Steward's business."""
    return isinstance(understood, NotOurs)
