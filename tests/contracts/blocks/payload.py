"""What is checked, and what is found."""

from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payload:
    """A message, modal or tab under a name."""

    name: str
    json: Json

    @property
    def kind(self) -> Literal["message", "modal", "home"]:
        match self.json.get("type"):
            case "modal":
                return "modal"
            case "home":
                return "home"
        return "message"


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation: in which payload, where in it, and what the validator says."""

    payload: str
    pointer: str
    says: str
