"""The Web API methods that the stand-in answers, one file per family."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.slack.backend import Method
from bot.playground.slack.methods import (
    assistant,
    chat,
    conversations,
    reactions,
    streams,
    users,
    views,
    workspace,
)

METHODS: Mapping[str, Method] = {
    **workspace.METHODS,
    **users.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **streams.METHODS,
    **views.METHODS,
    **assistant.METHODS,
    **reactions.METHODS,
}
