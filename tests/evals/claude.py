"""Claude as a language under test: live with a key, or scripted, where the model knows the answer.

The scripted one cannot say how good Claude is. It shows that what is right can be said at all: that
every tool is offered, and that its arguments pass the definitions, the wire and the checks.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.language.claude.claude import Claude
from bot.language.claude.scene import Scene, user_hash
from bot.language.claude.told import Told
from bot.language.claude.troubles import ClaudeUnavailable
from bot.settings import Settings
from bot.tools.catalogue import tool, tools
from bot.tools.tool import ToolCall
from core.errors import StewardError
from tests.bot.language.book import CONTEXT
from tests.bot.language.claude.model import NOON, FakeLedger, Office, calls, says
from tests.evals.goldens import Golden, Heard, Listener

SCENE = Scene("Ana Souza", CONTEXT.today, user_hash("evals"), CONTEXT.names.own)
SAYS_NOTHING = ("clarify", "none")


def live(settings: Settings) -> Listener | None:
    """Return Claude itself, None without a key."""
    if settings.anthropic_api_key is None:
        return None
    claude = Claude(settings, FakeLedger(), clock=lambda: NOON)
    return lambda text: hear(claude, text)


def scripted(goldens: Mapping[str, Golden]) -> Listener:
    """Return Claude with a model that calls what each question means."""

    async def listener(text: str) -> Heard:
        return await hear(Office([_step(goldens[text])]).claude, text)

    return listener


async def hear(claude: Claude, text: str) -> Heard:
    """Return the first call that Claude makes of a text; nothing is run for it."""
    made: list[ToolCall] = []

    async def run(call: ToolCall) -> Told:
        made.append(call)
        return Told("Noted.", final=True)

    try:
        spoken = await claude.converse(text, SCENE, tools(), run)
    except ClaudeUnavailable:
        return Heard("clarify", {})
    if not made:
        asks = "?" in (spoken.prose or "")
        return Heard("clarify" if asks else "none", {}, cost_usd=spoken.usage.cost_usd)
    return Heard(made[0].name, _resolved(made[0].arguments), cost_usd=spoken.usage.cost_usd)


def can_be_said(golden: Golden) -> bool:
    """Tell whether what a question means is a call, and a complete one."""
    if golden.tools[0] in SAYS_NOTHING:
        return False
    try:
        tool(golden.tools[0])(**_arguments(golden))
    except ValidationError:
        return False
    return True


def _step(golden: Golden) -> dict[str, Any]:
    if not can_be_said(golden):
        meant = golden.tools[0] == "none"
        return says("That is not mine to do." if meant else "Which account do you mean?")
    return calls((golden.tools[0], _arguments(golden)))


def _arguments(golden: Golden) -> dict[str, Any]:
    return ({"account": golden.account} if golden.account else {}) | golden.arguments


def _resolved(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with the account by its name, as the tools would find it."""
    try:
        return arguments | {"account": CONTEXT.names.resolve(arguments["account"]).name}
    except (KeyError, StewardError):
        return arguments
