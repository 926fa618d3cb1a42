"""`steward audit`: who did what, before and after; and whether it still says so."""

import asyncio
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.services import Services
    from storage.audit import Logged, Wanted
    from storage.people import Csm


def audit(
    account: str | None = typer.Option(None, metavar="NAME", help="Only about that account."),
    person: str | None = typer.Option(
        None, metavar="EMAIL", help="Only by that person, or about them."
    ),
    since: str | None = typer.Option(
        None, metavar="YYYY-MM-DD", help="Only from that day on (UTC)."
    ),
    action: str = typer.Option("", metavar="PREFIX", help="Such as recommendation. or person.add."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
    verify: bool = typer.Option(False, "--verify", help="Check that nothing was changed or lost."),
) -> None:
    """Print the audit log, the newest last; or check it: 1 when it was tampered with."""
    if verify:
        asyncio.run(_verify())
    else:
        asyncio.run(_print(account, person, since, action, as_json))


async def _verify() -> None:
    from bot.cli.saying import aside, out
    from bot.cli.session import session
    from core.wording import count
    from storage.audit import AuditLog

    async with session() as services:
        found = await AuditLog(services.database).verify()
    for one in found.breaks:
        aside().print(f"{one.actor}, {one.where}: {one.says}", markup=False)
    older = f", {found.older:,} older than the chains" if found.older else ""
    if found.breaks:
        aside().print(f"{count(len(found.breaks), 'break')} in {found.entries:,} entries{older}.")
        raise typer.Exit(1)
    out().print(f"{found.entries:,} entries, as they were written{older}.")


async def _print(
    account: str | None, person: str | None, since: str | None, action: str, as_json: bool
) -> None:
    import json

    from bot.cli.saying import out
    from bot.cli.session import session
    from storage.audit import AuditLog

    async with session() as services:
        wanted = await _wanted(services, account, person, since, action)
        found = await AuditLog(services.database).find(wanted)
        names = {one.id: one.name for one in await _everybody(services)}
    for one in found:
        said = json.dumps(fields(one), ensure_ascii=False) if as_json else line(one, names)
        out().print(said, markup=False, highlight=False, soft_wrap=True)


async def _wanted(
    services: "Services", account: str | None, person: str | None, since: str | None, action: str
) -> "Wanted":
    from bot.cli.people import ids_of
    from storage.audit import Wanted
    from storage.staff import Staff

    id = ids_of([account], await services.accounts.names(None))[0] if account else None
    who = (await Staff(services.database).by_email(person)).id if person else None
    return Wanted(account=id, person=who, since=_day(since) if since else None, action=action)


async def _everybody(services: "Services") -> "tuple[Csm, ...]":
    from storage.staff import Staff

    return await Staff(services.database).everybody()


def _day(text: str) -> "datetime":
    from datetime import UTC, datetime

    from core.errors import Invalid

    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise Invalid(f"{text!r} is no day. Write it as 2026-03-01.", field="since") from error


def fields(one: "Logged") -> "dict[str, object]":
    """Return an entry as `--json` prints it."""
    entry = one.entry
    channel, ts = entry.place or (None, None)
    return {
        "id": one.id,
        "at": entry.at.isoformat(),
        "actor": entry.by,
        "name": entry.by_name,
        "action": entry.action,
        "result": entry.result,
        "subject": entry.subject,
        "account": entry.account,
        "account_name": one.account_name,
        "before": entry.before,
        "after": entry.after,
        "detail": entry.detail,
        "channel": channel,
        "ts": ts,
        "request_key": entry.request_key,
    }


def line(one: "Logged", names: "Mapping[str, str]") -> str:
    """Return an entry as one line; `names` are those of the people, by id."""
    entry = one.entry
    who = entry.by_name or names.get(entry.by, entry.by)
    about = one.account_name or names.get(entry.subject, entry.subject)
    refused = " (refused)" if entry.result == "denied" else ""
    said = [f"{entry.at:%Y-%m-%d %H:%M}", who, entry.action + refused, about]
    changes = changed(entry.before or {}, entry.after or {}, names)
    where = f"in {entry.place[0]} at {entry.place[1]}" if entry.place else ""
    return "  ".join(part for part in (*said, changes, _listed(entry.detail, names), where) if part)


def changed(
    before: "Mapping[str, object]", after: "Mapping[str, object]", names: "Mapping[str, str]"
) -> str:
    """Return what changed: "role: csm → manager"."""
    said = []
    for name in dict.fromkeys((*before, *after)):
        former = f"{_said(before[name], names)} → " if name in before else ""
        said.append(f"{name}: {former}{_said(after.get(name), names)}")
    return ", ".join(said)


def _listed(detail: "Mapping[str, object]", names: "Mapping[str, str]") -> str:
    known = {name: value for name, value in detail.items() if value not in (None, "", {}, [])}
    return ", ".join(f"{name} {_said(value, names)}" for name, value in known.items())


def _said(value: object, names: "Mapping[str, str]") -> str:
    return "none" if value is None else names.get(str(value), str(value))
