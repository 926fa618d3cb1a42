"""All settings, read once from the environment; nothing else in Steward looks there."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import Misconfigured


class Settings(BaseSettings):
    """What can be set. Names are the environment variables; secrets never appear in logs."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False, frozen=True)

    database_url: str = Field(
        default="sqlite:///steward.db",
        description="Where everything is kept: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DB",
    )
    slack_bot_token: SecretStr | None = Field(
        default=None, description="The bot token (xoxb-…) of the installed Slack app"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="An app-level token (xapp-…) with connections:write: Socket Mode"
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="The signing secret of the Slack app: HTTP mode"
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Another address of the Slack Web API: GovSlack, or a stand-in",
    )
    host: str = Field(
        default="0.0.0.0",
        validation_alias="STEWARD_HOST",
        description="The address that `steward serve` listens on",
    )
    port: int = Field(
        default=3000, ge=0, le=65535, description="The port of `steward serve` and the playground"
    )
    log_level: str = Field(
        default="INFO",
        validation_alias="STEWARD_LOG_LEVEL",
        description="DEBUG, INFO, WARNING or ERROR",
    )
    digest_time: str = Field(
        default="08:30",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        validation_alias="STEWARD_DIGEST_TIME",
        description="The local time of a digest when nobody names one, HH:MM",
    )
    catalogue: Path | None = Field(
        default=None,
        validation_alias="STEWARD_CATALOGUE",
        description="A YAML file with your team's own plays, limits, texts and links",
    )
    playground_state: Path = Field(
        default=Path("steward-playground.json"),
        validation_alias="STEWARD_PLAYGROUND_STATE",
        description="Where the playground keeps its conversation between runs",
    )


def load() -> Settings:
    """Read the settings; raise Misconfigured naming each variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()
        )
        raise Misconfigured(f"Settings cannot be used: {problems}") from error
