"""What a resource is: a template or a link that helps with a play."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "agenda", "call", "outline", "link"]
Reader = Literal["champion", "sponsor"]


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One entry of the catalogue of templates and links.

    `subject` and `body` are templates as `core.drafts` reads them. An e-mail needs neither greeting
    nor signature: they are added, and `to` says whom it addresses. `minutes` is how long the event
    takes that an agenda or a call becomes. A link has a `url` instead of a body.
    """

    name: str
    title: str
    kind: Kind
    subject: str = ""
    body: str = ""
    to: Reader = "champion"
    minutes: int = 0
    url: str = ""
