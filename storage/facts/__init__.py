"""Reads the facts frame as of a moment: for one account, for some CSMs' accounts, or for all."""

from storage.facts.frame import read
from storage.facts.window import Window

__all__ = ["Window", "read"]
