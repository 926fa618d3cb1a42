"""What each question cost that a language model helped to answer."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Base, moment


class ModelUsage(Base, table=True):
    """One question: its calls of the model, its tokens, its price in USD, how long it took.

    `user_id` is the hash that stands for the asker; `day` is the day in UTC; `trouble` is why the
    model's answer could not be used, when it could not.
    """

    __tablename__ = "model_usage"
    __table_args__ = (Index(None, "day", "user_id"),)
    id: str = Field(primary_key=True, max_length=36)
    at: datetime = moment(index=True)
    day: date
    user_id: str = Field(max_length=64)
    model: str = Field(max_length=100)
    calls: int
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    cost_usd: float
    milliseconds: int
    trouble: str | None = Field(default=None, max_length=40)
