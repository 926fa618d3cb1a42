"""One test for all members of a catalogue, where an item for each costs more than the check."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar


class Named(Protocol):
    """A member that a failure can name."""

    @property
    def name(self) -> str: ...


Member = TypeVar("Member", bound=Named)

SHOWN = 3
"""Of how many failing members the whole failure is shown; all are named."""


def every(members: Sequence[Member]) -> Callable[[Callable[[Member], None]], Callable[[], None]]:
    """Turn a test of one member into a test of all; it tries each, and names each that fails."""

    def of_all(test: Callable[[Member], None]) -> Callable[[], None]:
        def tried() -> None:
            failed: list[AssertionError] = []
            names: list[str] = []
            for member in members:
                try:
                    test(member)
                except AssertionError as error:
                    error.add_note(f"This is {member.name!r}.")
                    failed.append(error)
                    names.append(member.name)
            if failed:
                said = f"{len(failed)} of {len(members)} fail: {', '.join(names)}"
                raise ExceptionGroup(said, failed[:SHOWN])

        return tried

    return of_all
