"""The morning digest: whether it comes, when, and where."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from bot.answers import Answer
from bot.cards.note import note
from bot.digests.scope import scope_of
from bot.language import times
from bot.tools.tool import Asker, Parts, Tool
from core.errors import Invalid
from storage.digests import Kind, Subscription

_LINKED = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")


class DigestSettings(Tool):
    """Use when somebody asks about the daily digest, or wants it on, off or at another time.

    Without a change it shows how the digest is set.
    """

    name = "digest_settings"
    title = "My digest setting"
    examples = (
        "send me my digest at {time}",
        "turn on my daily digest",
        "turn off the digest",
        "move my digest to {time}",
        "post the digest in {channel} at {time}",
        "subscribe this channel to the digest",
        "when do I get my digest?",
        "unsubscribe me",
    )
    change: Literal["on", "off", "time"] | None = Field(
        default=None, description="on, off, or time to move it; nothing shows the setting."
    )
    time: str | None = Field(default=None, description="The time of day, such as 8am or 08:30.")
    channel: str | None = Field(
        default=None, description="A channel, as here or <#C123|name>; the asker's DM otherwise."
    )
    needs_account: ClassVar[bool] = False

    @property
    def lacks(self) -> str | None:
        """Ask for the time when it is to be moved to none."""
        if self.change == "time" and not self.time:
            return "At what time should the digest come? Say for example “digest at 8:30”."
        return None

    @property
    def alters(self) -> bool:
        """To look at the setting changes nothing."""
        return self.change is not None

    @property
    def in_words(self) -> str:
        """The command that does the same."""
        if self.change == "time":
            return f"digest at {self.time or '8:30'}"
        return f"digest {self.change}"

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Make the change, if one was asked for, and say how the digest is set."""
        if self.lacks:
            return Answer(note(self.lacks), asks=self.lacks)
        place, kind = self._place(asker)
        current = await self._current(place, kind, asker, services)
        if self.change is None:
            return Answer(note(_says(current, kind, services.digest_time)))
        asker.check_may_change()
        if self.change == "off":
            return Answer(note(await _stop(current, kind, asker, services)))
        zone = (current.timezone if current else None) or asker.csm.timezone or "UTC"
        subscription = await services.digests.subscribe(
            channel=place,
            kind=kind,
            csm_id=asker.csm.id,
            scope=scope_of(asker.csm),
            timezone=zone,
            local_time=self._local_time(current, services.digest_time),
            now=asker.now,
        )
        return Answer(note(_says(subscription, kind, services.digest_time)))

    def _place(self, asker: Asker) -> tuple[str, Kind]:
        """Return where it goes; raises Invalid where there is no such place."""
        if self.channel and (linked := _LINKED.fullmatch(self.channel)):
            return linked[1], "channel"
        if self.channel == "here" and asker.channel and asker.channel[0] in "CG":
            return asker.channel, "channel"
        if self.channel and self.channel != "here":
            raise Invalid(
                f"I cannot tell which channel {self.channel} is. Invite me there and say "
                "“post the digest here at 8”, or pick the channel from Slack's list after the #."
            )
        in_dm = asker.channel is not None and asker.channel.startswith("D")
        if place := (asker.channel if in_dm else asker.slack_user_id):
            return place, "person"
        raise Invalid(
            "A digest is posted in Slack, and here is no Slack. Ask me there: “send me my digest "
            "at 8”. “steward digest --dry-run” prints today's here."
        )

    async def _current(
        self, place: str, kind: Kind, asker: Asker, services: Parts
    ) -> Subscription | None:
        if kind == "channel":
            return await services.digests.for_channel(place)
        return await services.digests.for_csm(asker.csm.id)

    def _local_time(self, current: Subscription | None, usual: str) -> str:
        if self.time is None:
            return current.local_time if current else usual
        if resolved := times.resolve(self.time):
            return resolved
        raise Invalid(f"I do not read “{self.time[:40]}” as a time. Say for example “digest at 8”.")


async def _stop(current: Subscription | None, kind: Kind, asker: Asker, services: Parts) -> str:
    again = (
        "Mention me there with “post the digest here at 8” to start it again."
        if kind == "channel"
        else "Say “digest on” to start it again, or “send me my digest at 8” for another time."
    )
    if current is None or not current.enabled:
        return f"The digest is off already. {again}"
    await services.digests.unsubscribe(current.id, now=asker.now, by=asker.csm.id)
    return f"The daily digest is off. {again}"


def _says(current: Subscription | None, kind: Kind, usual: str) -> str:
    if current is None or not current.enabled:
        where = "here every morning" if kind == "channel" else f"at {usual}"
        return f"There is no daily digest. Say “send the digest {where}” to start it."
    whose = "the team's" if current.scope == "team" else "your"
    at = f"Every day at {current.local_time} ({current.timezone}) I post {whose} top five"
    if kind == "channel":
        return (
            f"{at} in that channel. Mention me there with “post the digest here at 9” to move it "
            "or “digest off here” to stop it."
        )
    return f"{at} to you. Say “digest at 9” to move it or “digest off” to stop it."
