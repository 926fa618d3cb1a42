"""What the questions mean can all be said by Claude: over the wire, and past every check."""

from tests.evals.claude import can_be_said, scripted
from tests.evals.goldens import goldens, is_right
from tests.evals.scores import ask

EVERY = 5
"""Each fifth question; `make evals` asks them all."""


async def test_every_right_call_passes_the_definitions_the_wire_and_the_checks() -> None:
    sayable = [one for one in goldens() if can_be_said(one)][::EVERY]

    asked = await ask(scripted({one.says: one for one in sayable}), sayable)

    assert [one.golden.says for one in asked if not is_right(one.golden, one.heard)] == []
    assert len({one.heard.tool for one in asked}) >= 12
