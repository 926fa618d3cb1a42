"""The doctor asks for the scopes that the manifest asks for."""

from pathlib import Path

import yaml

import bot
from bot.scopes import SCOPES

MANIFEST = Path(bot.__file__).parent.parent / "manifest.yml"


def test_the_doctor_knows_the_scopes_of_the_manifest() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))

    assert sorted(SCOPES) == sorted(manifest["oauth_config"]["scopes"]["bot"])
