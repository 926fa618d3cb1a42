"""What the doctor says of a deployment for many workspaces."""

from typing import Any

from pydantic import SecretStr

from bot.doctor.workspace import examine_slack
from bot.playground.slack.town import Town
from bot.settings import Settings
from storage.database import Database
from storage.schema import migrate
from storage.vault import Vault, new_key
from storage.workspaces import Grant, Workspaces
from tests.storage.test_workspaces import ACME

KEY = new_key()


async def _said(database: Database, key: str = KEY) -> dict[str, tuple[str, str]]:
    async with Town().serving() as town:
        given: dict[str, Any] = {"STEWARD_ENCRYPTION_KEY": SecretStr(key)}
        settings = Settings(
            database_url=database.url.render_as_string(hide_password=False),
            slack_api_url=town.api_url,
            slack_client_id="1.1",
            slack_client_secret=SecretStr("s"),
            slack_signing_secret=SecretStr("s"),
            **given,
        )
        return {one.name: (one.state, one.says) for one in await examine_slack(settings)}


async def test_it_counts_the_workspaces_and_tells_older_tables(sqlite: Database) -> None:
    nobody = await _said(sqlite)
    await Workspaces(sqlite, Vault([KEY])).admit(ACME, Grant("xoxb-hidden"))
    without = await _said(sqlite)
    await migrate(sqlite.for_workspace(ACME.id))
    whole = await _said(sqlite)

    assert nobody["Workspaces"] == ("warn", "0 workspaces installed")
    assert without["Workspaces"] == ("fail", "older tables: Acme (T0ACME)")
    assert whole["Workspaces"] == ("ok", "1 workspace installed")
    assert whole["Slack"][0] == "ok"


async def test_it_tells_when_the_key_does_not_open_the_tokens(sqlite: Database) -> None:
    await Workspaces(sqlite, Vault([KEY])).admit(ACME, Grant("xoxb-hidden"))

    assert (await _said(sqlite, new_key()))["Workspaces"][0] == "fail"
    assert "no key" not in str(await _said(sqlite, "no key"))
