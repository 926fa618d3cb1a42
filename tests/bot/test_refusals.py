"""What is read of a refusal, whoever answered in Slack's place."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.posting import is_passing
from bot.refusals import code_of, status_of


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """Where something stands that answers each call as its name says."""

    async def answer(request: web.Request) -> web.Response:
        status, kind, text = ANSWERS[request.match_info["name"]]
        return web.Response(status=status, content_type=kind, text=text)

    app = web.Application()
    app.router.add_post("/{name}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


ANSWERS = {
    "refused": (200, "application/json", '{"ok": false, "error": "is_archived"}'),
    "away": (503, "text/plain", "upstream connect error"),
    "page": (403, "text/html", "<html>Sign in to the network</html>"),
    "torn": (200, "application/json", '{"ok": tr'),
}


@pytest.mark.parametrize(
    ("name", "code", "status", "passing"),
    [
        ("refused", "is_archived", 200, False),
        ("away", "", 503, True),
        ("page", "", 403, True),
        ("torn", "", 200, True),
    ],
)
async def test_whatever_answers_in_slacks_place_is_read_without_another_error(
    address: str, name: str, code: str, status: int, passing: bool
) -> None:
    with pytest.raises(SlackApiError) as met:
        await AsyncWebClient(base_url=address, retry_handlers=[]).api_call(name)

    assert (code_of(met.value), status_of(met.value)) == (code, status)
    assert is_passing(met.value) is passing
