"""`steward people`: who uses Steward, and who owns which accounts."""

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from storage.accounts import Named


class Role(StrEnum):
    """What a person may see: own accounts, their team's as well, or everything."""

    csm = "csm"
    manager = "manager"
    admin = "admin"


def people() -> typer.Typer:
    """Return the group of commands."""
    group = typer.Typer(help="Who uses Steward, and who owns which accounts.", no_args_is_help=True)
    for command in (list_, add, assign):
        group.command(command.__name__.rstrip("_"))(command)
    return group


def list_() -> None:
    """List everybody with their role, time zone, manager and number of accounts."""
    asyncio.run(_list())


def add(
    email: str = typer.Argument(metavar="EMAIL", help="Their address in Slack."),
    name: str = typer.Option(..., help="Their full name."),
    role: Role | None = typer.Option(
        None, help="Own accounts, the team's too, or all; somebody new is a csm."
    ),
    timezone: str | None = typer.Option(None, help="Such as Europe/Berlin; Slack tells it later."),
    manager: str | None = typer.Option(None, metavar="EMAIL", help="Who sees their accounts too."),
) -> None:
    """Add a person, or change the one with that address."""
    asyncio.run(_add(email, name, role, timezone, manager))


def assign(
    email: str = typer.Argument(metavar="EMAIL", help="The new owner."),
    accounts: list[str] | None = typer.Argument(None, metavar="[ACCOUNT]...", help="Names or ids."),
    unowned: bool = typer.Option(False, "--unowned", help="All accounts that nobody owns."),
) -> None:
    """Give accounts to a person."""
    asyncio.run(_assign(email, accounts or [], unowned))


async def _list() -> None:
    from collections import Counter

    from rich.table import Table

    from bot.cli.saying import out
    from bot.cli.session import session

    async with session() as services:
        everyone = await services.people.everyone()
        owned = Counter(one.owner_id for one in await services.accounts.names(None))
    names = {one.id: one.name for one in everyone}
    table = Table(box=None)
    for heading in ("name", "e-mail", "role", "time zone", "manager", "accounts"):
        table.add_column(heading, overflow="fold")
    for one in everyone:
        manager = names.get(one.manager_id or "", "")
        count = str(owned[one.id])
        table.add_row(one.name, one.email, one.role, one.timezone or "", manager, count)
    out().print(table)
    if owned[None]:
        out().print(f"{owned[None]} accounts have no owner: steward people assign EMAIL --unowned")


async def _add(
    email: str, name: str, role: Role | None, timezone: str | None, manager: str | None
) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session

    _check_zone(timezone)
    async with session() as services:
        added = await services.people.add(
            email, name, role.value if role else None, timezone, manager
        )
    out().print(f"{added.name} <{added.email}> is in as {added.role}.", markup=False)


async def _assign(email: str, accounts: list[str], unowned: bool) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from core.errors import Invalid
    from core.wording import count

    if bool(accounts) == unowned:
        raise Invalid("Name the accounts to assign, or say --unowned for all that nobody owns.")
    async with session() as services:
        owner = await services.people.by_email(email)
        ids = None if unowned else _ids(accounts, await services.accounts.names(None))
        changed = await services.people.assign(owner.id, ids)
    verb = "is" if changed == 1 else "are"
    out().print(f"{count(changed, 'account')} {verb} {owner.name}'s now.", markup=False)


def _ids(wanted: list[str], known: "tuple[Named, ...]") -> list[str]:
    """Return the ids of accounts named by id or full name."""
    from core.errors import AccountUnknown, Ambiguous

    ids: list[str] = []
    for text in wanted:
        fitting = [one for one in known if text == one.id or text.casefold() == one.name.casefold()]
        if not fitting:
            raise AccountUnknown(text, _nearest(text, known))
        if len(fitting) > 1:
            raise Ambiguous(text, [(one.id, f"{one.name} ({one.id})") for one in fitting])
        ids.append(fitting[0].id)
    return ids


def _nearest(text: str, known: "tuple[Named, ...]") -> list[str]:
    from rapidfuzz import fuzz, process, utils

    names = [one.name for one in known]
    found = process.extract(
        text, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=5, score_cutoff=60
    )
    return [name for name, _, _ in found]


def _check_zone(name: str | None) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from core.errors import Invalid

    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(
            f"{name!r} is no time zone. Name one such as Europe/Berlin or America/New_York."
        ) from error
