"""Who may ask from outside Slack: access tokens, of which only the hash is kept."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Base, moment


class ApiToken(Base, table=True):
    """An access token of a person; `prefix` is its beginning, to recognise it by in a list."""

    __tablename__ = "api_tokens"
    id: str = Field(primary_key=True, max_length=36)
    name: str = Field(max_length=100)
    csm_id: str = Field(foreign_key="csms.id", index=True)
    hash: str = Field(max_length=64, unique=True)
    prefix: str = Field(max_length=12)
    created_at: datetime = moment()
    created_by: str = Field(max_length=320)
    expires_at: datetime | None = moment(nullable=True)
    last_used_at: datetime | None = moment(nullable=True)
    revoked_at: datetime | None = moment(nullable=True)
