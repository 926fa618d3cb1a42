"""`steward serve`: serve a Slack workspace."""

import asyncio


def serve() -> None:
    """Serve Slack: HTTP on PORT with a signing secret, Socket Mode with only an app token.

    With a client id, a client secret and an encryption key, for every workspace that installs it.
    """
    asyncio.run(_serve())


async def _serve() -> None:
    from bot.cli.session import session
    from bot.serving import mode
    from bot.serving import serve as serve_slack
    from bot.settings import load
    from storage.sole import sole

    settings = load()
    mode(settings)
    with sole(settings.database_url):
        async with session(settings, upgrade=True, at_home=True) as services:
            await serve_slack(services)
