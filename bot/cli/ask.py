"""`steward ask`: one question, or one a line from standard input, answered in the terminal."""

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from core.errors import StewardError

if TYPE_CHECKING:
    from bot.assistant import Reply
    from bot.services import Services
    from storage.conversations import Turn


def ask(
    text: str = typer.Argument(
        metavar="TEXT",
        help="The question; - reads one a line from stdin. "
        "A line that begins with a tab goes on with the line before.",
    ),
    email: str = typer.Option(..., "--as", metavar="EMAIL", help="Who asks."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object for each question."),
    as_of: str | None = typer.Option(
        None, "--as-of", metavar="YYYY-MM-DD", help="Ask in the past: as things stood that day."
    ),
) -> None:
    """Ask what you would ask in Slack, and read the answer here."""
    asyncio.run(_ask(text, email, as_json, as_of))


async def _ask(text: str, email: str, as_json: bool, as_of: str | None) -> None:
    from bot.cli.moment import clock
    from bot.cli.session import session

    past = as_of is not None
    async with session(clock=clock(as_of)) as services:
        if text == "-":
            earlier: tuple[Turn, ...] = ()
            for line in filter(str.strip, sys.stdin):
                goes_on = earlier if line.startswith("\t") else ()
                turns = await _one_of_many(services, line.strip(), email, as_json, past, goes_on)
                earlier = (*goes_on, *turns)
        else:
            _show(await _reply(services, text, email, past), as_json)


async def _one_of_many(
    services: "Services",
    text: str,
    email: str,
    as_json: bool,
    past: bool,
    earlier: tuple["Turn", ...],
) -> tuple["Turn", ...]:
    """Answer one line and return what to remember of it; what must be declined is said."""
    try:
        reply = await _reply(services, text, email, past, earlier)
    except StewardError as error:
        _show_declined(error, as_json)
        return ()
    _show(reply, as_json)
    return (reply.turn,) if reply.turn else ()


async def _reply(
    services: "Services", text: str, email: str, past: bool, earlier: tuple["Turn", ...] = ()
) -> "Reply":
    import uuid

    from bot.tools.tool import Asker

    csm = await services.people.by_email(email)
    key = f"cli:{uuid.uuid4()}"
    asker = Asker(csm=csm, now=services.clock(), request_key=key, in_past=past)
    return await services.assistant.answer(text, asker, earlier=earlier)


def _show(reply: "Reply", as_json: bool) -> None:
    if not as_json:
        from bot.cli.terminal import show

        show(reply.answer.card)
        return
    card = reply.answer.card
    _print(
        tools=[{"name": one.name, "arguments": one.arguments} for one in reply.tools],
        text=card.text,
        blocks=list(card.blocks),
        language=reply.language,
        milliseconds=round(reply.milliseconds, 1),
    )


def _show_declined(error: StewardError, as_json: bool) -> None:
    from bot.cli.saying import line

    if as_json:
        _print(tools=[], text=line(error), blocks=[], language="offline", milliseconds=0)
    else:
        print(line(error), file=sys.stderr)  # noqa: T201 - this is the terminal


def _print(**answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, default=str), flush=True)  # noqa: T201 - output
