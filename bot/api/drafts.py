"""A resource filled with an account's facts, as it is answered."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.api.model import Model
from bot.drafting import Prepared


class OpeningLink(Model):
    """An address that opens a resource where it is needed."""

    title: str = Field(description="Where it opens.", examples=["Open in Gmail"])
    url: str = Field(description="The address.", examples=["https://mail.google.com/mail/?view=cm"])


class FilledResource(Model):
    """A template filled with what is known about the account, or a page."""

    name: str = Field(description="Its name in the catalogue.")
    title: str = Field(description="Its name in words.")
    kind: Literal["email", "agenda", "call", "outline", "link"] = Field(
        description="What it is.", examples=["email"]
    )
    subject: str = Field(description="The subject of the e-mail or event.")
    text: str = Field(description="The text; empty for a page.")
    recipient: str = Field(description="Whom it is for; may be empty.", examples=["Sarah"])
    address: str = Field(
        description="Their e-mail address; empty when it is not known.",
        examples=["sarah@beta.example"],
    )
    start: datetime | None = Field(description="When its event could be.")
    links: list[OpeningLink] = Field(description="What opens it as a draft, event or page.")

    @classmethod
    def of(cls, prepared: Prepared) -> "FilledResource":
        """Return a prepared draft as it is answered."""
        draft = prepared.draft
        return cls(
            name=draft.name,
            title=draft.title,
            kind=draft.kind,
            subject=draft.subject,
            text=draft.text,
            recipient=prepared.recipient,
            address=prepared.address,
            start=prepared.start,
            links=[OpeningLink(title=one.title, url=one.url) for one in prepared.links],
        )
