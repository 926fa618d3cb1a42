"""The tools that exist, found in this package's files by themselves."""

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

import bot.tools
from bot.tools.tool import Tool


@lru_cache(maxsize=1)
def tools() -> tuple[type[Tool], ...]:
    """Return every tool, in the order of their files."""
    found: list[type[Tool]] = []
    for module in sorted(iter_modules(bot.tools.__path__), key=lambda module: module.name):
        loaded = import_module(f"{bot.tools.__name__}.{module.name}")
        found += [value for value in vars(loaded).values() if _is_tool(value)]
    return tuple(dict.fromkeys(found))


def tool(name: str) -> type[Tool]:
    """Return the tool called `name`; a KeyError for a name that no tool has."""
    return {tool.name: tool for tool in tools()}[name]


def is_known(name: str) -> bool:
    """Tell whether a tool is called `name`."""
    return any(tool.name == name for tool in tools())


def _is_tool(value: object) -> bool:
    """Tell a tool from a base of several, which bears no name."""
    return isinstance(value, type) and issubclass(value, Tool) and hasattr(value, "name")
