"""What an admin had Steward forget; append-only but for taking it back."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Base, moment


class LearningReset(Base, table=True):
    """Outcomes before `since` that do not count until `undone_at`; null scopes mean all."""

    __tablename__ = "learning_resets"
    id: str = Field(primary_key=True, max_length=36)
    play: str | None = Field(default=None, max_length=60)
    segment: str | None = Field(default=None, max_length=60)
    owner: str | None = Field(default=None, foreign_key="csms.id", max_length=36)
    since: datetime = moment()
    by: str = Field(max_length=320)
    at: datetime = moment()
    undone_at: datetime | None = moment(nullable=True)
    undone_by: str | None = Field(default=None, max_length=320)
