"""Which Slack workspaces installed Steward; only the home database has rows here."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Base, moment


class WorkspaceRow(Base, table=True):
    """A workspace and its bot token, encrypted; both tokens are erased when it is removed.

    Whoever renews the token holds the row until `renewing_until`: a refresh token works once.
    """

    __tablename__ = "workspaces"
    id: str = Field(primary_key=True, max_length=32)
    enterprise_id: str | None = Field(default=None, max_length=32)
    name: str = Field(max_length=200)
    app_id: str = Field(max_length=32)
    bot_id: str = Field(max_length=32)
    bot_user_id: str = Field(max_length=32)
    scopes: str = Field(max_length=2000)
    bot_token: str | None = Field(default=None, max_length=4000)
    refresh_token: str | None = Field(default=None, max_length=4000)
    expires_at: datetime | None = moment(nullable=True, index=True)
    renewing_until: datetime | None = moment(nullable=True)
    installed_at: datetime = moment()
    installed_by: str = Field(max_length=32)
    removed_at: datetime | None = moment(nullable=True, index=True)


class InstallState(Base, table=True):
    """Proof that an installation began here: good once and not for long; only its hash is kept."""

    __tablename__ = "install_states"
    hash: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = moment(index=True)
