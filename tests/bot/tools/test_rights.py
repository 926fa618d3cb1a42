"""Who may see what, over every tool, role and kind of account: the whole matrix."""

from collections.abc import Awaitable, Callable
from itertools import product
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.denials import Denials
from bot.tool_parts import ToolParts
from bot.tools.catalogue import tools
from bot.tools.tool import Asker
from core.errors import AccountUnknown, Ambiguous, NotAllowed, StewardError
from core.recommendations import DecisionKind
from storage.audit import AuditLog, Wanted
from storage.database import Database
from storage.staff import Change, Doing, Staff
from storage.tables import Csm, Customer
from tests.bot.language.book import LANGUAGE
from tests.storage.book import NOW, row, save

Asking = Callable[..., Awaitable[Asker]]

ACCOUNTS = {"Beta Inc": "ana", "Gamma Ltd": "ben", "Free Agent": ""}
SEES = {
    "ana": {"Beta Inc"},
    "ben": {"Gamma Ltd"},
    "mara": {"Beta Inc"},
    "max": {"Gamma Ltd"},
    "rita": set(ACCOUNTS),
}
"""Ana reports to Mara, Ben to Max; Rita is an admin. Nobody owns Free Agent."""

ABOUT_ONE = [one for one in tools() if one.needs_account]
OF_SOMEBODY = [
    one for one in tools() if "owner" in one.model_fields and one.name not in ("list_ctas",)
]
"""CTAs are still to come: nothing of anybody's is listed yet."""


@pytest.fixture
async def house(parts: ToolParts, sqlite: Database) -> ToolParts:
    await save(
        sqlite,
        row(Csm, id="max", name="Max Rau", email="max@x", role="manager"),
        row(Csm, id="rita", name="Rita Root", email="rita@x", role="admin"),
        row(Customer, id="lead", name="Prospective Co", csm_id="ben", prospect=True),
    )
    staff, doing = Staff(sqlite), Doing(None, NOW)
    await staff.change("ana", Change(manager_id="mara"), doing=doing)
    await staff.change("ben", Change(manager_id="max"), doing=doing)
    return parts


async def _ends(work: Awaitable[Any]) -> str:
    """Return whether somebody saw it, or how they were refused."""
    try:
        await work
    except (NotAllowed, AccountUnknown) as refused:
        return f"{type(refused).__name__} {getattr(refused, 'owner', '')}".strip()
    except StewardError:
        return "seen"  # declined for what it found: it looked
    return "seen"


def _made(tool: Any, **given: Any) -> Any:
    """Make a call, with whatever else the tool insists on."""
    if "decision" in tool.model_fields:
        given["decision"] = DecisionKind.ACCEPT.value
    return tool(**given)


async def test_every_tool_shows_an_account_to_whom_it_may_and_says_whose_it_is_to_others(
    house: ToolParts, asker: Asking
) -> None:
    wrong = {}
    for tool, who, name in product(ABOUT_ONE, SEES, ACCOUNTS):
        owner = {"ana": "Ana Souza", "ben": "Ben Carter", "": "None"}[ACCOUNTS[name]]
        expected = "seen" if name in SEES[who] else f"NotAllowed {owner}"
        ended = await _ends(_made(tool, account=name).run(await asker(who), house))
        if ended != expected:
            wrong[tool.name, who, name] = ended

    assert len(ABOUT_ONE) > 8
    assert wrong == {}


async def test_every_list_of_somebodys_accounts_is_kept_to_the_team(
    house: ToolParts, asker: Asking
) -> None:
    wrong = {}
    may = {("ana", "ana"), ("ben", "ben"), ("mara", "ana"), ("max", "ben")}
    for tool, who, whose in product(OF_SOMEBODY, SEES, ("ana", "ben")):
        expected = "seen" if who == "rita" or (who, whose) in may else "NotAllowed None"
        name = {"ana": "Ana Souza", "ben": "Ben Carter"}[whose]
        ended = await _ends(_made(tool, owner=name).run(await asker(who), house))
        if ended != expected:
            wrong[tool.name, who, whose] = ended

    assert len(OF_SOMEBODY) > 3
    assert wrong == {}


@pytest.mark.parametrize(
    "words",
    [
        *("Gamma", "gama ltd", "Gam", "Agent", "Fre Agent", "Prospective Co"),
        *("Prospective", "lead", "Quux Systems"),
    ],
)
async def test_what_is_not_a_colleagues_account_in_full_is_answered_as_if_there_were_none(
    house: ToolParts, asker: Asking, words: str
) -> None:
    """“Gamma” alone is the whole name but for its legal form; the others are parts or alike."""
    expected = NotAllowed if words == "Gamma" else AccountUnknown
    tool = next(one for one in ABOUT_ONE if one.name == "next_best_action")

    with pytest.raises((expected, Ambiguous)) as refused:
        await _made(tool, account=words).run(await asker("ana"), house)

    known = {"Beta Inc", "Alpha Corp", "Acme Corp", "Acme Rockets"}
    assert set(getattr(refused.value, "nearest", ())) <= known


async def test_a_prospect_is_no_account_to_anybody_by_its_id_either(
    house: ToolParts, asker: Asking
) -> None:
    for who in SEES:
        with pytest.raises(AccountUnknown):
            await house.advisor.for_account("lead", await asker(who))


async def test_the_role_is_read_when_it_is_asked(
    house: ToolParts, asker: Asking, sqlite: Database
) -> None:
    as_manager = await asker("mara")
    tool = next(one for one in ABOUT_ONE if one.name == "next_best_action")
    await Staff(sqlite).change("ana", Change(manager_id=""), doing=Doing(None, NOW))

    ended = await _ends(_made(tool, account="Beta Inc").run(as_manager, house))

    assert ended == "NotAllowed Ana Souza"


async def test_an_account_that_changed_hands_is_its_new_owners(
    house: ToolParts, asker: Asking, sqlite: Database
) -> None:
    await house.advisor.for_account("beta", await asker("ana"))
    await Staff(sqlite).hand_over("ana", "ben", doing=Doing(None, NOW))

    with pytest.raises(NotAllowed) as refused:
        await house.advisor.for_account("beta", await asker("ana"))

    assert refused.value.owner == "Ben Carter"
    assert (await house.advisor.for_account("beta", await asker("ben"))).account.name == "Beta Inc"


async def test_what_was_asked_for_in_vain_is_in_the_audit_log(
    house: ToolParts, asker: Asking, sqlite: Database
) -> None:
    assistant = Assistant(LANGUAGE, house, denials=Denials(AuditLog(sqlite)))

    await assistant.answer("what should I do next for Gamma Ltd", await asker("ana"))
    await assistant.answer("what should I do next for Quux Systems", await asker("ana"))

    (said,) = await AuditLog(sqlite).find(Wanted(action="access."))
    entry = said.entry
    assert (entry.action, entry.by, entry.subject, entry.account, entry.result) == (
        "access.deny",
        "ana",
        "Gamma Ltd",
        "gamma",
        "denied",
    )


async def test_a_colleagues_account_is_told_with_nothing_but_whose_it_is(
    house: ToolParts, asker: Asking
) -> None:
    reply = await Assistant(LANGUAGE, house).answer(
        "what should I do next for Gamma Ltd", await asker("ana")
    )

    assert reply.answer.card.text == (
        "Gamma Ltd belongs to Ben Carter, so I cannot show or change it for you. "
        "Ask Ben Carter, or a manager you share."
    )
