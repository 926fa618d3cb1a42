"""A decision that comes over HTTP changes the card in Slack like a click on it."""

import secrets

from bot.serving import http_app
from storage.tokens import Tokens, new_secret
from tests.bot.asgi import ask
from tests.scenarios.office import Office, actions, words

PATH = "/api/intelligence/next-best-action"


async def test_a_card_in_slack_shows_what_was_decided_over_http(office: Office) -> None:
    shown = await office.ask()
    offers = office.advisor.offers[:1]
    found = await office.services.recommendations.offer(offers, now=office.clock())
    secret = new_secret(secrets.token_urlsafe(32))
    tokens = Tokens(office.database)
    await tokens.create(secret, csm_id="ana", name="CRM", by="test", now=office.clock())
    headers = {"authorization": f"Bearer {secret}"}

    path = f"{PATH}/{found[0].id}/accept"
    answer = await ask(http_app(office.app, None), path, headers=headers)
    await office.app.settle()

    assert (answer.status, answer.json["status"]) == (200, "accepted")
    assert "Ana Souza accepted" in words(office.now_shown(shown))
    assert "recommendation.undo" in actions(office.now_shown(shown))


async def test_the_page_about_the_api_is_served_beside_slack(office: Office) -> None:
    web = http_app(office.app, "hush")

    for path in ("/docs", "/openapi.json", "/healthz"):
        assert (await ask(web, path, method="GET")).status == 200
    assert (await ask(web, PATH, method="GET")).status == 401
    assert (await ask(web, "/slack/events", body=b"{}")).status == 401
