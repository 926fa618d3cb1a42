"""How the asker writes: an example to keep, or what is kept."""

from typing import ClassVar

from pydantic import Field

from bot.answers import Answer
from bot.cards.writing import SAYING, writing_card
from bot.tools.tool import Asker, Parts, Tool
from core.tone import measure
from storage.writing import LONGEST, MOST


class Writing(Tool):
    """Use when somebody asks what examples of their own writing are kept, or what tone they show.

    An example is kept only when the user says so in a whole sentence of their own.
    """

    name = "writing"
    title = "My writing"
    taught = False
    examples = (
        "show my writing examples",
        "which examples of my writing do you keep",
        "what tone do my drafts have",
        "how do I change my writing examples",
        "my writing",
    )
    sample: str | None = Field(
        default=None,
        max_length=LONGEST + 1,
        description="A text of the user's to keep as an example; without it nothing changes.",
    )
    needs_account: ClassVar[bool] = False

    @property
    def alters(self) -> bool:
        """To look at what is kept changes nothing."""
        return self.sample is not None

    @property
    def in_words(self) -> str:
        """The command that does the same."""
        return SAYING

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Keep the example, if there is one, and say what is kept and what was read from it."""
        samples, gone = services.drafts.samples, ""
        if self.sample is None:
            kept = await samples.of(asker.csm.id)
        else:
            asker.check_may_change()
            added = await samples.add(asker.csm.id, self.sample, now=asker.now)
            kept, gone = added.kept, added.gone
        tone = measure(kept, asker.csm.name)
        return Answer(writing_card(kept, tone, most=MOST, gone=gone))
