"""Whether Claude's sentences say only what the cards say: every figure, day and name."""

from bot.language.claude.grounding.grounds import Grounds

__all__ = ["Grounds"]
