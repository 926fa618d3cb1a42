"""People: the list, and the forms by which admins change it; managers look at their team."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.cards.blocks import View
from bot.cards.note import loading_view, note_view
from bot.cards.people import (
    NOBODY,
    TITLE,
    Look,
    Plan,
    confirm_view,
    hand_over_view,
    new_view,
    people_view,
    person_view,
)
from bot.cards.text import mrkdwn
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.listeners.forms import fill
from bot.listeners.home import show_home
from bot.listeners.payload import Body, Click, entered
from bot.listeners.question import COMMAND
from bot.listeners.who import identify
from bot.people import Office
from bot.tools.tool import Asker
from core.errors import AdminsOnly, Invalid
from core.wording import count
from storage.staff import Change, Doing, Staff
from storage.staff_rules import check_person

WORDS = ("people", "team", "users")
"""What is typed after the slash command to get here."""

UNCHANGED = "Nothing is different, so nothing was changed."


async def opened(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the list from the Home tab."""
    await _open(ack, desk, context, user=body["user"]["id"], trigger=body["trigger_id"])


async def commanded(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the list by the slash command."""
    await _open(ack, desk, context, user=body["user_id"], trigger=body["trigger_id"])


async def listed(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Show another page, or the list again."""
    await ack()
    asker, plan = await _begin(desk, body, context)
    look = replace(plan.look, page=_number(body["actions"][0].get("value")))
    await fill(desk, body["view"]["id"], await _list(desk, asker, look))


async def found(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Show those whose name or address contains what was typed."""
    asker, _ = await _submitted(desk, body)
    look = Look(sought=entered(view, "find", "find"))
    await ack(response_action="update", view=await _list(desk, asker, look))


async def edited(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the form of a person, or of somebody new."""
    await ack()
    asker, plan = await _begin(desk, body, context)
    office = await _office(desk, asker, changes=True)
    id = body["actions"][0]["value"]
    if body["actions"][0]["action_id"] == "people.new":
        view = new_view(office.managers(), plan.look)
    else:
        view = person_view(office.person(office.get(id)), office.managers(id), plan.look)
    await fill(desk, body["view"]["id"], view)


async def given(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the form that hands accounts over."""
    await ack()
    asker, plan = await _begin(desk, body, context)
    office = await _office(desk, asker, changes=True)
    id = body["actions"][0]["value"]
    whose = "Accounts that nobody owns" if id == NOBODY else office.get(id).name
    owned = office.owned.get(None if id == NOBODY else id, 0)
    wanted = Plan("hand_over", id, plan.look, expected=owned)
    view = hand_over_view(whose, owned, office.owners(id), wanted)
    await fill(desk, body["view"]["id"], view)


async def saved(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Say what the form comes to, before anything is changed."""
    asker, plan = await _submitted(desk, body)
    office = await _office(desk, asker, changes=True)
    given = _entered(view, adds=plan.kind == "add")
    plan = _added(plan, given) if plan.kind == "add" else _changed(plan, given, office)
    if not plan.change:
        await ack(
            response_action="update", view=people_view(office.listed(plan.look), said=UNCHANGED)
        )
        return
    adds = plan.kind == "add"
    submit, whom = (
        ("Add Person", given["name"]) if adds else ("Change Person", office.name(plan.id))
    )
    await ack(
        response_action="update", view=confirm_view(whom, office.follows(plan), plan, submit=submit)
    )


async def handed(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Say how many accounts would change hands, before they do."""
    asker, plan = await _submitted(desk, body)
    office = await _office(desk, asker, changes=True)
    to = office.get(entered(view, "to", "to"))
    former = None if plan.id == NOBODY else plan.id
    owned = office.owned.get(former, 0)
    plan = replace(plan, to=to.id, expected=owned)
    whose = f"of {mrkdwn(office.name(former), 200)}" if former else "that nobody owns"
    go = "goes" if owned == 1 else "go"
    lines = [
        f"{count(owned, 'account')} {whose} {go} to {mrkdwn(to.name, 200)}",
        f"{mrkdwn(to.name, 200)} has {count(office.owned.get(to.id, 0) + owned, 'account')} then",
    ]
    await ack(response_action="update", view=confirm_view(to.name, lines, plan, submit="Hand Over"))


async def confirmed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Do what was previewed, if the one who confirms still may, and show the list."""
    asker, plan = await _submitted(desk, body)
    staff, doing = Staff(desk.services.database), Doing(asker.csm, asker.now, key=asker.request_key)
    said = await _do(staff, plan, doing)
    await ack(response_action="update", view=await _list(desk, asker, plan.look, said=said))
    desk.work.start(show_home(desk, body["user"]["id"]))


async def _do(staff: Staff, plan: Plan, doing: Doing) -> str:
    if plan.kind == "hand_over":
        former = None if plan.id == NOBODY else plan.id
        moved = await staff.hand_over(former, plan.to, doing=doing, expected=plan.expected)
        return f"{count(moved, 'account')} changed hands."
    change = Change(**plan.change)
    if plan.kind == "add":
        done = await staff.join(change, doing=doing)
        return f"{done.name} is in. They are recognised when they write to me in Slack."
    done = await staff.change(plan.id, change, doing=doing, was=plan.was)
    return f"{done.name} was changed."


async def _open(
    ack: AsyncAck, desk: Desk, context: AsyncBoltContext, *, user: str, trigger: str
) -> None:
    """Open an empty modal while the trigger allows it, then fill it."""
    view = await desk.client.views_open(trigger_id=trigger, view=loading_view(TITLE))
    context["view_id"] = str(view["view"]["id"])
    await ack()
    async with guarded(lambda text: fill(desk, context["view_id"], note_view(TITLE, text))):
        asker = await identify(desk, user, request_key=f"people:{context['view_id']}")
        await fill(desk, context["view_id"], await _list(desk, asker, Look()))


async def _begin(desk: Desk, body: Body, context: AsyncBoltContext) -> tuple[Asker, Plan]:
    """Return who clicked in the modal, and what it shows; errors are told in it."""
    context["view_id"] = body["view"]["id"]
    click = Click.of(body)
    asker = await identify(desk, click.user, request_key=click.key)
    return asker, Plan.unpacked(body["view"]["private_metadata"])


async def _submitted(desk: Desk, body: Body) -> tuple[Asker, Plan]:
    key = f"form:{body['view']['id']}"
    asker = await identify(desk, body["user"]["id"], request_key=key)
    return asker, Plan.unpacked(body["view"]["private_metadata"])


async def _office(desk: Desk, asker: Asker, *, changes: bool = False) -> Office:
    """Return what the reader may see of people; raises AdminsOnly for a change by anybody else."""
    if changes and asker.csm.role != "admin":
        raise AdminsOnly("Changing people")
    return await Office.of(asker.csm, desk.services.people, Staff(desk.services.database))


async def _list(desk: Desk, asker: Asker, look: Look, *, said: str = "") -> View:
    return people_view((await _office(desk, asker)).listed(look), said=said)


def _entered(view: Body, *, adds: bool) -> dict[str, Any]:
    """Return what stands in the form; raises Invalid for what is missing."""
    manager, role = entered(view, "manager", "manager"), entered(view, "role", "role")
    if role not in ("csm", "manager", "admin"):
        raise Invalid("Choose a role.", field="role")
    given = {
        "name": entered(view, "name", "name"),
        "role": role,
        "manager_id": "" if manager == NOBODY else manager,
    }
    if adds:
        return given | {"email": entered(view, "email", "email").lower()}
    return given | {"active": entered(view, "active", "active") != "no"}


def _added(plan: Plan, given: Mapping[str, Any]) -> Plan:
    check_person(given["email"], given["name"])
    return replace(plan, change=given)


def _changed(plan: Plan, given: Mapping[str, Any], office: Office) -> Plan:
    one = office.get(plan.id)
    check_person(one.email or "@", given["name"])
    stands = {name: getattr(one, name) for name in given}
    differs = {name: new for name, new in given.items() if (new or None) != (stands[name] or None)}
    return replace(plan, change=differs, was={name: stands[name] for name in differs})


def _number(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isdecimal() else 0


async def _is_meant(body: Body) -> bool:
    return str(body.get("text", "")).strip().casefold() in WORDS


def register(app: AsyncApp) -> None:
    """Listen to the Home tab's button, the command, the list and the forms."""
    app.action("people.open")(opened)
    app.command(COMMAND, matchers=[_is_meant])(commanded)
    for name in ("people.back", "people.next"):
        app.action(name)(listed)
    for name in ("people.edit", "people.new"):
        app.action(name)(edited)
    app.action("people.give")(given)
    app.view("people.find")(found)
    app.view("people.save")(saved)
    app.view("people.hand_over")(handed)
    app.view("people.confirm")(confirmed)
