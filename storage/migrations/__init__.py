"""The schema's history, run by Alembic: `steward migrate`."""
