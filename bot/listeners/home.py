"""The app's own place: the Home tab, and prompts where a conversation begins."""

from dataclasses import replace

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.cards.blocks import View
from bot.cards.changes import summary
from bot.cards.home import (
    MOST_CHANGED,
    Around,
    Changed,
    ChannelDigest,
    DigestSetting,
    Unread,
    empty_view,
    first_view,
    home_view,
    stranger_view,
)
from bot.cards.page import ON_HOME, Page
from bot.cards.prompts import EMPTY, Day, Prompt, prompts_for
from bot.cards.selection import Selection
from bot.desk import Desk
from bot.digests.settings import setting_of, when
from bot.listeners.errors import guarded
from bot.listeners.payload import Body
from bot.listeners.prompts import suggest
from bot.listeners.question import viewed
from bot.listeners.who import identify, recognise
from bot.portfolio import find_page, owner_choices
from bot.refusals import code_of
from bot.sentences import sentence
from bot.tools.catalogue import is_known
from bot.tools.tool import Asker
from core.errors import PortfolioEmpty

MOST_READ = 4_000
"""Comparing two moments of so many accounts takes a second; more than that nobody waits for."""

PEOPLE = {"admin": "People", "manager": "My Team"}
"""What the button to people says, by role; a CSM has none."""


async def opened(event: Body, desk: Desk) -> None:
    """Publish the Home tab, or offer something to ask in the Messages tab."""
    if event.get("tab") == "home":
        first = not event.get("view")
        desk.work.start(_look_up_and_show(desk, event["user"], first=first))
    else:
        viewing = viewed(event.get("context") or {})
        desk.work.start(suggest(desk, event["user"], event["channel"], viewing=viewing))


async def show_home(desk: Desk, user: str, selection: Selection | None = None) -> None:
    """Publish the Home tab as it is now for one person; all of their portfolio by default."""
    async with (
        guarded(lambda text: _publish(desk, user, stranger_view(text, now=desk.now))),
        desk.turn(f"home:{user}"),
    ):
        try:
            await _draw(desk, user, selection or Selection())
        except SlackApiError as error:
            if code_of(error) != "hash_conflict":
                raise
            await _draw(desk, user, selection or Selection())  # somebody else drew it meanwhile


async def _draw(desk: Desk, user: str, selection: Selection) -> None:
    asker = await identify(desk, user, request_key=f"home:{user}")
    await _publish(desk, user, await _view(desk, asker, selection))


async def _look_up_and_show(desk: Desk, user: str, *, first: bool) -> None:
    """Ask Slack again who this is: here a changed time zone, or a new guest, is noticed.

    Whoever opens the tab for the first time sees at once that something is coming.
    """
    async with guarded(lambda text: _publish(desk, user, stranger_view(text, now=desk.now))):
        await recognise(desk, user)
        if first:
            await _publish(desk, user, first_view())
        await show_home(desk, user)


async def _view(desk: Desk, asker: Asker, selection: Selection) -> View:
    try:
        page = await find_page(desk.services, asker, selection, size=ON_HOME)
    except PortfolioEmpty as error:
        choices = await owner_choices(desk.services, asker)
        around = await _around(desk, asker, EMPTY)
        return empty_view(sentence(error), selection, choices, around=around, now=asker.now)
    best = next((one.account.name for one in page.top.recommendations), "")
    day = Day(first=best, tells_changes=is_known("what_changed"))
    around = await _around(desk, asker, prompts_for(day))
    changed = await _changed(desk, asker, page)
    around = replace(around, changed=changed)
    return home_view(page, around=around, today=asker.today, now=asker.now)


async def _around(desk: Desk, asker: Asker, prompts: tuple[Prompt, ...]) -> Around:
    digests = desk.services.digests
    own = [
        ChannelDigest(one.id, one.channel, when(one))
        for one in await digests.enabled()
        if one.kind == "channel" and one.csm_id == asker.csm.id
    ]
    setting = await setting_of(digests, await digests.for_csm(asker.csm.id), asker)
    last = next(iter(setting.log), "")
    digest = DigestSetting(setting.says, setting.away if setting.is_on else "", last)
    return Around(
        digest=digest,
        channels=tuple(own),
        prompts=prompts,
        people=PEOPLE.get(asker.csm.role, ""),
    )


async def _changed(desk: Desk, asker: Asker, page: Page) -> Changed | Unread:
    """Return what changed over the accounts that the page is about, since the last working day."""
    if page.top.accounts > MOST_READ:
        return Unread(page.top.accounts)
    found = await desk.services.changes.over(
        asker, page.top.owners, page.top.owner_name, limit=MOST_CHANGED
    )
    lines = [(one.account.name, summary(one, asker.today)) for one in found.shown]
    return Changed(found.period.says, tuple(lines), more=found.moved - len(lines))


async def _publish(desk: Desk, user: str, view: View) -> None:
    await desk.client.views_publish(user_id=user, view=view)


def register(app: AsyncApp) -> None:
    """Listen to the tabs being opened."""
    app.event("app_home_opened")(opened)
