"""Which fiscal year and which parts of an account plan a text is about."""

import re
from collections.abc import Iterator
from datetime import date

SECTIONS = {
    "executive_summary": r"exec(?:utive)? summar\w+|summar(?:y|ies)|overview",
    "business_context": r"business context|context|background|situation",
    "strategic_objectives": r"objectives?|goals?|milestones?|okrs?|success (?:metrics|criteria)"
    r"|metrics|kpis?",
    "stakeholder_plan": r"stakeholders?(?: (?:plan|map|part))?|relationship (?:plan|map)s?"
    r"|multi[- ]?thread\w*|power map|sponsors?",
    "expansion_plan": r"expansion|growth|upsell|whitespace|white space",
    "risk_mitigation": r"risks?|mitigation\w*|threats?",
    "qbr_schedule": r"qbrs?|business reviews?|review (?:dates|schedule|calendar)",
    "resource_plan": r"resources?|resourcing|budget|staffing|headcount",
    "action_plan_90day": r"(?:90|ninety)[- ]?days?(?: (?:plan|actions?))?|action (?:plan|items?)"
    r"|next steps|first quarter plan",
}
"""The words that name each part of a plan."""

_YEAR = re.compile(
    r"\bfy ?'?(?P<fy>\d{4}|\d{2})\b|\bfiscal(?: year)? ?'?(?P<fiscal>\d{4}|\d{2})\b"
    r"|\b(?P<year>20[2-4]\d)\b"
    r"|\b(?P<next>next|coming|upcoming|following) (?:fiscal |financial |business )?(?:year|fy)\b"
    r"|\b(?P<this>this|current|running) (?:fiscal |financial |business )?(?:year|fy)\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|except(?: for)?|excluding|skip(?:ping)?|leave out|leaving out|minus|no)\b.*",
    re.IGNORECASE,
)


def fiscal_year(text: str, today: date) -> dict[str, str]:
    """Return the argument `fiscal_year`, such as FY2027; nothing when no year is named."""
    if not (match := _YEAR.search(text)):
        return {}
    said = match["fy"] or match["fiscal"] or match["year"]
    if said:
        return {"fiscal_year": f"FY{int(said) % 100 + 2000}"}
    return {"fiscal_year": f"FY{today.year + (1 if match['next'] else 0)}"}


def sections(text: str) -> tuple[str, ...]:
    """Return the parts that are named, but none that is to be left out."""
    return tuple(_named(_WITHOUT.sub("", text)))


def _named(text: str) -> Iterator[str]:
    for name, words in SECTIONS.items():
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
            yield name
