"""What a check is: how one thing stands, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """How one thing stands; `mend` says what to do and is empty when there is nothing to do.

    `warn` means that Steward works but knows or does less; `fail` that it does not work.
    """

    name: str
    state: State
    says: str
    mend: str = ""
