"""Requests to the Messages API: the only place that builds them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.claude.cleaning import QUOTATION, visible
from bot.language.claude.definitions import definitions
from bot.language.claude.masks import Masks
from bot.language.claude.profiles import Profile
from bot.language.claude.prompts import prompt
from bot.language.claude.reply import Json, Reply
from bot.language.claude.scene import Scene
from bot.settings import Effort
from bot.tools.tool import Tool

MOST_NAMES = 80
"""Accounts of a portfolio that are named; tools find the others as well."""

MOST_OF_QUESTION = 4000
MOST_OF_EARLIER = 300
MOST_OF_NAME = 80
LETTERS_A_TOKEN = 4
"""Roughly, in English; whether a prefix is long enough to be cached need not be known better."""


@dataclass(frozen=True, slots=True)
class Voice:
    """The model that is asked, what it accepts, and how hard it is to think."""

    model: str
    profile: Profile
    effort: Effort


def request(
    voice: Voice, messages: Sequence[Json], tools: Sequence[type[Tool]], *, user: str, last: bool
) -> Json:
    """Return one request. `last` says that the answer must come, without another call.

    Tools and instructions are the same for everybody, byte for byte, so that they are cached for
    all; the tools stay in the last request too, as the calls of before refer to them.
    """
    system: Json = {"type": "text", "text": prompt("system")}
    defined = definitions(tools)
    if _is_cacheable(system, defined, voice.profile):
        system["cache_control"] = {"type": "ephemeral"}
    made: Json = {
        "model": voice.model,
        "max_tokens": 1500 if voice.profile.thinks else 700,
        "system": [system],
        "tools": defined,
        "messages": list(messages),
        "metadata": {"user_id": user},
    }
    if voice.effort in voice.profile.efforts:
        made["output_config"] = {"effort": voice.effort}
    if last:
        made["tool_choice"] = {"type": "none"}
    return made


def opening(question: str, scene: Scene, masks: Masks) -> Json:
    """Return the first message: the surroundings as JSON, then the question as it was asked.

    What an earlier answer quoted may be a customer's, and nothing that follows needs it.
    """
    known = {
        "today": f"{scene.today:%A} {scene.today.isoformat()}",
        "reader": _short(scene.reader_name, MOST_OF_NAME, masks),
        "accounts": [_short(name, MOST_OF_NAME, masks) for name in scene.portfolio[:MOST_NAMES]],
        "earlier": [
            {
                "user": _short(turn.asked, MOST_OF_EARLIER, masks),
                "steward": _short(QUOTATION.sub("“…”", turn.answered), MOST_OF_EARLIER, masks),
            }
            for turn in scene.earlier
        ],
    }
    asked = masks.mask(visible(question)[:MOST_OF_QUESTION], typed=True)
    return _user(_text(json.dumps(known, ensure_ascii=False)), _text(f"Question: {asked}"))


def said(reply: Reply) -> Json:
    """Return the model's own answer as it goes back, its blocks unchanged."""
    return {"role": "assistant", "content": reply.content}


def results(blocks: Sequence[Json]) -> Json:
    """Return the results of all calls of one answer, in one message."""
    return _user(*blocks)


def repair(problems: Sequence[str]) -> Json:
    """Return the message that asks for sentences without what rests on nothing."""
    listed = ", ".join(f"“{one[:60]}”" for one in problems[:10])
    return _user(_text(prompt("repair").replace("$problems", listed)))


def _user(*blocks: Json) -> Json:
    return {"role": "user", "content": list(blocks)}


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _short(text: str, most: int, masks: Masks) -> str:
    line = " ".join(visible(text).split())
    return masks.mask(line if len(line) <= most else f"{line[: most - 1]}…")


def _is_cacheable(system: Json, tools: Sequence[Json], profile: Profile) -> bool:
    letters = len(system["text"]) + len(json.dumps(tools))
    return letters / LETTERS_A_TOKEN >= profile.cacheable
