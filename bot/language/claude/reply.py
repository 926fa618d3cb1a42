"""What the API answers, checked as it comes in; its blocks are kept as they are."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.language.claude.told import Tokens

Json = dict[str, Any]


class _Arrived(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ToolUse(_Arrived):
    """A call that the model wants; `input` is whatever it wrote, checked by the tool later."""

    id: str = Field(min_length=1)
    name: str
    input: object = None


class Model(_Arrived):
    """What the API says of a model; a gateway may say less: `lifecycle` is then None."""

    id: str
    lifecycle: str | None = None
    retires_at: datetime | None = None


class _Usage(_Arrived):
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class Reply(_Arrived):
    """One answer of the model.

    `content` must go back to the model unchanged while the question lasts: blocks of thinking are
    signed. `stop_reason` is None when the answer ended before its end.
    """

    content: list[Json]
    stop_reason: str | None = None
    usage: _Usage = _Usage()

    @field_validator("content")
    @classmethod
    def _calls_can_be_answered(cls, content: list[Json]) -> list[Json]:
        for one in content:
            if one.get("type") == "tool_use":
                ToolUse.model_validate(one)
        return content

    @property
    def text(self) -> str:
        """What it says, without thinking and calls."""
        pieces = [str(one.get("text", "")) for one in self.content if one.get("type") == "text"]
        return "\n".join(pieces).strip()

    @property
    def tool_uses(self) -> tuple[ToolUse, ...]:
        """The calls it wants, in its order."""
        uses = (one for one in self.content if one.get("type") == "tool_use")
        return tuple(ToolUse.model_validate(one) for one in uses)

    @property
    def tokens(self) -> Tokens:
        """What the request took."""
        used = self.usage
        return Tokens(
            input=used.input_tokens,
            output=used.output_tokens,
            cache_read=used.cache_read_input_tokens or 0,
            cache_write=used.cache_creation_input_tokens or 0,
        )
