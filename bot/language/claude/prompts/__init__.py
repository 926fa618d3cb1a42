"""The texts that Claude is given; each is one file and changes with a release only."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def prompt(name: str) -> str:
    """Return the prompt called `name`."""
    return (files(__package__) / f"{name}.md").read_text("utf-8").strip()
