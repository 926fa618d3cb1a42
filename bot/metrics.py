"""What this process counts of its work, for Prometheus: numbers only, never who or what about.

Labels come from closed sets: tools, languages, reasons, kinds. No account, person or text is one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.done import Done
from bot.language.claude.spending import Ledger
from bot.language.claude.troubles import Reason
from bot.language.language import LanguageName
from core.recommendations import DecisionKind
from storage.delivery import Delivery
from storage.model_usage import Spent, Used

FEATURES = frozenset(
    {
        "account",
        "answer",
        "brief",
        "changes",
        "clarify",
        "digest",
        "draft",
        "effectiveness",
        "learning",
        "link",
        "notice",
        "people",
        "outcome",
        "portfolio",
        "prose",
        "recommendation",
        "writing",
    }
)
"""What clicks are about: how the names of buttons, forms and shortcuts begin."""

QUESTION_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32)
CLAUDE_SECONDS = (0.25, 0.5, 1, 2, 4, 8, 16, 32)

_CLICKS = {"block_actions": "button", "view_submission": "form", "message_action": "shortcut"}


class Metrics:
    """The counts of one process, in a registry of their own; they begin at 0 with the process."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        timer: Callable[[], float] = perf_counter,
    ) -> None:
        """Take what tells the time, and what counts seconds."""
        self._clock, self._timer = clock, timer
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._questions = self._counter(
            "questions",
            "Questions by the tool that answered, the language that read them and how they ended.",
            ("tool", "language", "ended"),
        )
        self._question_seconds = Histogram(
            "steward_question_seconds",
            "From a question to its answer, not yet posted.",
            ("language",),
            buckets=QUESTION_SECONDS,
            registry=self.registry,
        )
        self._prepare_claude()
        self._clicks = self._counter(
            "clicks", "Presses of buttons, forms sent and shortcuts.", ("kind", "feature")
        )
        self._decisions = self._counter(
            "decisions", "Decisions that were kept, from any surface.", ("kind",), DecisionKind
        )
        self._digests = self._counter(
            "digests",
            "Digests that were posted, missed or not wanted that day.",
            ("ended",),
            ("sent", "missed", "skipped"),
        )
        self._prepare_jobs()

    def replied(self, done: Done, language: LanguageName, seconds: float) -> None:
        """Count a question that was answered, asked back, declined or not ours."""
        self._questions.labels(done.call.name, language, done.ended).inc()
        self._question_seconds.labels(language).observe(seconds)

    def broke_off(self, *, declined: bool) -> None:
        """Count a question that ended in an error."""
        self._questions.labels("none", "none", "declined" if declined else "failed").inc()

    def unaided(self, reason: Reason) -> None:
        """Count a question for which Claude was wanted and could not help."""
        self._unaided.labels(reason.value).inc()

    def claude_was_asked(self, used: Used) -> None:
        """Count what one question took of Claude."""
        self._requests.inc(used.calls)
        self._tokens.labels("input").inc(used.input_tokens)
        self._tokens.labels("output").inc(used.output_tokens)
        self._tokens.labels("cache_read").inc(used.cache_read_tokens)
        self._tokens.labels("cache_write").inc(used.cache_write_tokens)
        self._cost.inc(used.cost_usd)
        self._claude_seconds.observe(used.milliseconds / 1000)
        if used.trouble:
            self._troubles.labels(used.trouble).inc()

    def came(self, body: dict[str, Any]) -> None:
        """Count what Slack sent, if it is a click; a name that nothing here has is `other`."""
        if kind := _CLICKS.get(str(body.get("type"))):
            feature = _name(body).partition(".")[0]
            self._clicks.labels(kind, feature if feature in FEATURES else "other").inc()

    def decided(self, kind: DecisionKind) -> None:
        """Count a decision."""
        self._decisions.labels(kind.value).inc()

    def delivered(self, delivery: Delivery) -> None:
        """Count a digest that was sent, missed or skipped."""
        self._digests.labels(delivery.state).inc()

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """Time the run of a job inside the block and count how it ended."""
        started, ended = self._timer(), "failed"
        try:
            yield
            ended = "done"
            self._job_succeeded.labels(name).set(self._clock().timestamp())
        finally:
            self._job_runs.labels(name, ended).inc()
            self._job_seconds.labels(name).set(self._timer() - started)

    def _prepare_claude(self) -> None:
        self._requests = self._counter("claude_requests", "Requests to the Anthropic API.")
        self._tokens = self._counter(
            "claude_tokens",
            "Tokens by what they are billed as.",
            ("kind",),
            ("input", "output", "cache_read", "cache_write"),
        )
        self._cost = self._counter("claude_cost_dollars", "US dollars by the list prices.")
        self._claude_seconds = Histogram(
            "steward_claude_seconds",
            "What Claude took for one question, all its requests and tools together.",
            buckets=CLAUDE_SECONDS,
            registry=self.registry,
        )
        self._troubles = self._counter(
            "claude_troubles", "Questions put to Claude that went wrong.", ("reason",), Reason
        )
        self._unaided = self._counter(
            "claude_unaided",
            "Questions that the offline language answered as Claude could not, asked or not.",
            ("reason",),
            Reason,
        )

    def _prepare_jobs(self) -> None:
        self._job_runs = self._counter(
            "job_runs", "Runs of what Steward does by the clock.", ("name", "ended")
        )
        self._job_succeeded = Gauge(
            "steward_job_last_success_timestamp_seconds",
            "When a job was last done, as Unix time.",
            ("name",),
            registry=self.registry,
        )
        self._job_seconds = Gauge(
            "steward_job_last_run_seconds",
            "How long the last run of a job took.",
            ("name",),
            registry=self.registry,
        )

    def _counter(
        self,
        name: str,
        says: str,
        labels: tuple[str, ...] = (),
        known: "type[Reason] | type[DecisionKind] | tuple[str, ...]" = (),
    ) -> Counter:
        """Return a counter; the `known` values of its one label are there from the start, at 0."""
        made = Counter(f"steward_{name}", says, labels, registry=self.registry)
        for value in known:
            made.labels(str(value))
        return made


class CountedLedger:
    """A ledger of Claude's costs whose entries are counted."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        """Take the ledger, and what counts."""
        self._ledger, self._metrics = ledger, metrics

    async def spent(self, user_id: str, day: date) -> Spent:
        """Return what a person and everybody spent on a day, in UTC."""
        return await self._ledger.spent(user_id, day)

    async def add(self, used: Used, *, at: datetime) -> None:
        """Keep what a question cost."""
        self._metrics.claude_was_asked(used)
        await self._ledger.add(used, at=at)


def _name(body: dict[str, Any]) -> str:
    """Return the name of what was clicked, as Steward gave it."""
    if body["type"] == "block_actions":
        return str(body["actions"][0]["action_id"])
    return str(body.get("callback_id") or body["view"]["callback_id"])
