"""Drafts to send, to propose or to read out: as a message, and as a modal to choose from."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from bot.answers import Block, Card
from bot.cards.blocks import (
    Element,
    View,
    actions,
    button,
    context,
    fitting,
    header,
    modal,
    option,
    section,
)
from bot.cards.text import clip, mrkdwn, visible
from bot.cards.writing import open_writing
from bot.drafting import Prepared
from bot.links import Link
from core.recommendations import Recommendation
from core.wording import count

TITLE = "Draft Message"
MOST = 20
"""Resources that one menu offers."""

_WHAT = {
    "email": "E-mail",
    "agenda": "Agenda",
    "call": "Call script",
    "outline": "Outline",
    "link": "Page",
}


def drafts_view(
    shown: Recommendation, prepared: Sequence[Prepared], chosen: str, zone: ZoneInfo
) -> View:
    """Return the modal of a recommendation's resources with one of them open.

    It holds which one that is, so that it can be drawn again.
    """
    offered = prepared[:MOST]
    one = next((one for one in offered if one.draft.name == chosen), offered[0])
    blocks = [section(f"*{mrkdwn(shown.headline, 600)}*", "draft.what")]
    if len(offered) > 1:
        blocks.append(actions([_menu(offered, one, shown.id)], "draft.which"))
    about = f"{one.draft.name}:{shown.id}"
    return modal(TITLE, [*blocks, *_blocks(one, zone, 2_900)], about=about, close="Close")


def agenda_view(one: Prepared, account: str, zone: ZoneInfo) -> View:
    """Return the modal of one agenda for a meeting with an account."""
    title = section(f"*{mrkdwn(f'{one.draft.title}, for {account}', 600)}*", "draft.what")
    return modal(TITLE, [title, *_blocks(one, zone, 2_900)], close="Close")


def draft_card(
    one: Prepared, account: str, zone: ZoneInfo, *, about: Recommendation | None, more: int
) -> Card:
    """Return one draft as a message.

    `about` is the recommendation that it helps with, and `more` how many other resources has.
    """
    return fitting(partial(_card, one, account, zone, about, more))


def _card(
    one: Prepared,
    account: str,
    zone: ZoneInfo,
    about: Recommendation | None,
    more: int,
    share: float,
) -> Card:
    title = f"{one.draft.title}, for {account}"
    blocks = [header(title, "draft.title"), *_blocks(one, zone, int(2_900 * share))]
    lines = [clip(title, 300), *_facts(one, zone), clip(one.draft.text, int(2_600 * share))]
    if about is not None:
        said = f"It helps with “{about.headline}”."
        blocks.append(context(mrkdwn(said, 300), "draft.about"))
        lines.append(clip(said, 300))
    if about is not None and more:
        pressed = button("More Templates", "recommendation.draft", about.id, about=account)
        blocks.append(actions([pressed], f"{about.id}.v{about.version}.more"))
    return Card("\n".join(line for line in lines if line), tuple(blocks))


def _blocks(one: Prepared, zone: ZoneInfo, room: int) -> list[Block]:
    made = one.draft
    blocks = [context(mrkdwn("\n".join(_facts(one, zone)), 900), "draft.facts")]
    if made.text:
        blocks.append(_literally(made.text, room))
    pressed = [_opens(link, made.title) for link in one.links if _is_web(link)]
    own = [open_writing()] if made.kind == "email" else []
    blocks.append(actions([*pressed, *own], "draft.open"))
    blocks += [section(_named(link), "draft.mail") for link in one.links if not _is_web(link)]
    hints = _hints(one, len(made.text) > room)
    return [*blocks, context(hints, "draft.hints")] if hints else blocks


def _facts(one: Prepared, zone: ZoneInfo) -> list[str]:
    """Return what surrounds the text: to whom, about what, when."""
    made = one.draft
    lines = []
    if made.kind in ("email", "agenda") and one.recipient:
        known = one.address or "no e-mail address known"
        lines.append(clip(f"To: {one.recipient} ({known})", 400))
    if made.kind != "link":
        lines.append(clip(f"Subject: {made.subject}", 300))
    if one.start is not None:
        at = one.start.astimezone(zone)
        lines.append(f"Suggested: {at:%a} {at.day} {at:%b, %H:%M}, {made.minutes} minutes")
    return lines or [_WHAT[made.kind]]


def _hints(one: Prepared, clipped: bool) -> str:
    short = [link.title for link in one.links if link.shortened]
    said = []
    if one.samples:
        said.append(f"In your tone, from {count(one.samples, 'example')} of how you write.")
    if "(" in one.draft.text:
        said.append("Replace what stands in parentheses before you send it.")
    if short:
        said.append(f"Too long for “{'”, “'.join(short)}”: add the end from here.")
    if clipped:
        said.append("The end is left out here; the links hold more.")
    return " ".join(said)


def _menu(offered: Sequence[Prepared], one: Prepared, id: str) -> Element:
    options = {
        prepared.draft.name: option(prepared.draft.title, f"{prepared.draft.name}:{id}")
        for prepared in offered
    }
    return {
        "type": "static_select",
        "action_id": "draft.choose",
        "options": list(options.values()),
        "initial_option": options[one.draft.name],
    }


def _literally(text: str, room: int) -> Block:
    """Return text as it is, line for line; Slack reads no markup in it."""
    words = {"type": "plain_text", "text": clip(visible(text), room), "emoji": False}
    return {"type": "section", "block_id": "draft.text", "text": words}


def _opens(link: Link, title: str) -> Element:
    return button(link.title, f"link.{link.verb}", link.verb, about=title) | {"url": link.url}


def _is_web(link: Link) -> bool:
    return link.url.startswith("https://")


def _named(link: Link) -> str:
    """Return a link in a text: a button of Slack's opens pages only, no mail program."""
    return f"<{link.url.replace('&', '&amp;')}|{link.title}> (your mail program)"
