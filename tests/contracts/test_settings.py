"""Every setting is described, and the README names it."""

from pathlib import Path

import pytest

import bot
from bot.settings import Settings

README = Path(bot.__file__).parent.parent / "README.md"

NAMES = {
    str(field.validation_alias or name).upper(): field
    for name, field in Settings.model_fields.items()
}


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_says_what_it_is_for(name: str) -> None:
    assert NAMES[name].description


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_in_the_readme(name: str) -> None:
    readme = README.read_text("utf-8")
    if "DATABASE_URL" not in readme:
        pytest.skip("the README has no settings yet")

    assert f"`{name}`" in readme


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings(slack_bot_token="xoxb-secret", slack_signing_secret="hush")

    assert "xoxb-secret" not in repr(settings)
    assert "hush" not in repr(settings)
