"""Every setting is described, and the README names it."""

from pathlib import Path

import pytest

import bot
from bot.secret_files import secrets_in, variable
from bot.settings import Settings, load
from core.errors import Misconfigured

README = Path(bot.__file__).parent.parent / "README.md"

NAMES = {
    str(field.validation_alias or name).upper(): field
    for name, field in Settings.model_fields.items()
}
SECRETS = [variable(name, field) for name, field in secrets_in(Settings).items()]
URL = "postgresql://me:a-password-of-32-characters-xyz@db/steward"


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


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


def test_what_is_called_a_token_key_or_secret_is_one() -> None:
    called = {name for name in NAMES if name.endswith(("_TOKEN", "_KEY", "_KEYS", "_SECRET"))}

    assert called <= set(SECRETS)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("ending", ["", "\n", "\r\n"], ids=["bare", "line", "windows"])
def test_a_secret_is_read_from_a_file(
    name: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes((URL + ending).encode())
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))

    assert _held(name) == URL


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_given_twice_is_refused_by_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(URL)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv(name, URL)

    with pytest.raises(Misconfigured, match=f"^{name} and {name}_FILE are both set"):
        load()


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (None, "cannot be read"),
        (b"\n", "empty"),
        (b"\xff", "no text"),
        (b"x" * 70_000, "large"),
    ],
    ids=["missing", "empty", "binary", "huge"],
)
def test_a_file_that_cannot_be_used_is_named(
    held: bytes | None, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret"
    if held is not None:
        path.write_bytes(held)
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(path))

    with pytest.raises(Misconfigured, match=rf"SLACK_BOT_TOKEN_FILE names {path}.*{problem}"):
        load()


SAMPLES = ["xoxb-…", "xoxb-...", "xoxb-", "xoxb-your-token", "<the token>", "changeme-xxxxxxxxxxxx"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_no_secret(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", sample)

    with pytest.raises(Misconfigured, match="SLACK_BOT_TOKEN still has a sample value") as refused:
        load()

    assert sample not in str(refused.value)


def test_the_address_of_the_readme_is_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:password@host/steward")

    with pytest.raises(Misconfigured, match="DATABASE_URL still has a sample value"):
        load()


def test_a_setting_that_cannot_be_used_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STEWARD_METRICS_TOKEN", "too-short")

    with pytest.raises(Misconfigured, match="STEWARD_METRICS_TOKEN") as refused:
        load()

    assert "too-short" not in str(refused.value) + str(refused.value.__cause__)


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "")

    assert load().slack_signing_secret is None


def _held(name: str) -> str:
    settings = load()
    fields = secrets_in(Settings)
    value = next(getattr(settings, one) for one in fields if variable(one, fields[one]) == name)
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)
