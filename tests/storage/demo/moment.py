"""The moment at which the tests' demo portfolio is made: a Friday afternoon."""

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
