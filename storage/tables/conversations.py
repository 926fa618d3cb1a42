"""What was said with Steward, so that the next sentence can be short; forgotten after 30 days."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field

from storage.tables.base import Base, moment


class ConversationTurn(Base, table=True):
    """One question and its answer: where, by whom, and what it was understood as and showed.

    A question outside any thread is `alone`, and its `thread` the one that its answer opens. An
    answer that went elsewhere (a mention is answered privately) is found there as well.
    """

    __tablename__ = "conversation_turns"
    __table_args__ = (
        Index(None, "csm_id", "channel", "thread"),
        Index(None, "csm_id", "answer_channel", "answer_thread"),
    )
    request_key: str = Field(primary_key=True, max_length=120)
    csm_id: str = Field(foreign_key="csms.id", max_length=36, ondelete="CASCADE")
    channel: str = Field(max_length=120)
    thread: str = Field(max_length=120)
    alone: bool
    answer_channel: str | None = Field(default=None, max_length=120)
    answer_thread: str | None = Field(default=None, max_length=120)
    at: datetime = moment(index=True)
    asked: str = Field(sa_column=Column(Text, nullable=False))
    said: str = Field(sa_column=Column(Text, nullable=False))
    asks: str = Field(sa_column=Column(Text, nullable=False))
    calls: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    options: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    shown: list[dict[str, str]] = Field(sa_column=Column(JSON, nullable=False))
