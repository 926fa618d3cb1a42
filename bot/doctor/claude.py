"""Checks of Claude: the key, the models and how long they live, costs, and how it has been."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.doctor.at import database_of
from bot.doctor.check import Check, State
from bot.language.claude.client import Client
from bot.language.claude.profiles import PROFILES, profile_of
from bot.language.claude.reply import Model
from bot.language.claude.troubles import SETTINGS, ClaudeUnavailable, Reason
from bot.settings import Settings
from core.errors import Misconfigured, Unreachable
from core.wording import count, day
from storage.model_usage import ModelUsages, Recent
from storage.schema import newest, revision

if TYPE_CHECKING:
    import httpx2

MEND = {
    Reason.KEY_REFUSED: "Set ANTHROPIC_API_KEY to a key of the Anthropic Console that may use it.",
    Reason.PAYMENT: "Add credit or raise the limit in the Anthropic Console.",
    Reason.UNREACHABLE: "Check the network, the proxy and ANTHROPIC_BASE_URL.",
    Reason.TOO_SLOW: "Check the network, the proxy and ANTHROPIC_BASE_URL.",
}
ROLES = ("chat", "analysis", "plan")


async def examine_claude(
    settings: Settings, *, now: datetime, http_client: "httpx2.AsyncClient | None" = None
) -> list[Check]:
    """Return the checks; the key is never shown, and nothing here stops Steward from working."""
    key = settings.anthropic_api_key.get_secret_value() if settings.anthropic_api_key else ""
    if not key:
        mend = "Set ANTHROPIC_API_KEY if Claude shall read the questions and say what matters."
        return [Check("Claude", "ok", "no key; the offline language answers", mend)]
    if not settings.llm_enabled:
        return [Check("Claude", "ok", "a key is set, but STEWARD_LLM_ENABLED is false")]
    client = Client(key, settings.anthropic_base_url, http_client)
    try:
        checks = await _models(client, settings)
    finally:
        await client.close()
    return [*checks, *await _used(settings, now)]


async def _models(client: Client, settings: Settings) -> list[Check]:
    """Ask about each model once; what concerns the key itself is said once, too."""
    roles: dict[str, list[str]] = {}
    for role in ROLES:
        roles.setdefault(getattr(settings, f"llm_model_{role}"), []).append(role)
    checks: list[Check] = []
    for model, used_for in roles.items():
        try:
            found = _model(await client.model(model), used_for)
        except ClaudeUnavailable as unavailable:
            if unavailable.reason is not Reason.MODEL_UNKNOWN:
                return [_refused(unavailable.reason)]
            says = f"{model} is not known at {settings.anthropic_base_url}"
            found = Check(_title(used_for), "warn", says, "Check its name in STEWARD_LLM_MODEL_….")
        checks += [found, *_priced(model, used_for)]
    return [Check("Claude", "ok", "the key is taken"), *checks]


def _refused(reason: Reason) -> Check:
    state: State = "fail" if reason in SETTINGS else "warn"
    says = {
        Reason.KEY_REFUSED: "ANTHROPIC_API_KEY is refused",
        Reason.PAYMENT: "the Anthropic account has no credit or reached its limit",
    }.get(reason, f"the Anthropic API does not answer ({reason.value})")
    return Check("Claude", state, says, MEND.get(reason, "Try again in a minute."))


def _model(info: Model, used_for: Sequence[str]) -> Check:
    if info.lifecycle == "retired":
        return Check(_title(used_for), "fail", f"{info.id} is retired", "Set a newer model.")
    if info.lifecycle != "deprecated":
        return Check(_title(used_for), "ok", info.id)
    until = f" and ends on {day(info.retires_at.date())}" if info.retires_at else ""
    return Check(_title(used_for), "warn", f"{info.id} is deprecated{until}", "Set a newer model.")


def _priced(model: str, used_for: Sequence[str]) -> list[Check]:
    if profile_of(model) in PROFILES:
        return []
    says = f"the price of {model} is not known; the caps count it as a dear one"
    return [Check(_title(used_for), "warn", says)]


def _title(used_for: Sequence[str]) -> str:
    return f"Model for {' and '.join(used_for)}"


async def _used(settings: Settings, now: datetime) -> list[Check]:
    """Return what was spent today and how the last questions went, when the tables are there."""
    try:
        database = database_of(settings)
    except Misconfigured:
        return []
    try:
        await database.check()
        if await revision(database) != newest():
            return []
        usages = ModelUsages(database)
        spent = await usages.spent("", now.astimezone(UTC).date())
        return [_spent(spent.by_all, settings), *_lately(await usages.recent())]
    except Unreachable:
        return []
    finally:
        await database.close()


def _spent(today: float, settings: Settings) -> Check:
    cap = settings.llm_day_usd
    one = settings.llm_user_day_usd
    says = f"${today:.2f} today of ${cap:.2f}, at most ${one:.2f} a person"
    if today < cap:
        return Check("Claude's costs", "ok", says)
    mend = "The offline language answers until midnight UTC. Raise STEWARD_LLM_DAY_USD for more."
    return Check("Claude's costs", "warn", says, mend)


def _lately(recent: Recent) -> list[Check]:
    if not recent.questions or recent.median_milliseconds is None:
        return []
    seconds = recent.median_milliseconds / 1000
    says = f"last {count(recent.questions, 'question')}: median {seconds:.1f} s"
    if recent.cache_read_share is not None:
        says += f", {recent.cache_read_share:.0%} of what was sent came from the cache"
    if not recent.troubles:
        return [Check("Claude lately", "ok", says)]
    counted = ", ".join(f"{reason} {times}" for reason, times in Counter(recent.troubles).items())
    state: State = "warn" if len(recent.troubles) * 5 > recent.questions else "ok"
    return [Check("Claude lately", state, f"{says}; failed: {counted}")]
