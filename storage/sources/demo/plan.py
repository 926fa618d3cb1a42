"""The account plan that waits for its review: TechCorp Industries, in the sections of seed 002."""

from datetime import date
from typing import Any

from storage.sources.demo.contacts import Known
from storage.sources.demo.days import Calendar
from storage.sources.demo.rows import Ledger
from storage.sources.demo.sketch import Sketch
from storage.tables import AccountPlan

ACCOUNT = "TechCorp Industries"


def write_plan(sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], on: Calendar) -> None:
    """Write the plan, submitted three days ago by the account's CSM."""
    if sketch.company.name != ACCOUNT:
        return
    year = fiscal_year(on.today)
    ledger.add(
        AccountPlan,
        fiscal_year=year,
        status="pending_review",
        sections=_sections(year, sketch, known, on),
        created_by=ledger.owner_id,
        created_at=on.at(3, 10 * 60 + 20),
    )


def fiscal_year(today: date) -> str:
    """Return the year that is planned for: from July on the next one."""
    return f"FY{today.year + (today.month >= 7)}"


def _sections(year: str, sketch: Sketch, known: tuple[Known, ...], on: Calendar) -> dict[str, Any]:
    return {
        "executive_summary": (
            "TechCorp Industries is a $250K strategic account in the technology sector with a "
            "strong champion but no executive behind her. Health is 68 and 55 % of the features "
            f"are in use. Priorities for {year}: win two executive sponsors, raise adoption to "
            "80 %, and secure a multi-year renewal."
        ),
        "business_context": {
            "industry_trends": "Software buyers consolidate tools and ask for proof of value.",
            "customer_goals": "Scale customer success operations without adding headcount.",
            "competitive_landscape": "Evaluates alternatives before the renewal.",
        },
        "strategic_objectives": [_executives(), _adoption(), _renewal()],
        "stakeholder_plan": _stakeholders(known),
        "expansion_plan": _expansion(sketch),
        "risk_mitigation": {
            "identified_risks": [
                {
                    "risk": "No executive sponsor",
                    "mitigation": "Win the CTO and the CFO as sponsors",
                    "owner": "CSM",
                },
                {
                    "risk": "Evaluates alternatives before the renewal",
                    "mitigation": "Show value in their figures at each QBR; agree on criteria",
                    "owner": "CSM",
                },
            ]
        },
        "qbr_schedule": [
            {"quarter": f"Q{n}", "focus": focus}
            for n, focus in enumerate(
                ("Adoption baseline", "Value review with the CFO", "Roadmap", "Renewal"), start=1
            )
        ],
        "resource_plan": {
            "csm_hours_per_month": 12,
            "specialists": ["Solutions engineer, 2 days in Q1", "Trainer, 3 sessions in Q2"],
            "executive_sponsor": "VP Customer Success",
        },
        "action_plan_90day": _actions(on),
    }


def _executives() -> dict[str, Any]:
    return _objective(
        "obj-1",
        "Expand executive engagement from single-threaded to multi-level",
        "All rests on Sarah Chen (VP Product). The renewal needs the CTO and the CFO.",
        ("Executive sponsors engaged", "0", "2", "Regular meetings with CTO and CFO"),
        (
            "Intro meeting with CTO",
            "CFO value review",
            "Joint executive planning session",
            "Renewal approval secured",
        ),
        owner="CSM",
        priority="critical",
    )


def _adoption() -> dict[str, Any]:
    return _objective(
        "obj-2",
        "Increase platform adoption to 80 % of the features",
        "55 % are in use. Accounts that use more renew more often.",
        ("Feature utilization", "55%", "80%", "Monthly adoption report"),
        (
            "Choose five features with the champion",
            "Train two teams",
            "Automations live in support",
            "80 % reached and reported",
        ),
        owner="Both",
        priority="high",
    )


def _renewal() -> dict[str, Any]:
    return _objective(
        "obj-3",
        "Secure a renewal of two years or more",
        "A longer term gives both sides time for the roll-out to the support team.",
        ("Contract term in years", "1", "2", "Signed renewal"),
        ("Criteria agreed", "Proposal discussed", "Terms agreed", "Renewal signed"),
        owner="CSM",
        priority="high",
    )


def _objective(
    id: str,
    objective: str,
    rationale: str,
    metric: tuple[str, str, str, str],
    milestones: tuple[str, ...],
    *,
    owner: str,
    priority: str,
) -> dict[str, Any]:
    name, current, target, measurement = metric
    return {
        "id": id,
        "objective": objective,
        "rationale": rationale,
        "success_metrics": [
            {"metric": name, "current": current, "target": target, "measurement": measurement}
        ],
        "quarterly_milestones": [
            {"quarter": f"Q{n}", "milestone": milestone}
            for n, milestone in enumerate(milestones, start=1)
        ],
        "owner": owner,
        "priority": priority,
    }


def _stakeholders(known: tuple[Known, ...]) -> dict[str, Any]:
    return {
        "current_map": [
            {"stakeholder_id": one.id, "name": one.person.name, "role": one.role} for one in known
        ],
        "relationship_goals": [
            {
                "stakeholder_id": one.id,
                "name": one.person.name,
                "current_score": 78,
                "target_score": 90,
                "strategy": "Involve her in planning and let her open the door to the CTO",
            }
            for one in known
            if one.role == "champion"
        ],
        "multi_threading_target": 5,
        "exec_sponsor_strategy": "Propose quarterly executive briefings, the first with the CTO.",
    }


def _expansion(sketch: Sketch) -> dict[str, Any]:
    worth = sum(deal.amount for deal in sketch.deals)
    return {
        "current_arr": sketch.company.arr,
        "target_arr": sketch.company.arr + worth,
        "opportunities": [
            {
                "type": "upsell",
                "description": deal.name,
                "value": deal.amount,
                "probability": 0.7 if deal.stage == "qualified" else 0.4,
                "timeline": "Q2",
            }
            for deal in sketch.deals
        ],
    }


def _actions(on: Calendar) -> list[dict[str, Any]]:
    steps = (
        (1, "Request intro to CTO from Sarah"),
        (2, "Prepare executive briefing materials"),
        (4, "Choose five features for the adoption plan with Sarah"),
        (6, "First executive briefing"),
        (9, "Training for the support team"),
        (12, "Report on adoption and agree on the QBR agenda"),
    )
    return [
        {"week": week, "action": action, "owner": "CSM", "due": on.day(-7 * week).isoformat()}
        for week, action in steps
    ]
