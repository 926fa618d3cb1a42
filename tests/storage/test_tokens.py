"""Access tokens: one secret, kept as a hash, good until it ends, every change on record."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.errors import Invalid, TokenRefused
from storage.database import Database
from storage.tables import ActivityLog, ApiToken, Csm, table
from storage.tokens import Token, Tokens, new_secret, workspace_of
from tests.storage.book import NOW, row, save

LOG, ROWS, CSMS = table(ActivityLog), table(ApiToken), table(Csm)


@pytest.fixture
async def tokens(database: Database) -> Tokens:
    await save(database, row(Csm, id="ana", name="Ana Souza", email="ana@steward.example"))
    return Tokens(database)


def secret() -> str:
    return new_secret(secrets.token_urlsafe(32))


async def create(tokens: Tokens, secret: str, days: int | None = None, name: str = "CRM") -> Token:
    ends = NOW + timedelta(days=days) if days else None
    return await tokens.create(
        secret, csm_id="ana", name=name, by="command line", now=NOW, expires_at=ends
    )


async def test_a_secret_lets_its_person_in_and_is_kept_nowhere(
    tokens: Tokens, database: Database
) -> None:
    mine = secret()
    made = await create(tokens, mine)

    found = await tokens.check(mine, NOW)

    assert (found.id, found.csm_id, found.person) == (made.id, "ana", "Ana Souza")
    async with database.read() as session:
        kept = [*(await session.execute(select(ROWS))), *(await session.execute(select(LOG)))]
    assert mine not in str(kept)
    assert mine.startswith(made.prefix)
    assert len(made.prefix) == 10


@pytest.mark.parametrize(
    "typed", ["", "stw_", "stw_" + "a" * 43, "xoxb-1", "é" * 47, "stw_" + "a" * 5000]
)
async def test_what_is_no_known_secret_is_refused(tokens: Tokens, typed: str) -> None:
    await create(tokens, secret())

    with pytest.raises(TokenRefused) as refused:
        await tokens.check(typed, NOW)

    assert not typed or typed not in str(refused.value)


async def test_a_token_ends_on_its_day(tokens: Tokens) -> None:
    mine = secret()
    await create(tokens, mine, days=30)

    await tokens.check(mine, NOW + timedelta(days=29))
    with pytest.raises(TokenRefused, match="expired"):
        await tokens.check(mine, NOW + timedelta(days=30))


async def test_a_revoked_token_lets_nobody_in(tokens: Tokens) -> None:
    mine = secret()
    made = await create(tokens, mine)

    first = await tokens.revoke(made.id, by="command line", now=NOW)
    again = await tokens.revoke(made.id, by="command line", now=NOW + timedelta(days=1))

    assert first.revoked_at == again.revoked_at == NOW
    with pytest.raises(TokenRefused, match="revoked"):
        await tokens.check(mine, NOW)


async def test_a_person_who_left_is_not_let_in(tokens: Tokens, database: Database) -> None:
    mine = secret()
    await create(tokens, mine)
    async with database.write() as session:
        await session.execute(update(CSMS).values(active=False))

    with pytest.raises(TokenRefused, match="no longer uses Steward"):
        await tokens.check(mine, NOW)


async def test_making_and_revoking_are_on_record(tokens: Tokens, database: Database) -> None:
    made = await create(tokens, secret(), days=30)
    await tokens.revoke(made.id, by="mara", now=NOW + timedelta(hours=1))

    async with database.read() as session:
        found = (await session.execute(select(LOG).order_by(LOG.c.at))).all()

    assert [(one.action, one.actor, one.subject) for one in found] == [
        ("token.create", "command line", made.id),
        ("token.revoke", "mara", made.id),
    ]
    assert found[0].detail["person"] == "ana"


async def test_the_last_use_is_kept_to_the_minute(tokens: Tokens) -> None:
    mine = secret()
    await create(tokens, mine)

    used = []
    for seconds in (0, 30, 90):
        await tokens.check(mine, NOW + timedelta(seconds=seconds))
        used.append((await tokens.everything())[0].last_used_at)

    assert used == [NOW, NOW, NOW + timedelta(seconds=90)]


async def test_a_list_shows_the_newest_first_and_how_each_stands(tokens: Tokens) -> None:
    expiring = await create(tokens, secret(), days=1)
    revoked = await create(tokens, secret())
    await tokens.revoke(revoked.id, by="mara", now=NOW)
    later = NOW + timedelta(days=2)
    await tokens.create(secret(), csm_id="ana", name="late", by="mara", now=later)

    listed = await tokens.everything()

    assert listed[0].name == "late"
    assert {one.id: one.state(later) for one in listed} == {
        listed[0].id: "active",
        expiring.id: "expired",
        revoked.id: "revoked",
    }


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
async def test_a_token_needs_a_name_that_fits(tokens: Tokens, name: str) -> None:
    with pytest.raises(Invalid, match="name"):
        await create(tokens, secret(), name=name)


async def test_a_token_that_does_not_exist_cannot_be_revoked(tokens: Tokens) -> None:
    with pytest.raises(Invalid, match="steward token list"):
        await tokens.revoke("nothing", by="mara", now=NOW)


async def test_a_secret_names_the_workspace_whose_data_it_opens(tokens: Tokens) -> None:
    random = secrets.token_urlsafe(32)
    inside = new_secret(random, "T0ACME")
    made = await create(tokens, inside)

    assert workspace_of(inside) == "T0ACME"
    assert workspace_of(secret()) == ""
    assert workspace_of("stw_T0ACME_short") == ""
    assert (await tokens.check(inside, NOW)).id == made.id
    assert made.prefix == f"stw_{random[:6]}"
    for other in (new_secret(random), new_secret(random, "T0OTHER")):
        with pytest.raises(TokenRefused):
            await tokens.check(other, NOW)
