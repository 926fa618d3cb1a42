"""Steward's answers and decisions over HTTP, for dashboards and other programs (seed 000)."""
