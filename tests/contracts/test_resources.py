"""What holds for every resource, found by itself."""

import re
import string

import pytest

from core.catalogue import Catalogue
from core.drafts import draft, places
from core.resources.resource import Resource
from tests.core.builders import BETA, TODAY

CATALOGUE = Catalogue.shipped()
RESOURCES = tuple(CATALOGUE.resources.values())
each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
BARE = {"id": "a", "name": "An Account", "currency": "USD"}
INTERNAL = re.compile(
    r"{(?:health|arr|open_risks|critical_risks|top_risk|usage|opportunity_|silent|champion_silent)"
    r"[a-z_0-9]*}"
)
"""What a customer must not read about itself."""
SLIPS = re.compile(r"[{}\[\]|]|  | [,.;:?!]|,\.|\(\)|:\n\n(?!- )|:$|\n-\s*\n|\n-\s*$")
"""What is left behind when words are left out carelessly."""


@each
def test_it_names_only_what_can_be_known(resource: Resource) -> None:
    named = {
        name
        for text in (resource.subject, resource.body)
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
        if not spec and not conversion
    }

    assert named <= places()


@each
def test_it_reads_well_with_everything_and_with_nothing_known(resource: Resource) -> None:
    for row in (BETA, BARE):
        made = draft(resource, row, sender="Ana Souza", today=TODAY)
        text = f"{made.subject}\n{made.text}"

        assert not re.search(SLIPS, text), text
        assert len(made.text) < 2_000


@each
def test_what_a_customer_gets_says_nothing_that_is_only_for_us(resource: Resource) -> None:
    if resource.kind in ("email", "agenda"):
        assert not INTERNAL.search(resource.subject + resource.body)


@each
def test_it_has_what_its_kind_needs(resource: Resource) -> None:
    assert bool(resource.url) == (resource.kind == "link")
    assert bool(resource.body) == (resource.kind != "link")
    assert bool(resource.minutes) == (resource.kind in ("agenda", "call"))
    assert 3 <= len(resource.title) <= 60
    assert len(resource.name) <= 60


def test_no_two_resources_share_a_name() -> None:
    assert all(name == one.name for name, one in CATALOGUE.resources.items())


def test_every_play_has_a_resource_and_every_resource_helps_a_play() -> None:
    named = [name for play in CATALOGUE.plays.values() for name in play.resources]

    assert all(play.resources for play in CATALOGUE.plays.values())
    assert set(named) == set(CATALOGUE.resources)
