"""What an admin sees and plans about people: lists, previews, and what follows from a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.cards.people import ON_A_PAGE, ROLES, Listed, Look, Person, Plan
from bot.cards.text import mrkdwn
from core.errors import AdminsOnly, CsmUnknown
from core.wording import count
from storage.people import Csm, People
from storage.staff import Staff

MOST_OFFERED = 99
"""A menu of Slack's takes 100 choices, and one of them is nobody."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody, how many accounts each owns, and whom the reader may see."""

    everybody: Mapping[str, Csm]
    owned: Mapping[str | None, int]
    scope: frozenset[str] | None

    @classmethod
    async def of(cls, reader: Csm, people: People, staff: Staff) -> "Office":
        """Read it for one reader; raises AdminsOnly for a CSM, who has nobody to look after."""
        if reader.role == "csm":
            raise AdminsOnly("The list of people")
        everybody = {one.id: one for one in await staff.everybody()}
        return cls(everybody, await staff.owned(), await people.scope(reader))

    def listed(self, look: Look) -> Listed:
        """Return a page of those whom the reader may see; one beyond the end is the last."""
        wanted = look.sought.casefold()
        found = [
            one
            for one in self.everybody.values()
            if (self.scope is None or one.id in self.scope)
            and wanted in f"{one.name} {one.email}".casefold()
        ]
        last = max(0, -(-len(found) // ON_A_PAGE) - 1)
        look = replace(look, page=min(max(look.page, 0), last))
        page = found[look.page * ON_A_PAGE :][:ON_A_PAGE]
        return Listed(
            shown=[self.person(one) for one in page],
            total=len(found),
            look=look,
            unowned=self.owned.get(None, 0),
            may_change=self.scope is None,
        )

    def get(self, id: str) -> Csm:
        """Return somebody by id; raises CsmUnknown."""
        if id not in self.everybody:
            raise CsmUnknown(id)
        return self.everybody[id]

    def name(self, id: str | None) -> str:
        """Return somebody's name; of nobody, nothing."""
        return self.everybody[id].name if id is not None and id in self.everybody else ""

    def person(self, one: Csm) -> Person:
        """Return somebody as a card shows them."""
        linked = "linked" if one.slack_user_id else "unknown"
        known: Any = one.slack_refused or linked
        return Person(
            id=one.id,
            name=one.name,
            email=one.email,
            role=one.role,
            accounts=self.owned.get(one.id, 0),
            manager=self.name(one.manager_id),
            manager_id=one.manager_id,
            active=one.active,
            slack=known,
        )

    def managers(self, of: str = "") -> list[tuple[str, str]]:
        """Return who may be somebody's manager, whoever is theirs now among them."""
        own = self.everybody[of].manager_id if of in self.everybody else None
        may = [
            one
            for one in self.everybody.values()
            if one.id == own or (one.active and one.role != "csm" and one.id != of)
        ]
        may.sort(key=lambda one: one.id != own)
        return [(one.id, one.name) for one in may[:MOST_OFFERED]]

    def owners(self, but: str) -> list[tuple[str, str]]:
        """Return who may be given accounts, CSMs first."""
        may = [one for one in self.everybody.values() if one.active and one.id != but]
        may.sort(key=lambda one: one.role != "csm")
        return [(one.id, f"{one.name} ({ROLES[one.role][0]})") for one in may[: MOST_OFFERED + 1]]

    def follows(self, plan: Plan) -> list[str]:
        """Return what a change or a new person comes to, a line each."""
        if plan.kind == "add":
            return self._added(plan.change)
        one = self.get(plan.id)
        return [line for name in plan.change for line in self._lines(one, name, plan.change[name])]

    def _added(self, given: Mapping[str, Any]) -> list[str]:
        manager = self.name(given.get("manager_id"))
        under = f", reports to {mrkdwn(manager, 200)}" if manager else ""
        title, says = ROLES[given["role"]]
        return [f"{title}, {mrkdwn(given['email'], 320)}{under}", says]

    def _lines(self, one: Csm, name: str, value: Any) -> Iterable[str]:
        if name == "role":
            yield f"Role: {ROLES[one.role][0]} → {ROLES[value][0]}"
            yield f"Sees {self._seen(one)} now, {self._seen(replace(one, role=value))} afterwards"
        elif name == "manager_id":
            former, new = self.name(one.manager_id) or "nobody", self.name(value) or "nobody"
            yield f"Reports to: {mrkdwn(former, 200)} → {mrkdwn(new, 200)}"
        elif name == "active":
            yield from self._leaves(one) if not value else ["May use Steward again"]
        else:
            former, new = mrkdwn(getattr(one, name), 200), mrkdwn(str(value), 200)
            yield f"{name.capitalize()}: {former} → {new}"

    def _leaves(self, one: Csm) -> Sequence[str]:
        kept = self.owned.get(one.id, 0)
        stay = "stays" if kept == 1 else "stay"
        left = f"; {count(kept, 'account')} {stay} theirs until handed over" if kept else ""
        return [f"May no longer use Steward: no answers, digests or access tokens{left}"]

    def _seen(self, one: Csm) -> str:
        """Return how many accounts somebody sees, in words."""
        if one.role == "admin":
            return "all accounts"
        scope = {one.id} if one.role == "csm" else self._below(one.id)
        return count(sum(self.owned.get(id, 0) for id in scope), "account")

    def _below(self, top: str) -> set[str]:
        found = {top}
        while (
            more := {one.id for one in self.everybody.values() if one.manager_id in found} - found
        ):
            found |= more
        return found
