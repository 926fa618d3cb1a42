"""From what changed to a brief and an agenda: one question, then only buttons."""

from tests.scenarios.office import actions, words
from tests.scenarios.person import seated


async def test_from_a_list_of_changes_to_an_agenda(demo: str) -> None:
    async with seated(demo, "Ana") as ana:
        over = await ana.ask("what changed since last week")
        assert "Your accounts: what changed" in over["text"]
        menu = next(
            element
            for block in over["blocks"]
            for element in block.get("elements", [])
            if element.get("type") == "static_select"
        )
        beta = next(one for one in menu["options"] if "Beta Inc" in one["text"]["text"])

        await ana.click(over, "clarify.pick.0", beta["value"])
        alone = ana.slack.answers(ana.id)[-1]
        assert alone["text"].startswith("Beta Inc: what changed")

        await ana.click(alone, "clarify.pick.1")
        brief = ana.slack.answers(ana.id)[-1]
        assert brief["text"].startswith("Beta Inc: before your call")
        assert len(brief["text"]) > 600

        await ana.click(brief, "brief.agenda")
        view = ana.slack.open_view(ana.id)
        assert view is not None
        assert "Agenda:" in words(view)
        assert "link.google_calendar" in actions(view)

        await ana.click(brief, "recommendation.show")
        assert "recommendation.accept" in actions(ana.slack.answers(ana.id)[-1])
