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
    for command in (list_, add, change, assign, hand_over):
        group.command(command.__name__.rstrip("_").replace("_", "-"))(command)
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


def change(
    email: str = typer.Argument(metavar="EMAIL", help="Whom to change."),
    name: str | None = typer.Option(None, help="Their full name."),
    new_email: str | None = typer.Option(None, metavar="EMAIL", help="Their address from now on."),
    role: Role | None = typer.Option(None, help="Own accounts, the team's too, or all."),
    manager: str | None = typer.Option(
        None, metavar="EMAIL", help="Who sees their accounts too; none for nobody."
    ),
    active: bool | None = typer.Option(
        None, "--active/--inactive", help="Whether they may use Steward."
    ),
) -> None:
    """Change a person's name, address, role or manager, or let them use Steward no longer."""
    asyncio.run(_change(email, name, new_email, role, manager, active))


def assign(
    email: str = typer.Argument(metavar="EMAIL", help="The new owner."),
    accounts: list[str] | None = typer.Argument(None, metavar="[ACCOUNT]...", help="Names or ids."),
    unowned: bool = typer.Option(False, "--unowned", help="All accounts that nobody owns."),
) -> None:
    """Give accounts to a person."""
    asyncio.run(_assign(email, accounts or [], unowned))


def hand_over(
    email: str = typer.Argument(metavar="FROM", help="Whose accounts."),
    to: str = typer.Argument(metavar="TO", help="The new owner's address."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say how many there are."),
) -> None:
    """Give all accounts of one person to another."""
    asyncio.run(_hand_over(email, to, dry_run))


async def _list() -> None:
    from collections import Counter

    from rich.table import Table

    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.staff import Staff

    async with session() as services:
        everyone = await Staff(services.database).everybody()
        owned = Counter(one.owner_id for one in await services.accounts.names(None))
    names = {one.id: one.name for one in everyone}
    table = Table(box=None)
    for heading in ("name", "e-mail", "role", "time zone", "manager", "accounts", "Slack"):
        table.add_column(heading, overflow="fold")
    for one in everyone:
        manager = names.get(one.manager_id or "", "")
        count = str(owned[one.id])
        role = one.role if one.active else f"{one.role}, inactive"
        slack = one.slack_refused or ("linked" if one.slack_user_id else "")
        table.add_row(one.name, one.email, role, one.timezone or "", manager, count, slack)
    out().print(table)
    if owned[None]:
        out().print(f"{owned[None]} accounts have no owner: steward people assign EMAIL --unowned")


async def _add(
    email: str, name: str, role: Role | None, timezone: str | None, manager: str | None
) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.staff import Doing, Staff

    _check_zone(timezone)
    async with session() as services:
        added = await Staff(services.database).add(
            email,
            name,
            role.value if role else None,
            timezone,
            manager,
            doing=Doing(None, services.clock()),
        )
    out().print(f"{added.name} <{added.email}> is in as {added.role}.", markup=False)


async def _change(
    email: str,
    name: str | None,
    new_email: str | None,
    role: Role | None,
    manager: str | None,
    active: bool | None,
) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.staff import NOBODY, Change, Doing, Staff

    async with session() as services:
        staff = Staff(services.database)
        above = await staff.by_email(manager) if manager and manager != "none" else None
        wanted = Change(
            name=name,
            email=new_email,
            role=role.value if role else None,
            manager_id=above.id if above else NOBODY if manager else None,
            active=active,
        )
        doing = Doing(None, services.clock())
        done = await staff.change((await staff.by_email(email)).id, wanted, doing=doing)
    state = "" if done.active else ", and may not use Steward"
    out().print(f"{done.name} <{done.email}> is {done.role}{state}.", markup=False)


async def _hand_over(email: str, to: str, dry_run: bool) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from core.wording import count
    from storage.staff import Doing, Staff

    async with session() as services:
        staff = Staff(services.database)
        former, owner = await staff.by_email(email), await services.people.by_email(to)
        if dry_run:
            owned = (await staff.owned()).get(former.id, 0)
            says = f"{count(owned, 'account')} of {former.name} would be {owner.name}'s."
        else:
            doing = Doing(None, services.clock())
            changed = await staff.hand_over(former.id, owner.id, doing=doing)
            says = f"{count(changed, 'account')} of {former.name}: {owner.name}'s now."
    out().print(says, markup=False)


async def _assign(email: str, accounts: list[str], unowned: bool) -> None:
    from bot.cli.saying import out
    from bot.cli.session import session
    from core.errors import Invalid
    from core.wording import count
    from storage.staff import Doing, Staff

    if bool(accounts) == unowned:
        raise Invalid("Name the accounts to assign, or say --unowned for all that nobody owns.")
    async with session() as services:
        owner = await services.people.by_email(email)
        ids = None if unowned else ids_of(accounts, await services.accounts.names(None))
        doing = Doing(None, services.clock())
        changed = await Staff(services.database).assign(owner.id, ids, doing=doing)
    verb = "is" if changed == 1 else "are"
    out().print(f"{count(changed, 'account')} {verb} {owner.name}'s now.", markup=False)


def ids_of(wanted: list[str], known: "tuple[Named, ...]") -> list[str]:
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
