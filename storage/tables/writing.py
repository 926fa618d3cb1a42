"""How a CSM writes: texts of their own that drafts take their tone from."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field

from storage.tables.base import Base, moment


class WritingSample(Base, table=True):
    """A text that a CSM named as an example of how they write; nobody else's drafts use it."""

    __tablename__ = "writing_samples"
    id: str = Field(primary_key=True, max_length=36)
    csm_id: str = Field(foreign_key="csms.id", index=True, max_length=36, ondelete="CASCADE")
    text: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = moment()
