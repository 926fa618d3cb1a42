"""The kinds of rule that Slack lays on the JSON it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A text object: `plain_text` or `mrkdwn`, between `least` and `most` characters."""

    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")
    least: int = 1


@dataclass(frozen=True, slots=True)
class String:
    """A bare string between `least` and `most` characters."""

    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed set of strings."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two bounds."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Anything:
    """A value whose inside Slack does not limit in a way that matters here."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these fields and no others; `type` names it when it has one."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` things of one rule."""

    item: Rule
    most: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Typed:
    """An object that says by `type` which of the named shapes it has."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """The first rule for objects of the given types, the second for all others."""

    types: tuple[str, ...]
    then: Rule
    other: Rule


Rule = Text | String | Choice | Flag | Number | Anything | Shape | Many | Typed | Either
