"""`steward serve`: serve a Slack workspace."""

import asyncio


def serve() -> None:
    """Serve Slack: HTTP on PORT with a signing secret, Socket Mode with only an app token."""
    asyncio.run(_serve())


async def _serve() -> None:
    from bot.cli.session import session
    from bot.serving import mode
    from bot.serving import serve as serve_slack
    from bot.settings import load

    settings = load()
    mode(settings)
    async with session(settings, upgrade=True) as services:
        await serve_slack(services)
