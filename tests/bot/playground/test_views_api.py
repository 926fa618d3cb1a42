from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from tests.bot.playground.clock import Clock
from tests.bot.playground.sample import defer_form, home, text


def code_of(refused: pytest.ExceptionInfo[SlackApiError]) -> Any:
    return refused.value.response["error"]


async def test_a_trigger_opens_one_view(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    trigger = slack.backend.triggers.issue(ana)
    await client.views_open(trigger_id=trigger, view=defer_form())

    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=defer_form())

    assert code_of(refused) == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(
    slack: LocalSlack, client: AsyncWebClient, ana: str, clock: Clock
) -> None:
    trigger = slack.backend.triggers.issue(ana)
    clock.forward(3.1)

    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=defer_form())

    assert code_of(refused) == "expired_trigger_id"


async def test_an_update_with_an_old_hash_conflicts(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    trigger = slack.backend.triggers.issue(ana)
    opened = (await client.views_open(trigger_id=trigger, view=defer_form()))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=defer_form())

    with pytest.raises(SlackApiError) as refused:
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=defer_form())

    assert code_of(refused) == "hash_conflict"


async def test_a_closed_view_cannot_be_updated(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    trigger = slack.backend.triggers.issue(ana)
    opened = (await client.views_open(trigger_id=trigger, view=defer_form()))["view"]
    await slack.close(ana, opened)

    with pytest.raises(SlackApiError) as refused:
        await client.views_update(view_id=opened["id"], view=defer_form())

    assert code_of(refused) == "not_found"


async def test_a_fourth_view_does_not_fit_on_the_stack(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    trigger = slack.backend.triggers.issue(ana)
    top = (await client.views_open(trigger_id=trigger, view=defer_form()))["view"]
    for _ in range(2):
        trigger = slack.backend.triggers.issue(ana, top["id"])
        top = (await client.views_push(trigger_id=trigger, view=defer_form()))["view"]

    trigger = slack.backend.triggers.issue(ana, top["id"])

    with pytest.raises(SlackApiError) as refused:
        await client.views_push(trigger_id=trigger, view=defer_form())

    assert code_of(refused) == "push_limit_reached"


async def test_a_view_of_more_than_250_kilobytes_is_refused(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    wide = [{"type": "section", "text": text("x" * 2900)}] * 99

    with pytest.raises(SlackApiError) as refused:
        await client.views_publish(user_id=ana, view={"type": "home", "blocks": wide})

    assert code_of(refused) == "view_too_large"


async def test_a_faulty_view_is_refused_and_leaves_the_trigger_unspent(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    trigger = slack.backend.triggers.issue(ana)

    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=defer_form() | {"title": text("x" * 25)})

    assert code_of(refused) == "invalid_arguments"
    await client.views_open(trigger_id=trigger, view=defer_form())


async def test_the_home_tab_is_published_for_one_person(
    slack: LocalSlack, client: AsyncWebClient, ana: str, ben: str
) -> None:
    await client.views_publish(user_id=ana, view=home())

    shown = slack.home(ana)
    assert shown is not None
    assert shown["blocks"][0]["text"]["text"] == "Your top actions"
    assert slack.home(ben) is None
