"""Every card and view, read by three validators that nobody here wrote."""

import copy
from collections.abc import Callable

import pytest

from tests.contracts.blocks import classes, sdk, typescript
from tests.contracts.blocks.payload import Finding, Json, Payload
from tests.contracts.gallery import gallery

needs_node = pytest.mark.skipif(
    not typescript.is_installed(),
    reason="run `npm ci --ignore-scripts` in tests/contracts/blocks to check Slack's own types",
)
Check = Callable[[list[Payload]], list[Finding]]
CHECKS = (
    pytest.param(typescript.check, marks=needs_node, id="slack types"),
    pytest.param(sdk.check, id="slack_sdk"),
    pytest.param(classes.check, id="slackblocks"),
)
each = pytest.mark.parametrize("check", CHECKS)


@each
def test_nothing_is_found_in_what_steward_shows(check: Check) -> None:
    shown = [Payload(exhibit.name, exhibit.payload) for exhibit in gallery()]

    assert check(shown) == []


@each
def test_a_planted_fault_is_found(check: Check) -> None:
    good = _card()
    long, unknown = copy.deepcopy(good), copy.deepcopy(good)
    long["blocks"][0]["text"]["text"] = "x" * 151
    unknown["blocks"][0]["text"] = {"type": "mrkdwn", "txt": "x"}

    found = {one.payload for one in check([Payload("long", long), Payload("unknown", unknown)])}

    assert "unknown" in found
    assert found <= {"long", "unknown"}
    assert "long" in found or check is typescript.check


def _card() -> Json:
    return copy.deepcopy(next(one.payload for one in gallery() if one.name == "card ordinary open"))
