"""Seed 000's effectiveness block: how many were completed, how many went well, what it did."""

from bot.answers import Block
from bot.cards.blocks import actions, button, fields, header
from bot.cards.text import mrkdwn, number
from core.results import Mean, PlayResult, Results, Share
from core.wording import count

DAYS = 30
"""The period that the block is about where nobody names one."""

_MOST_PLAYS = 3


def effectiveness(results: Results, *, key: str) -> list[Block]:
    """Return the block for the end of a portfolio, with a button to all of it."""
    more = button("What Works", "effectiveness.show", str(DAYS), about="the last 30 days")
    best = f"*Top plays*\n{plays(results) or 'none yet'}"
    return [
        header("Action effectiveness", f"{key}.effectiveness"),
        fields([*numbers(results, f"last {DAYS} days"), best], f"{key}.effectiveness.numbers"),
        actions([more], f"{key}.effectiveness.do"),
    ]


def numbers(results: Results, when: str) -> list[str]:
    """Return the seed's three numbers, each under its name."""
    return [
        f"*Completed, {when}*\n{count(results.completed, 'action')}",
        f"*Success rate*\n{share(results.success, 'went well')}",
        f"*Average health effect*\n{effect(results.effect)}",
    ]


def effectiveness_text(results: Results) -> str:
    """Return the block in one line."""
    top = plays(results)
    said = (
        f"Last {DAYS} days: {results.completed} completed; success rate: "
        f"{share(results.success, 'went well')}; average health effect: {effect(results.effect)}."
    )
    return f"{said} Top plays: {top}." if top else said


def share(one: Share, verb: str) -> str:
    """Return a share with its interval and numbers: "83 % [74-89], 20 of 24 went well"."""
    if not one.of:
        return "no cases yet"
    low, high = one.interval
    return (
        f"{one.rate * 100:.0f} % [{low * 100:.0f}-{high * 100:.0f}], {one.hits} of {one.of} {verb}"
    )


def effect(mean: Mean | None) -> str:
    """Return a mean change of health: "+8 points [5 to 11], measured at 12"."""
    if mean is None:
        return "nothing measured yet"
    said = f"{mean.value:+.1f}".removesuffix(".0")
    points = f"{said} point" if abs(mean.value) == 1 else f"{said} points"
    if mean.low is None or mean.high is None:
        return f"{points}, measured once"
    return f"{points} [{number(mean.low)} to {number(mean.high)}], measured {mean.of} times"


def plays(results: Results) -> str:
    """Return the plays that worked best: "Outreach to champion 12 of 13 · ..."."""
    return mrkdwn(" · ".join(worked(one) for one in results.plays[:_MOST_PLAYS]), 200)


def worked(one: PlayResult) -> str:
    """Return how often a play worked: "Outreach to champion 12 of 13"."""
    return f"{one.title} {one.share.hits} of {one.share.of}"
