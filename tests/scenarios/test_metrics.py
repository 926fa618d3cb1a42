"""What people ask, click and get is counted, and read where Prometheus reads it."""

from bot.jobs.digest import DIGEST
from bot.jobs.scheduler import run
from bot.serving import http_app
from tests.bot.scrape import scrape
from tests.scenarios.person import seated


async def test_questions_clicks_decisions_digests_and_jobs_are_counted_without_names(
    demo: str,
) -> None:
    async with seated(demo, "Ana") as ana:
        web = http_app(ana.app, "hush")
        shown = await ana.ask("what should I do next for Beta Inc")
        accepted = await ana.click(shown, "recommendation.accept")
        await ana.click(accepted, "recommendation.complete")
        await ana.submit(result="positive", outcome="Sarah is back")
        await ana.ask("what should I do next for Acme")
        await ana.ask("snooze Alpha Corp until yesterday")
        await ana.ask("snooze Alpha Corp until Friday")
        await ana.ask("send me my digest at 8")
        ana.clock.forward(7 * 86_400)  # a working day's at least is due by then
        await run(ana.app.desk, DIGEST)

        found = await scrape(web)

    assert found.counted("steward_questions_total") == {
        ("answered", "offline", "next_best_action"): 1,
        ("asked_back", "offline", "clarify"): 1,
        ("declined", "offline", "decide"): 1,
        ("answered", "offline", "decide"): 1,
        ("answered", "offline", "digest_settings"): 1,
    }
    assert found.value("steward_question_seconds_count", language="offline") == 5
    assert found.counted("steward_clicks_total") == {
        ("recommendation", "button"): 2,
        ("recommendation", "form"): 1,
    }
    assert found.counted("steward_decisions_total") == {
        ("accept",): 1,
        ("complete",): 1,
        ("defer",): 1,
    }
    assert found.counted("steward_job_runs_total") == {("done", "digest"): 1}
    assert sum(found.counted("steward_digests_total").values()) >= 1
    assert found.value("steward_inbox_waiting_items") == 0
    for secret in ("Beta", "Acme", "Ana", "Sarah", "snooze", ana.id):
        assert secret not in found.body
