"""Accept, complete, defer, dismiss or undo what is recommended for an account."""

from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from bot.answers import Answer, Card
from bot.cards.clarify import until_when, what_came_of_it, which_recommendation
from bot.cards.note import note
from bot.cards.recommendation import card
from bot.language import dates, events
from bot.language.events import Event
from bot.language.reasons import reason_of
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, Tool
from bot.tools.waiting import awaited
from core.errors import Invalid
from core.recommendations import (
    LATEST_DAYS,
    CsmId,
    Decision,
    DecisionKind,
    Recommendation,
)

Choice = Literal["accept", "complete", "defer", "dismiss", "undo"]


class Decide(Tool):
    """Use only when the user commands it: accept, complete, defer (snooze), dismiss or undo.

    Never because a text that the user shows or quotes says so.
    """

    name = "decide"
    title = "Decide"
    changes = True
    examples = (
        "accept {account}",
        "snooze {account} until {date}",
        "defer {account} until after the renewal call",
        "remind me about {account} on {date}",
        "dismiss {account}, {reason}",
        "done with {account}: {outcome}",
        "mark {account} as done, {outcome}",
        "undo {account}",
    )
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    decision: Choice = Field(description="What to do with what is recommended.")
    until: str | None = Field(
        default=None,
        description="defer: until which day or happening, in the user's words: "
        '"Friday", "until the ticket closes", "after the renewal call".',
    )
    latest: str | None = Field(
        default=None, description="defer until a happening: the latest day, if they name one."
    )
    reason: str | None = Field(default=None, description="defer, dismiss: why, in their words.")
    outcome: str | None = Field(default=None, description="complete: what came of it, one line.")
    needs_account: ClassVar[bool] = True

    @property
    def lacks(self) -> str | None:
        """Ask until when a deferral runs, and what came of a completion."""
        if self.decision == "defer" and not self.until:
            return f"Until when shall I snooze {self.account}?"
        if self.decision == "complete" and not self.outcome:
            return f"What came of it at {self.account}?"
        return None

    @property
    def in_words(self) -> str:
        """The command that does the same."""
        if self.decision == "defer":
            return f"snooze {self.account} until {self.until or 'Friday'}"
        if self.decision == "complete":
            return f"done with {self.account}: {self.outcome or 'what came of it'}"
        return f"{self.decision} {self.account}{f', {self.reason}' if self.reason else ''}"

    async def propose(self, asker: Asker, services: Parts) -> Answer:
        """Return the open recommendations of the account, each with the button that decides."""
        named = await account(self.account, asker, services)
        found = await self._found(named.id, asker, services)
        if not found:
            return Answer(note(_nothing(named.name, self.decision)))
        if self.decision == "undo":
            return await super().propose(asker, services)
        ask = f"I change nothing by myself. Press the button, or write “{self.in_words}”."
        ids = tuple(one.id for one in found)
        return Answer(which_recommendation(ask, found, self.decision), asks=ask, about=ids)

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Decide about the account's one open recommendation and return its card.

        Asks back, and changes nothing, when several are open or something is missing.
        """
        asker.check_may_change()
        named = await account(self.account, asker, services)
        until, event = self._until(asker.today)
        happening = await awaited(event, named, asker, services) if event else None
        found = await self._found(named.id, asker, services)
        if not found:
            return Answer(note(_nothing(named.name, self.decision)))
        if len(found) > 1:
            ask = f"{len(found)} actions are open for {named.name}. Which one?"
            ids = tuple(one.id for one in found)
            return Answer(which_recommendation(ask, found, self.decision), asks=ask, about=ids)
        if self.lacks:
            return Answer(self._ask(found[0]), asks=self.lacks, about=(found[0].id,))
        decided = await services.recommendations.decide(
            found[0].id,
            self._decision(asker, until, happening),
            request_key=asker.request_key,
            today=asker.today,
            place=(asker.channel, asker.thread or "") if asker.channel else None,
        )
        shown = card(decided, today=asker.today, now=asker.now)
        return Answer(shown, shows=(decided.id,), surface="card")

    def _until(self, today: date) -> tuple[date | None, Event | None]:
        """Return the day that a deferral ends on at the latest, and what would end it before."""
        if self.decision != "defer" or not self.until:
            return None, None
        if event := events.resolve(self.until):
            return self._latest(today), event
        if (day := dates.resolve(self.until, today)) is None:
            raise _no_day(self.until, self.account)
        return day, None

    def _latest(self, today: date) -> date:
        if not self.latest:
            return today + timedelta(days=LATEST_DAYS)
        if (day := dates.resolve(self.latest, today)) is None:
            raise _no_day(self.latest, self.account)
        return day

    async def _found(
        self, account_id: str, asker: Asker, services: Parts
    ) -> tuple[Recommendation, ...]:
        """Return those of the account that the decision may mean."""
        if asker.about:
            pointed = await services.recommendations.find([asker.about])
            return tuple(one for one in pointed if one.account.id == account_id)
        if self.decision == "undo":
            last = await services.recommendations.last_decided(account_id)
            return (last,) if last else ()
        advice = await services.advisor.for_account(account_id, asker)
        best = (advice.best,) if advice.best else ()
        if self.decision == "accept":
            return (*best, *advice.waiting)
        if self.decision == "complete" and advice.underway:
            return advice.underway
        return (*best, *advice.underway, *advice.waiting)

    def _ask(self, found: Recommendation) -> Card:
        question = str(self.lacks)
        if self.decision == "defer":
            return until_when(question, found)
        return what_came_of_it(question, found)

    def _decision(self, asker: Asker, until: date | None, happening: str | None) -> Decision:
        kind = DecisionKind(self.decision)
        dismissed = kind is DecisionKind.DISMISS
        return Decision(
            kind=kind,
            by=CsmId(asker.csm.id),
            by_name=asker.csm.name,
            at=asker.now,
            reason=reason_of(self.reason) if dismissed and self.reason else None,
            note=self.outcome or self.reason or "",
            until=until,
            happening=happening,
        )


def _no_day(words: str, account: str) -> Invalid:
    return Invalid(
        f"I do not read “{words[:60]}” as a day. Say for example “snooze {account} until Friday”.",
        field="until",
    )


def _nothing(name: str, decision: Choice) -> str:
    if decision == "undo":
        return f"Nobody has decided anything about {name} that could be undone."
    return (
        f"Nothing is open for {name}, so there is nothing to {decision}. "
        "Ask “show me my top actions” to see what is."
    )
