"""The morning digest: whether it comes, when, and where."""

import re
from typing import ClassVar, Literal

from pydantic import Field

from bot.answers import Answer
from bot.cards.digest_setting import log_card, setting_card
from bot.cards.note import note
from bot.cards.text import day
from bot.countries import named
from bot.digests.away import absence_of
from bot.digests.scope import scope_of
from bot.digests.settings import Setting, check_may_set, setting_of
from bot.language import times, weekdays
from bot.tools.tool import Asker, Parts, Tool
from core.errors import Invalid
from core.wording import sentence_case
from storage.digests import AUTO, NONE, Kind, Subscription

OWN = "digest"
"""What the form is about unless it is a channel's digest."""

Change = Literal["on", "off", "time", "days", "holidays", "pause", "resume"]

_LINKED = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")


class DigestSettings(Tool):
    """Use when somebody asks about the daily digest, wants it on, off, at another time or on other
    days, asks what became of the last ones, or says that they are away or back.

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
    change: Change | None = Field(
        default=None,
        description=(
            "on, off, time to move it, days for other weekdays, holidays for whose days off count, "
            "pause while they are away, resume when they are back; nothing shows the setting."
        ),
    )
    time: str | None = Field(default=None, description="The time of day, such as 8am or 08:30.")
    channel: str | None = Field(
        default=None, description="A channel, as here or <#C123|name>; the asker's DM otherwise."
    )
    until: str | None = Field(
        default=None, description="With pause: the day they are back, or through their last day."
    )
    starts: str | None = Field(
        default=None, description="With pause: the first day or week away, today if not named."
    )
    days: str | None = Field(
        default=None, description="With days: weekdays, every day, or days such as mon, wed."
    )
    holidays: str | None = Field(
        default=None, description="With holidays: a country, auto, or none to get it on them too."
    )
    log: bool = Field(default=False, description="Whether to show what became of the last ones.")
    needs_account: ClassVar[bool] = False

    @property
    def lacks(self) -> str | None:
        """Ask for what a change needs and does not name."""
        needed = {
            "time": (self.time, "At what time should the digest come? Say “digest at 8:30”."),
            "days": (self.days, "On which days? Say “digest only on Mondays and Thursdays”."),
            "holidays": (self.holidays, "Whose holidays? Say “digest holidays Germany”."),
            "pause": (
                self.until or self.starts,
                "Until when are you away? Say “I'm off until the 4th”.",
            ),
        }
        value, ask = needed.get(self.change or "", ("named", ""))
        return None if value else ask

    @property
    def alters(self) -> bool:
        """To look at the setting changes nothing."""
        return self.change is not None

    @property
    def in_words(self) -> str:
        """The command that does the same."""
        match self.change:
            case "time":
                return f"digest at {self.time or '8:30'}"
            case "days":
                at = f" at {self.time}" if self.time else ""
                return f"digest only on {self.days}{at}"
            case "holidays":
                return f"digest holidays {self.holidays}"
            case "resume":
                return "I'm back"
            case "pause":
                return f"I'm off until {self.until}" if self.until else f"I'm off {self.starts}"
        return f"digest {self.change}"

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Make the change, if one was asked for, and say how the digest is set."""
        if self.lacks:
            return Answer(note(self.lacks), asks=self.lacks)
        if self.change in ("pause", "resume"):
            asker.check_may_change()
            return await self._rest(asker, services)
        place, kind = self._place(asker)
        current = await self._current(place, kind, asker, services)
        if self.change is None:
            return await self._shown(current, kind, asker, services)
        asker.check_may_change()
        await check_may_set(current, asker, services.people)
        if self.change == "off":
            return Answer(note(await _stop(current, kind, asker, services)))
        if self.change == "on" and kind == "person":
            await services.digests.come_back(asker.csm.id, today=asker.today, now=asker.now)
        zone = (current.timezone if current else None) or asker.csm.timezone or "UTC"
        await services.digests.subscribe(
            channel=place,
            kind=kind,
            csm_id=asker.csm.id,
            scope=scope_of(asker.csm),
            timezone=zone,
            local_time=self._local_time(current, services.digest_time),
            weekdays=self._weekdays(),
            holidays=self._holidays(),
            now=asker.now,
        )
        kept = await self._current(place, kind, asker, services)
        return await self._shown(kept, kind, asker, services)

    async def _shown(
        self, kept: Subscription | None, kind: Kind, asker: Asker, services: Parts
    ) -> Answer:
        setting = await setting_of(services.digests, kept, asker)
        if self.log:
            return Answer(log_card(list(setting.log)))
        says = f"{self._unread}{_says(setting, kind, services.digest_time)}"
        if asker.slack_user_id is None:
            return Answer(note(says))
        about = kept.id if kept and kind == "channel" else OWN
        return Answer(setting_card(says, about=about))

    @property
    def _unread(self) -> str:
        """Say that nothing was changed where what was said names what a change needs."""
        named = self.change is None and (self.time or self.days or self.until)
        return "I changed nothing, as I was not sure what you want. " if named else ""

    async def _rest(self, asker: Asker, services: Parts) -> Answer:
        """Pause everything that comes unasked, or go on with it."""
        digests, id = services.digests, asker.csm.id
        if self.change == "resume":
            was_away = await digests.come_back(id, today=asker.today, now=asker.now)
            kept = await digests.for_csm(id)
            setting = await setting_of(digests, kept, asker)
            lead = "Welcome back. " if was_away else "You were not away. "
            return Answer(note(lead + _says(setting, "person", services.digest_time)))
        away = absence_of(self.starts, self.until, asker)
        await digests.go_away(id, away, now=asker.now)
        from_when = f"from {day(away.starts, asker.today)} " if away.starts > asker.today else ""
        return Answer(
            note(
                f"I send you no digest and ask you nothing {from_when}until "
                f"{day(away.back, asker.today)}, when you are back. Say “I'm back” to end it "
                "before. Channels get their digests all the same."
            )
        )

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

    def _weekdays(self) -> frozenset[int] | None:
        if self.days is None:
            return None
        if found := weekdays.resolve(self.days):
            return found
        said = f"I do not read “{self.days[:40]}” as weekdays. Say “digest only on Mondays”."
        raise Invalid(said, field="days")

    def _holidays(self) -> str | None:
        if self.holidays is None or self.holidays in (AUTO, NONE):
            return self.holidays
        if code := named(self.holidays):
            return code
        said = f"I know no country “{self.holidays[:40]}”. Say “digest holidays Germany”."
        raise Invalid(said, field="holidays")

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


def _says(setting: Setting, kind: Kind, usual: str) -> str:
    kept = setting.kept
    if kept is None or not kept.enabled:
        if kind == "channel":
            return "That channel gets no daily digest. Say “post the digest here at 8” to start it."
        return f"You get no daily digest. Say “send me my digest at {usual}” to start it."
    whose = "the team's" if kept.scope == "team" else "your"
    says = f"{sentence_case(setting.says)}, I post {whose} top five"
    if kind == "channel":
        return (
            f"{says} in that channel. Mention me there with “post the digest here at 9” to move it "
            "or “digest off here” to stop it."
        )
    rests = f" {setting.away}" if setting.away else ""
    return f"{says} to you.{rests} Say “digest at 9” to move it or “digest off” to stop it."
