"""Find the members of a catalogue: every value of a kind in the modules of a package."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def members(package: ModuleType, kind: type[T]) -> tuple[T, ...]:
    """Return the module-level values of type `kind` in all modules of `package`, in file order."""
    found: list[T] = []
    for module in sorted(iter_modules(package.__path__), key=lambda module: module.name):
        loaded = import_module(f"{package.__name__}.{module.name}")
        found += [value for value in vars(loaded).values() if isinstance(value, kind)]
    return tuple({id(value): value for value in found}.values())
