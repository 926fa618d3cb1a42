"""Everything Steward works with, built once at the edge and passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.advisor import Advisor
from bot.assistant import Assistant
from bot.briefs import Briefs
from bot.catalogue_file import rules_of
from bot.changes import Changes
from bot.denials import Denials
from bot.drafting import Drafts
from bot.language.claude.claude import Claude
from bot.language.offline.offline import Offline
from bot.metrics import CountedLedger, Metrics
from bot.settings import Settings
from bot.speaker import Speaker
from bot.tool_parts import ToolParts
from core.rules import Rules
from storage.accounts import Accounts
from storage.audit import AuditLog
from storage.contacts import Contacts
from storage.conversations import Conversations
from storage.database import Database
from storage.digests import Digests
from storage.inbox import Inbox
from storage.learning_resets import Resets
from storage.model_usage import ModelUsages
from storage.outbox import Outbox
from storage.people import People
from storage.recommendations import Recommendations
from storage.results import PastResults

if TYPE_CHECKING:
    import httpx2

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """The repositories and use cases that listeners, tools, jobs and commands are given."""

    settings: Settings
    rules: Rules
    database: Database
    people: People
    accounts: Accounts
    recommendations: Recommendations
    advisor: Advisor
    digests: Digests
    results: PastResults
    drafts: Drafts
    resets: Resets
    changes: Changes
    briefs: Briefs
    inbox: Inbox
    outbox: Outbox
    claude: Claude
    assistant: Assistant
    clock: Clock
    metrics: Metrics


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    http_client: "httpx2.AsyncClient | None" = None,
) -> Services:
    """Wire everything for one process; opens no connection yet.

    `http_client` replaces the usual one that asks Claude.
    """
    return _over(
        Database(settings.database_url),
        settings,
        rules_of(settings.catalogue),
        Metrics(clock or _now),
        clock or _now,
        http_client,
    )


def services_of(home: Services, workspace: str) -> Services:
    """Wire the services of an installed workspace over its walled data.

    What is the deployment's and holds no customer's data is shared: settings, plays, counts.
    """
    walled = home.database.for_workspace(workspace)
    return _over(walled, home.settings, home.rules, home.metrics, home.clock)


def _over(
    database: Database,
    settings: Settings,
    rules: Rules,
    metrics: Metrics,
    clock: Clock,
    http_client: "httpx2.AsyncClient | None" = None,
) -> Services:
    people, accounts = People(database), Accounts(database)
    recommendations = Recommendations(database, metrics.decided)
    lease = timedelta(seconds=settings.lease_seconds)
    digests = Digests(database, stale=5 * lease)
    advisor = Advisor(database, recommendations, people, accounts, rules)
    results, time = PastResults(database), settings.digest_time
    resets = Resets(database)
    drafts = Drafts(database, people, Contacts(database), rules)
    changes = Changes(database, people, accounts)
    briefs = Briefs(database, changes, advisor)
    parts = ToolParts(
        people,
        accounts,
        advisor,
        recommendations,
        digests,
        results,
        time,
        drafts,
        resets,
        changes,
        briefs,
    )
    ledger = CountedLedger(ModelUsages(database), metrics)
    claude = Claude(settings, ledger, http_client=http_client, clock=clock)
    return Services(
        settings=settings,
        rules=rules,
        database=database,
        people=people,
        accounts=accounts,
        recommendations=recommendations,
        advisor=advisor,
        digests=digests,
        results=results,
        drafts=drafts,
        resets=resets,
        changes=changes,
        briefs=briefs,
        inbox=Inbox(database, lease=lease),
        outbox=Outbox(database, lease=lease),
        claude=claude,
        assistant=Assistant(
            Offline(),
            parts,
            conversations=Conversations(database),
            database=database,
            speaker=Speaker(claude),
            observer=metrics,
            denials=Denials(AuditLog(database)),
        ),
        clock=clock,
        metrics=metrics,
    )


def _now() -> datetime:
    return datetime.now(UTC)
