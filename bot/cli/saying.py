"""How the command line speaks: to people on standard output, about trouble on standard error."""

from typing import TYPE_CHECKING

from bot.sentences import sentence
from core.errors import Misconfigured, StewardError, Unreachable

if TYPE_CHECKING:
    from rich.console import Console


def line(error: StewardError) -> str:
    """Return an error as one line; what is wrong with the settings may be several.

    Whoever runs commands may know the address that did not answer; people in Slack may not.
    """
    if isinstance(error, Unreachable):
        first = str(error).splitlines()[0].rstrip(".")
        return f"{first}. Run “steward doctor” to see what to do."
    said = sentence(error)
    lines = said.splitlines() if isinstance(error, Misconfigured) else [said]
    return "\n".join(" ".join(one.split()) for one in lines)


def out() -> "Console":
    """Return where results go."""
    from rich.console import Console

    return Console(highlight=False)


def aside() -> "Console":
    """Return where progress and notes go, so that results can be piped on."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
