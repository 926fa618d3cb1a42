"""What changed: at one account, over a portfolio, since when; and a brief before a call."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answers import Answer
from bot.tool_parts import ToolParts
from bot.tools.account_brief import AccountBrief
from bot.tools.tool import Asker
from bot.tools.what_changed import WhatChanged
from core.errors import AccountUnknown, Invalid, NotAllowed, PortfolioEmpty
from storage.database import Database
from storage.tables import Activity, Contact, Csm, Customer, Health, Meeting, Opportunity
from tests.storage.book import day, days_ago, row, save

Asking = Callable[..., Awaitable[Asker]]


@pytest.fixture
async def fallen(sqlite: Database, parts: ToolParts) -> ToolParts:
    """Beta's health fell four days ago, while Gamma's (Ben's) rose; Sarah was called before."""
    scores = [("beta", 20, 78.0), ("beta", 4, 66.0), ("gamma", 20, 50.0), ("gamma", 4, 60.0)]
    await save(
        sqlite,
        *(row(Health, customer_id=id, recorded_on=day(on), score=s) for id, on, s in scores),
        row(Csm, id="root", name="Rita Root", email="rita@steward.example", role="admin"),
        row(Contact, id="sarah", customer_id="beta", name="Sarah Lin", role="champion"),
        row(
            Activity,
            customer_id="beta",
            contact_id="sarah",
            kind="call",
            subject="Plans",
            occurred_at=days_ago(16),
        ),
        row(Meeting, customer_id="beta", title="Check-in", starts_at=days_ago(18)),
    )
    return parts


async def _changed(parts: ToolParts, asker: Asker, **arguments: str) -> Answer:
    return await WhatChanged(**arguments).run(asker, parts)


async def test_an_account_is_looked_at_since_the_last_touch(
    fallen: ToolParts, asker: Asking
) -> None:
    answer = await _changed(fallen, await asker(), account="beta inc")

    said = answer.card.text
    assert "Since the call with Sarah Lin on 15 Feb (“Plans”), 16 days" in said
    assert "Health fell 12 points, from 78 to 66 (by Fri 27 Feb, test)" in said
    assert answer.accounts == ("beta",)


@pytest.mark.parametrize(
    ("since", "moved"),
    [("since 20 feb", True), ("our last meeting", True), ("since monday", False)],
)
async def test_only_what_moved_since_then_is_told(
    fallen: ToolParts, asker: Asking, since: str, moved: bool
) -> None:
    answer = await _changed(fallen, await asker(), account="beta inc", since=since)

    assert ("Health fell 12 points" in answer.card.text) is moved
    assert ("Nothing that I watch moved" in answer.card.text) is not moved


async def test_a_touch_that_never_was_is_asked_about(fallen: ToolParts, asker: Asking) -> None:
    asking = await asker()

    with pytest.raises(Invalid, match="No qbr with Beta Inc"):
        await _changed(fallen, asking, account="beta inc", since="since the QBR")
    with pytest.raises(Invalid, match="Name an account"):
        await _changed(fallen, asking, since="our last call")


async def test_a_portfolio_holds_only_the_accounts_one_may_see(
    fallen: ToolParts, asker: Asking
) -> None:
    mine = await _changed(fallen, await asker(), since="20 feb")
    team = await _changed(fallen, await asker("root"), since="20 feb", owner="team")

    assert mine.card.text.startswith("Your accounts: what changed")
    assert "2 of 4 accounts moved" in mine.card.text
    assert "Gamma" not in str(mine.card)
    assert mine.accounts == ("beta", "alpha")
    assert "1. Beta Inc · $120K · Ana Souza: Health fell 12 points" in team.card.text
    assert "2. Gamma Ltd · Ben Carter: Health rose 10 points" in team.card.text


async def test_a_quiet_portfolio_says_so(fallen: ToolParts, asker: Asking) -> None:
    answer = await _changed(fallen, await asker())

    assert "Since Mon 2 Mar · none of 4 accounts moved" in answer.card.text
    assert "Ask “what changed since last week”" in answer.card.text


async def test_who_came_and_left_in_between_is_told(
    sqlite: Database, fallen: ToolParts, asker: Asking
) -> None:
    new = row(Customer, id="new", name="New Co", csm_id="ana", signed_up_on=day(2))
    gone = row(
        Customer, id="gone", name="Gone Co", csm_id="ana", signed_up_on=day(90), churned_on=day(1)
    )
    await save(sqlite, new, gone)
    asking = await asker()

    over = await _changed(fallen, asking, since="20 feb")
    alone = await _changed(fallen, asking, account="new co", since="20 feb")

    assert "New: New Co." in over.card.text
    assert "No customers any more: Gone Co." in over.card.text
    assert "New: New Co was not a customer yet when this period began" in alone.card.text
    with pytest.raises(AccountUnknown):
        await _changed(fallen, asking, account="gone co")


async def test_another_persons_account_is_neither_told_nor_briefed(
    fallen: ToolParts, asker: Asking
) -> None:
    asking = await asker()

    with pytest.raises(NotAllowed):
        await _changed(fallen, asking, account="gamma ltd")
    with pytest.raises(NotAllowed):
        await AccountBrief(account="gamma ltd").run(asking, fallen)


async def test_a_brief_tells_the_story_since_the_last_talk(
    fallen: ToolParts, asker: Asking
) -> None:
    answer = await AccountBrief(account="beta inc").run(await asker(), fallen)

    said = answer.card.text
    assert said.startswith("Beta Inc: before your call\n$120K ARR · renews 2 May (60 days)")
    assert "Since 15 Feb, 16 days: Last call with Sarah Lin on 15 Feb (“Plans”)" in said
    assert "Health fell 12 points, from 78 to 66" in said
    assert "Sarah Lin, champion: quiet, last contact 15 Feb, 16 days ago" in said


async def test_a_brief_of_an_account_without_rows_says_what_is_not_known(
    parts: ToolParts, asker: Asking
) -> None:
    answer = await AccountBrief(account="acme rockets").run(await asker(), parts)

    assert "No meeting, call or e-mail is on record" in answer.card.text
    assert "Nobody at this account is on record" in answer.card.text
    assert "Not known: " in answer.card.text


async def test_the_past_is_briefed_as_it_was(fallen: ToolParts, asker: Asking) -> None:
    asking = await asker(now=days_ago(10) + timedelta(hours=1))

    answer = await AccountBrief(account="beta inc").run(asking, fallen)

    assert "health 78" in answer.card.text
    assert "Health fell" not in answer.card.text


@pytest.fixture
async def evening(sqlite: Database, parts: ToolParts, asker: Asking) -> Asker:
    """Six in the evening of 3 Mar in Los Angeles, where it is tomorrow already in UTC."""
    of = {"customer_id": "beta"}
    await save(
        sqlite,
        row(Activity, kind="call", occurred_at=datetime(2026, 3, 4, 1, tzinfo=UTC), **of),
        row(Meeting, title="QBR", kind="qbr", starts_at=datetime(2026, 3, 11, 1, tzinfo=UTC), **of),
        row(Opportunity, name="Seats", opened_on=day(0), **of),
    )
    asking = await asker(now=datetime(2026, 3, 4, 2, tzinfo=UTC))
    return replace(asking, csm=replace(asking.csm, timezone="America/Los_Angeles"))


async def test_a_brief_names_the_days_of_its_reader(parts: ToolParts, evening: Asker) -> None:
    answer = await AccountBrief(account="beta inc").run(evening, parts)

    assert "Last call today" in answer.card.text
    assert "Booked: QBR, 10 Mar" in answer.card.text


async def test_what_changed_since_a_day_counts_that_day_where_the_reader_is(
    parts: ToolParts, evening: Asker
) -> None:
    answer = await _changed(parts, evening, account="beta inc", since="today")

    assert "Call on Tue 3 Mar" in answer.card.text
    assert "Opportunity opened on Tue 3 Mar: “Seats”" in answer.card.text


async def test_somebody_without_accounts_is_named_in_the_sentence_that_says_so(
    sqlite: Database, parts: ToolParts, asker: Asking
) -> None:
    await save(sqlite, row(Csm, id="nina", name="Nina New", email="nina@steward.example"))

    with pytest.raises(PortfolioEmpty, match=r"^Nina New$"):
        await _changed(parts, await asker("nina"))
