"""Whether people of another company read in a channel: what names customers stays out of it."""

from collections.abc import Mapping

from bot.desk import Desk


def is_shared(channel: Mapping[str, object]) -> bool:
    """Tell whether people of another company are in a channel, or soon may be."""
    return any(channel.get(kind) for kind in ("is_ext_shared", "is_pending_ext_shared"))


async def is_outside(desk: Desk, channel: str) -> bool:
    """Ask Slack who reads in a conversation; nobody but its person does in a direct message.

    Raises what Slack answers instead: where nobody knows who reads, nothing may be posted.
    """
    if not channel.startswith(("C", "G")):
        return False
    return is_shared((await desk.client.conversations_info(channel=channel))["channel"])
