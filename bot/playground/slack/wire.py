"""JSON as it travels between Slack and an app."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""One JSON object; what Slack sends and takes has no fixed Python type."""
