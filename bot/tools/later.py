"""Questions that are understood already, while what answers them is still to come.

Each tool says so plainly and offers what there is. When its engine comes, its class here goes.
"""

from typing import ClassVar, Literal

from pydantic import Field

from bot.answers import Answer
from bot.cards.clarify import Pick, ask
from bot.cards.top import MOST_ITEMS, question, top_card
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, Tool
from bot.tools.top_actions import USUAL
from core.recommendations import Category

Section = Literal[
    "executive_summary",
    "business_context",
    "strategic_objectives",
    "stakeholder_plan",
    "expansion_plan",
    "risk_mitigation",
    "qbr_schedule",
    "resource_plan",
    "action_plan_90day",
]
Status = Literal["open", "in_progress", "overdue", "done", "cancelled"]
Model = Literal["churn", "expansion", "health", "action"]
_ACCOUNT = "The account, in the user's own words."
_OWNER = "Whose accounts: me, team, or a colleague's name."
_LIMIT = "How many, when a number is named."
_MOST = 50


class Later(Tool):
    """Base of what is still to come.

    `misses` is what there is not yet, in the plural; `instead` are the tools that are offered, each
    with what its button says.
    """

    misses: ClassVar[str]
    instead: ClassVar[tuple[tuple[str, str], ...]]
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Say that this is still to come, and offer what there is."""
        said = f"I do not have {self.misses} yet; they are still to come."
        words = self.model_dump().get("account")
        if not words:
            picks = [Pick(label, name) for name, label in self.instead if not _is_of_one(name)]
            return Answer(ask(f"{said} What I can show you now:", picks))
        named = await account(words, asker, services)
        picks = [Pick(label, name, named.id) for name, label in self.instead if _is_of_one(name)]
        return Answer(ask(f"{said} What I can show you now for {named.name}:", picks))


class LaterList(Later):
    """Base of lists that are still to come: until then, the actions of that kind are shown."""

    kind: ClassVar[Category]
    owner: str | None = Field(default=None, description=_OWNER)
    limit: int | None = Field(default=None, ge=1, le=_MOST, description=_LIMIT)

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Say that this is still to come, above the actions of its kind if there are any."""
        owner = self.owner
        if owner is not None and owner not in ("me", "team"):
            owner = (await services.people.find(owner, asker=asker.csm)).id
        top = await services.advisor.top(
            asker,
            owner=owner,
            category=self.kind,
            segment=self.model_dump().get("segment"),
            limit=min(self.limit or USUAL, MOST_ITEMS),
        )
        if not top.recommendations:
            return await super().run(asker, services)
        is_own = owner in (None, "me", asker.csm.id) and top.owner_name != "your team"
        whose = "Your" if is_own else f"{top.owner_name[0].upper()}{top.owner_name[1:]}'s"
        heading = f"{self.misses.capitalize()} are still to come. {whose} top {self.kind} actions"
        listed = top_card(
            top.recommendations,
            heading=heading,
            today=asker.today,
            now=asker.now,
            total=top.total,
            missing=top.missing,
            asked=question(what=self.kind),
        )
        shows = tuple(one.id for one in top.recommendations)
        return Answer(listed, shows, "list", heading)


_NEXT = ("next_best_action", "What Next")
_WHY = ("explain", "Signals and Why")
_TOP = ("top_actions", "My Top Actions")
_WORKS = ("what_works", "What Works")
_DRAFT = ("draft_message", "Draft Message")
_BRIEF = ("account_brief", "Brief Me")


def _is_of_one(name: str) -> bool:
    return name not in (_TOP[0], _WORKS[0])


class ChurnRisk(Later):
    """Use when somebody asks how likely one account is to churn, leave or not renew, and why."""

    name = "churn_risk"
    title = "Churn risk"
    examples = (
        "how likely is {account} to churn?",
        "churn risk of {account}",
        "will {account} renew?",
        "what drives the churn risk at {account}",
    )
    misses = "churn predictions"
    instead = (_NEXT, _WHY)
    account: str = Field(description=_ACCOUNT, min_length=1)
    needs_account: ClassVar[bool] = True


class AccountsAtRisk(LaterList):
    """Use when somebody wants the list of accounts that are likely to churn."""

    name = "accounts_at_risk"
    title = "Accounts at risk"
    examples = (
        "which accounts are likely to churn?",
        "accounts at risk over 70%",
        "who might we lose in {person}'s book",
        "my five riskiest accounts",
    )
    misses = "churn predictions"
    instead = (_TOP,)
    kind = "risk"
    min_probability: float | None = Field(
        default=None, ge=0, le=1, description="Only from this probability on, 0 to 1."
    )


class AccountHealth(Later):
    """Use when somebody asks for the health of one account: score, components, trend."""

    name = "account_health"
    title = "Health"
    examples = (
        "how healthy is {account}?",
        "health score of {account}",
        "is the health of {account} going up or down",
        "which component pulls {account}'s health down",
    )
    misses = "health insights"
    instead = (_BRIEF, _WHY, _NEXT)
    account: str = Field(description=_ACCOUNT, min_length=1)
    needs_account: ClassVar[bool] = True


class ExpansionPropensity(Later):
    """Use when somebody asks how likely one account is to expand, upgrade or buy more."""

    name = "expansion_propensity"
    title = "Expansion"
    examples = (
        "how likely is {account} to expand?",
        "upsell potential of {account}",
        "is {account} ready for more seats",
        "what could {account} be worth if they grow",
    )
    misses = "expansion scores"
    instead = (_NEXT, _WHY)
    account: str = Field(description=_ACCOUNT, min_length=1)
    needs_account: ClassVar[bool] = True


class ReadyToExpand(LaterList):
    """Use when somebody wants the list of accounts that are ready to expand or buy more."""

    name = "ready_to_expand"
    title = "Ready to expand"
    examples = (
        "who is ready to expand?",
        "best upsell candidates in enterprise",
        "top 5 accounts likely to buy more",
        "which of {person}'s accounts could grow",
    )
    misses = "expansion scores"
    instead = (_TOP,)
    kind = "expansion"
    segment: str | None = Field(default=None, description="enterprise, mid-market or smb.")


class DraftAccountPlan(Later):
    """Use when somebody wants an account plan written, built or renewed for an account."""

    name = "draft_account_plan"
    title = "Draft account plan"
    examples = (
        "draft an account plan for {account}",
        "write the FY27 plan for {account}",
        "build a success plan for {account}, goals and risks only",
        "{account} needs a plan, generate one",
    )
    misses = "account plans"
    instead = (_NEXT, _DRAFT)
    account: str = Field(description=_ACCOUNT, min_length=1)
    fiscal_year: str | None = Field(default=None, description="The fiscal year, such as FY2027.")
    sections: list[Section] | None = Field(default=None, description="Only these parts.")
    needs_account: ClassVar[bool] = True


class ShowAccountPlan(Later):
    """Use when somebody wants to see the plan that an account has, or a part or its progress."""

    name = "show_account_plan"
    title = "Account plan"
    examples = (
        "show me the account plan of {account}",
        "what are the goals in {account}'s plan?",
        "how far are we with the plan for {account}",
        "risks section of the {account} plan",
    )
    misses = "account plans"
    instead = (_NEXT, _WHY)
    account: str = Field(description=_ACCOUNT, min_length=1)
    section: Section | None = Field(default=None, description="Only this part.")
    needs_account: ClassVar[bool] = True


class CustomerStyle(Later):
    """Use when somebody asks how a customer likes to work: tone, cadence, who decides."""

    name = "customer_style"
    title = "How they work"
    examples = (
        "how does {account} like to communicate?",
        "how should I approach {account}",
        "who decides at {account}",
        "do {account} prefer calls or e-mails",
    )
    misses = "customers' styles"
    instead = (_NEXT, _DRAFT)
    account: str = Field(description=_ACCOUNT, min_length=1)
    needs_account: ClassVar[bool] = True


class CreateCtas(Later):
    """Use when somebody wants calls to action made from predictions."""

    name = "create_ctas"
    title = "Create calls to action"
    examples = (
        "create CTAs for {account}",
        "make tasks for my at-risk accounts",
        "open a call to action for {account}",
        "turn the top 5 churn predictions into CTAs",
    )
    misses = "calls to action"
    instead = (_NEXT, _TOP)
    account: str | None = Field(default=None, description=_ACCOUNT)
    limit: int | None = Field(default=None, ge=1, le=_MOST, description=_LIMIT)


class ListCtas(Later):
    """Use when somebody wants to see calls to action or tasks: open, overdue, done."""

    name = "list_ctas"
    title = "Calls to action"
    examples = (
        "show my open CTAs",
        "which calls to action are overdue?",
        "tasks for {account}",
        "{person}'s CTAs that are done",
    )
    misses = "calls to action"
    instead = (_NEXT, _TOP)
    account: str | None = Field(default=None, description=_ACCOUNT)
    status: Status | None = Field(default=None, description="Only those in this state.")
    owner: str | None = Field(default=None, description=_OWNER)


class PredictionAccuracy(Later):
    """Use when somebody asks how good the predictions are: accuracy, calibration, hit rate."""

    name = "prediction_accuracy"
    title = "Prediction accuracy"
    examples = (
        "how accurate are your predictions?",
        "hit rate of the churn model",
        "how often were you right about expansion",
        "is the health prediction calibrated",
    )
    misses = "predictions"
    instead = (_WORKS,)
    model: Model | None = Field(default=None, description="Only this kind of prediction.")
