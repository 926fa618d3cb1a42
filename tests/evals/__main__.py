"""`make evals`: ask a language the questions, and print how it did."""

import argparse
import asyncio

from rich.console import Console

from bot.settings import load
from tests.evals.claude import live, scripted
from tests.evals.goldens import Listener, blind, goldens, offline
from tests.evals.scores import (
    ask,
    at_once,
    by_tool,
    mixed_up,
    pace,
    within_one_click,
    wrong_writes,
)

LANGUAGES: dict[str, Listener] = {
    "offline": offline,
    "scripted": scripted({one.says: one for one in (*goldens(), *blind())}),
    **({"claude": claude} if (claude := live(load())) else {}),
}
"""The languages that can be asked, by name; Claude itself only with a key."""


def main() -> None:
    """Ask the languages that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="LANGUAGE", help=", ".join(LANGUAGES))
    for name in parser.parse_args().names or list(LANGUAGES):
        _show(name, LANGUAGES[name])


def _show(name: str, listener: Listener) -> None:
    console = Console(width=100)
    asked = asyncio.run(ask(listener, goldens()))
    console.print(f"{name}: {pace(asked)}", by_tool(asked))
    console.print("Mixed up most often:", *mixed_up(asked), sep="\n  ")
    console.print("Wrong writes:", *(wrong_writes(asked) or ["none"]), sep="\n  ")
    unseen = asyncio.run(ask(listener, blind()))
    console.print(
        f"Blind set of {len(unseen)}: {at_once(unseen):.1%} at once, "
        f"{within_one_click(unseen):.1%} within one click, {len(wrong_writes(unseen))} wrong writes"
    )


if __name__ == "__main__":
    main()
