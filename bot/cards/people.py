"""People: who uses Steward, what they may see, and the forms by which admins change that."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast

from bot.answers import Block
from bot.cards.blocks import (
    Element,
    View,
    actions,
    button,
    context,
    divider,
    modal,
    option,
    section,
    select,
)
from bot.cards.blocks import field as entry
from bot.cards.text import mrkdwn
from core.wording import count

TITLE = "People"
TEAM_TITLE = "Your team"
ON_A_PAGE = 10
NOBODY = "nobody"
"""The value of a menu for no manager; of a hand-over for accounts that nobody owns."""

RoleName = Literal["csm", "manager", "admin"]
ROLES: dict[RoleName, tuple[str, str]] = {
    "csm": ("CSM", "Sees and decides about their own accounts"),
    "manager": ("Manager", "Also those of everybody who reports to them"),
    "admin": ("Admin", "All accounts, and changes people here"),
}
_SLACK = {
    "guest": "now a guest in Slack: refused",
    "gone": "deactivated in Slack: refused",
    "stranger": "of another workspace: refused",
    "bot": "a bot: refused",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they stand in the list; `manager` is a name, `slack` what Slack says of them."""

    id: str
    name: str
    email: str
    role: RoleName
    accounts: int
    manager: str = ""
    manager_id: str | None = None
    active: bool = True
    slack: Literal["linked", "unknown", "guest", "gone", "stranger", "bot"] = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the list is shown: a page counted from 0, and what names must contain."""

    page: int = 0
    sought: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The people of a list, those on the page in sight, and how many accounts nobody owns."""

    shown: Sequence[Person]
    total: int
    look: Look
    unowned: int = 0
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form is about to do, between its preview and its confirmation.

    `kind` is change, add or hand_over, `id` whom it is about (`nobody` for accounts without an
    owner), `was` and `change` the columns that differ as they are and as they will be, `to` the new
    owner, `expected` how many accounts change hands.
    """

    kind: str
    id: str = ""
    look: Look = Look()
    was: Mapping[str, Any] = field(default_factory=dict)
    change: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""
    expected: int = 0

    def packed(self) -> str:
        """Return it as a form remembers it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> "Plan":
        """Read what `packed` wrote."""
        said = json.loads(text or "{}")
        return cls(**{**said, "look": Look(**said.get("look", {})), "kind": said.get("kind", "")})


def people_view(listed: Listed, *, said: str = "") -> View:
    """Return the list; `said` is what was just done. Managers only read theirs."""
    blocks: list[Block] = [section(mrkdwn(said), "people.said")] if said else []
    if listed.may_change:
        blocks += _head(listed)
    for one in listed.shown:
        blocks.append(_row(one, may_change=listed.may_change))
    if not listed.shown:
        blocks.append(section("Nobody here is called that.", "people.none"))
    blocks += _pages(listed)
    title = TITLE if listed.may_change else TEAM_TITLE
    about = Plan("list", look=listed.look).packed()
    if not _is_long(listed):
        return modal(title, blocks, close="Close", about=about)
    return modal(
        title, blocks, callback_id="people.find", submit="Find", close="Close", about=about
    )


def person_view(person: Person, managers: Sequence[tuple[str, str]], look: Look) -> View:
    """Return the form of one person; `managers` are ids and names of who may be theirs."""
    state = "yes" if person.active else "no"
    blocks = [
        section(f"{mrkdwn(person.email, 320)}\n{_slack(person)}", "person.who"),
        _name(person.name),
        _role(person.role),
        _manager(managers, person.manager_id),
        entry(
            "Uses Steward",
            _radio("active", (("yes", "Yes", ""), ("no", "No longer", "")), state),
            "active",
            hint="Whoever no longer does keeps their accounts until you hand them over.",
            needed=True,
        ),
        actions(_person_buttons(person, look), "person.do"),
    ]
    about = Plan("change", person.id, look).packed()
    return modal("Change Person", blocks, callback_id="people.save", submit="Preview", about=about)


def new_view(managers: Sequence[tuple[str, str]], look: Look) -> View:
    """Return the form for somebody new."""
    typed: Element = {"type": "plain_text_input", "action_id": "email", "max_length": 320}
    blocks = [
        entry("E-mail address in Slack", typed, "email", needed=True),
        _name(""),
        _role("csm"),
        _manager(managers, None),
    ]
    about = Plan("add", look=look).packed()
    return modal("Add Person", blocks, callback_id="people.save", submit="Preview", about=about)


def hand_over_view(
    whose: str, accounts: int, owners: Sequence[tuple[str, str]], plan: Plan
) -> View:
    """Return the form that gives all accounts of somebody (or of nobody) to another."""
    owner = select("to", [option(name, id) for id, name in owners], placeholder="New owner")
    blocks = [
        section(f"*{mrkdwn(whose, 300)}: {count(accounts, 'account')}*", "hand_over.what"),
        entry("Give all of them to", owner, "to", needed=True),
    ]
    return modal(
        "Hand Over Accounts",
        blocks,
        callback_id="people.hand_over",
        submit="Preview",
        about=plan.packed(),
    )


def confirm_view(whom: str, lines: Sequence[str], plan: Plan, *, submit: str) -> View:
    """Return what will be done, and to whom, to be confirmed."""
    listed = "\n".join(f"• {line}" for line in lines)
    blocks = [
        section(f"*{mrkdwn(whom, 300)}*\n{listed}", "confirm.what"),
        context("This is written to the audit log with your name.", "confirm.log"),
    ]
    return modal(
        "Please Confirm", blocks, callback_id="people.confirm", submit=submit, about=plan.packed()
    )


def _head(listed: Listed) -> list[Block]:
    row = [button("Add Person", "people.new", "new")]
    if listed.unowned:
        label = f"Assign {count(listed.unowned, 'Account')} Without Owner"
        row.append(button(label, "people.give", NOBODY))
    find = [_find(listed.look.sought)] if _is_long(listed) else []
    return [actions(row, "people.do"), *find, divider("people.line")]


def _is_long(listed: Listed) -> bool:
    return listed.may_change and (listed.total > ON_A_PAGE or bool(listed.look.sought))


def _find(sought: str) -> Block:
    typed: Element = {"type": "plain_text_input", "action_id": "find", "max_length": 100}
    typed |= {"initial_value": sought} if sought else {}
    return entry("Name or e-mail address contains", typed, "find", needed=False)


def _row(one: Person, *, may_change: bool) -> Block:
    gone = "" if one.active else " · no longer uses Steward"
    under = f" · reports to {mrkdwn(one.manager, 100)}" if one.manager else ""
    address = mrkdwn(one.email, 320) or "no e-mail address"
    block = section(
        f"*{mrkdwn(one.name, 200)}* · {ROLES[one.role][0]}{gone}\n"
        f"{address} · {count(one.accounts, 'account')}{under}\n"
        f"{_slack(one)}",
        f"people.{one.id}",
    )
    change = button("Change", "people.edit", one.id, about=one.name)
    return block | ({"accessory": change} if may_change else {})


def _slack(one: Person) -> str:
    if one.slack == "linked":
        return "Known in Slack"
    return "Has not written to me in Slack yet" if one.slack == "unknown" else _SLACK[one.slack]


def _pages(listed: Listed) -> list[Block]:
    pages = -(-listed.total // ON_A_PAGE)
    if pages <= 1:
        return []
    page = listed.look.page
    row = [button("Back", "people.back", str(page - 1))] if page else []
    row += [button("Next", "people.next", str(page + 1))] if page + 1 < pages else []
    said = f"Page {page + 1} of {pages}, {count(listed.total, 'person')}".replace(
        "persons", "people"
    )
    return [actions(row, "people.pages"), context(said, "people.page")]


def _person_buttons(person: Person, look: Look) -> list[Element]:
    row = [button("Back to the List", "people.back", str(look.page))]
    if person.accounts:
        label = f"Hand Over {count(person.accounts, 'Account')}"
        row.append(button(label, "people.give", person.id, about=person.name))
    return row


def _name(name: str) -> Block:
    typed: Element = {"type": "plain_text_input", "action_id": "name", "max_length": 200}
    return entry(
        "Full name", typed | ({"initial_value": name} if name else {}), "name", needed=True
    )


def _role(role: RoleName) -> Block:
    choices = [(name, title, says) for name, (title, says) in ROLES.items()]
    return entry("Role", _radio("role", choices, role), "role", needed=True)


def _manager(managers: Sequence[tuple[str, str]], chosen: str | None) -> Block:
    options = [option("Nobody", NOBODY), *(option(name, id) for id, name in managers)]
    menu = select("manager", options, placeholder="Choose", chosen=chosen or NOBODY)
    hint = "Only managers and admins are offered. They see this person's accounts too."
    return entry("Reports to", menu, "manager", hint=hint, needed=True)


def _radio(action: str, choices: Sequence[tuple[str, str, str]], chosen: str) -> Element:
    options = [option(title, value, says) for value, title, says in choices]
    start = next(one for one in options if one["value"] == chosen)
    made = {"type": "radio_buttons", "action_id": action, "options": options}
    return cast("Element", made | {"initial_option": start})
