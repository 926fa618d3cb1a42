"""All settings, read once from the environment; nothing else in Steward looks there.

Secrets may stand in files that the environment names.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.secret_files import SecretFiles, check_no_sample
from core.errors import Misconfigured

Effort = Literal["low", "medium", "high", "xhigh", "max"]
"""How hard a model thinks, in the words of its maker."""


class Settings(BaseSettings):
    """What can be set. Names are the environment variables; secrets never appear in logs."""

    model_config = SettingsConfigDict(
        extra="ignore",
        case_sensitive=False,
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
    )

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
    slack_client_id: str | None = Field(
        default=None, description="The client id of the Slack app: many workspaces"
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="The client secret of the Slack app: many workspaces"
    )
    encryption_key: SecretStr | None = Field(
        default=None,
        validation_alias="STEWARD_ENCRYPTION_KEY",
        description="What workspaces' tokens are sealed with; former keys behind it, with commas",
    )
    workspace: str = Field(
        default="",
        validation_alias="STEWARD_WORKSPACE",
        description="The installed workspace that a command is about; without it the home database",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Another address of the Slack Web API: GovSlack, or a stand-in",
    )
    anthropic_api_key: SecretStr | None = Field(
        default=None,
        description="A key of the Anthropic API: Claude reads questions and says what matters",
    )
    anthropic_base_url: str = Field(
        default="https://api.anthropic.com",
        description="Another address of the Anthropic API: a gateway, or a stand-in",
    )
    llm_enabled: bool = Field(
        default=True,
        validation_alias="STEWARD_LLM_ENABLED",
        description="Whether Claude is used when there is a key",
    )
    llm_model_chat: str = Field(
        default="claude-haiku-5-5",
        validation_alias="STEWARD_LLM_MODEL_CHAT",
        description="The model that reads questions and says what matters",
    )
    llm_model_analysis: str = Field(
        default="claude-sonnet-5-5",
        validation_alias="STEWARD_LLM_MODEL_ANALYSIS",
        description="The model for analyses of accounts",
    )
    llm_model_plan: str = Field(
        default="claude-opus-5-5",
        validation_alias="STEWARD_LLM_MODEL_PLAN",
        description="The model that writes account plans",
    )
    llm_effort_chat: Effort = Field(
        default="low",
        validation_alias="STEWARD_LLM_EFFORT_CHAT",
        description="How hard the chat model thinks: low, medium, high, xhigh or max",
    )
    llm_effort_analysis: Effort = Field(
        default="medium",
        validation_alias="STEWARD_LLM_EFFORT_ANALYSIS",
        description="How hard the analysis model thinks",
    )
    llm_effort_plan: Effort = Field(
        default="medium",
        validation_alias="STEWARD_LLM_EFFORT_PLAN",
        description="How hard the plan model thinks",
    )
    llm_turns: int = Field(
        default=4,
        ge=2,
        le=10,
        validation_alias="STEWARD_LLM_TURNS",
        description="How often the model is asked for one question; the last time for its answer",
    )
    llm_calls: int = Field(
        default=6,
        ge=1,
        le=20,
        validation_alias="STEWARD_LLM_CALLS",
        description="How many tools the model may call for one question",
    )
    llm_seconds: float = Field(
        default=25.0,
        gt=0,
        le=120,
        validation_alias="STEWARD_LLM_SECONDS",
        description="How long the model may take for one question",
    )
    llm_tool_seconds: float = Field(
        default=8.0,
        gt=0,
        le=60,
        validation_alias="STEWARD_LLM_TOOL_SECONDS",
        description="How long one tool may take that the model called",
    )
    llm_question_usd: float = Field(
        default=0.05,
        gt=0,
        validation_alias="STEWARD_LLM_QUESTION_USD",
        description="What one question may cost, in US dollars",
    )
    llm_user_day_usd: float = Field(
        default=1.0,
        ge=0,
        validation_alias="STEWARD_LLM_USER_DAY_USD",
        description="What one person's questions may cost a day, in US dollars",
    )
    llm_day_usd: float = Field(
        default=20.0,
        ge=0,
        validation_alias="STEWARD_LLM_DAY_USD",
        description="What everybody's questions may cost a day, in US dollars",
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
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        validation_alias="STEWARD_METRICS_TOKEN",
        description="Who sends it may read /metrics; without it only this machine itself may",
    )
    lease_seconds: float = Field(
        default=60.0,
        ge=3,
        le=600,
        validation_alias="STEWARD_LEASE_SECONDS",
        description="How long work stays with a process that fell silent before another takes it",
    )
    questions_a_minute: int = Field(
        default=20,
        ge=1,
        validation_alias="STEWARD_QUESTIONS_A_MINUTE",
        description="How many questions of one person are taken up in a minute",
    )
    clicks_a_minute: int = Field(
        default=60,
        ge=1,
        validation_alias="STEWARD_CLICKS_A_MINUTE",
        description="How many presses and forms of one person are taken up in a minute",
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take secrets from files too, after what is given and what the environment says."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)


def load() -> Settings:
    """Read the settings; raise Misconfigured naming each variable that cannot be used."""
    try:
        settings = Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()
        )
        raise Misconfigured(f"Settings cannot be used: {problems}") from error
    check_no_sample(settings)
    return settings


def secret_of(setting: SecretStr | None) -> str | None:
    """Return what a secret setting holds."""
    return setting.get_secret_value() if setting is not None else None
