"""The modal about people in its ordinary and its worst shapes."""

from collections.abc import Iterator
from dataclasses import replace

from bot.cards.blocks import View
from bot.cards.people import (
    ON_A_PAGE,
    Listed,
    Look,
    Person,
    Plan,
    confirm_view,
    hand_over_view,
    new_view,
    people_view,
    person_view,
)

HOSTILE = "*Acme*_<!channel>_~&~`<https://evil.example|click>` <@U123> "
ORDINARY = Person("ana", "Ana Souza", "ana@steward.example", "csm", 12, "Mara Voss", "mara")
WORST = Person(
    f"{'0' * 36}", HOSTILE * 9, HOSTILE * 9, "manager", 100_000, HOSTILE * 9, "m0", slack="gone"
)


def people_views() -> Iterator[tuple[str, View]]:
    """Yield each view with what it is called."""
    one = Listed([ORDINARY], 1, Look(), may_change=True, unowned=1)
    many = [replace(WORST, id=f"{n:036}") for n in range(ON_A_PAGE)]
    full = Listed(many, 5_000, Look(3, HOSTILE), may_change=True, unowned=100_000)
    some = [(f"m{n}", HOSTILE * 3) for n in range(99)]
    plan = Plan("change", WORST.id, Look(3, HOSTILE[:100]), {"name": "x"}, {"name": HOSTILE[:200]})
    yield "people", people_view(one)
    yield "people after a change", people_view(one, said="Ana Souza was changed.")
    yield "people worst", people_view(full, said=HOSTILE * 9)
    yield "people none", people_view(Listed([], 0, Look(0, "nobody"), may_change=True))
    yield "people of a team", people_view(Listed([ORDINARY], 1, Look()))
    yield "person", person_view(ORDINARY, [("mara", "Mara Voss")], Look())
    yield "person worst", person_view(WORST, some, Look(3, HOSTILE[:100]))
    yield "person new", new_view([], Look())
    yield "person new worst", new_view(some, Look())
    yield "hand over", hand_over_view(HOSTILE * 9, 3, some, plan)
    yield "confirm", confirm_view("Ana Souza", ["Role: CSM → Admin"], plan, submit="Change Person")
