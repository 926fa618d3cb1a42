"""Text as every database takes it: PostgreSQL keeps no NUL, and nothing keeps half a character."""

from typing import Any


def storable(value: Any) -> Any:
    """Return what came as JSON without the characters that cannot be kept."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {_text(name): storable(each) for name, each in value.items()}
    return [storable(each) for each in value] if isinstance(value, list) else value


def _text(value: str) -> str:
    whole = value if value.isascii() else value.encode(errors="replace").decode()
    return whole.replace("\0", "")
