"""Access tokens for what is not Slack: made once, kept as a hash, revoked at any time."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Invalid, TokenRefused
from storage.audit import Entry, record
from storage.database import Database
from storage.tables import ApiToken, Csm, table

TOKENS = table(ApiToken)
CSMS = table(Csm)

PREFIX = "stw_"
"""How every secret begins, so that people and scanners of leaked secrets know what it is."""

LONGEST_NAME = 100
_SECRET = re.compile(r"stw_(?:([A-Z][A-Z0-9]{1,30})_)?([A-Za-z0-9_-]{43})")
"""With the workspace whose data it opens; without one it is for the home database."""

_SHOWN = 6
_USED_EVERY = timedelta(minutes=1)
"""How exactly `last_used_at` is kept: a write for every request would be dear."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token without its secret; `email` and `person` say whose it is."""

    id: str
    name: str
    csm_id: str
    person: str
    email: str
    prefix: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def state(self, now: datetime) -> str:
        """Return whether it can be used: active, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "active"


class Tokens:
    """The one place that keeps and checks access tokens."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def create(
        self,
        secret: str,
        *,
        csm_id: str,
        name: str,
        by: str,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> Token:
        """Keep the hash of a new secret (see `new_secret`); raises Invalid for a bad name or end.

        `by` is who made it, for the activity log.
        """
        _check(name, expires_at, now)
        row = ApiToken(
            id=uuid4().hex[:12],
            name=name.strip(),
            csm_id=csm_id,
            hash=_hash(secret),
            prefix=_beginning(secret),
            created_at=now,
            created_by=by,
            expires_at=expires_at,
        )
        async with self._database.write() as session:
            session.add(row)
            detail = {"name": row.name, "person": csm_id, "expires_at": expires_at}
            await session.flush()
            await record(session, Entry("token.create", row.id, by=by, at=now, detail=detail))
            return await _get(session, row.id)

    async def everything(self) -> tuple[Token, ...]:
        """Return all tokens, the newest first, also those that can no longer be used."""
        statement = _query().order_by(TOKENS.c.created_at.desc(), TOKENS.c.id)
        async with self._database.read() as session:
            return tuple(_token(row._mapping) for row in await session.execute(statement))

    async def check(self, secret: str, now: datetime) -> Token:
        """Return the token of a secret and note its use; raises TokenRefused when it is no good."""
        if _SECRET.fullmatch(secret) is None:
            raise TokenRefused("That is no access token of Steward")
        async with self._database.read() as session:
            # Found by its hash: how long a comparison takes says nothing about the secret.
            row = (await session.execute(_query().where(TOKENS.c.hash == _hash(secret)))).first()
        if row is None:
            raise TokenRefused("The access token is not known")
        token = _token(row._mapping)
        if (state := token.state(now)) != "active":
            raise TokenRefused(f"The access token {_ENDED[state]}")
        if not row._mapping["active"]:
            raise TokenRefused("The person whose access token it is no longer uses Steward")
        await self._note_use(token, now)
        return token

    async def revoke(self, id: str, *, by: str, now: datetime) -> Token:
        """Let a token no longer be used, and return it; raises Invalid when there is none."""
        async with self._database.write() as session:
            await _get(session, id)
            ended = await session.execute(
                update(TOKENS)
                .where(TOKENS.c.id == id, TOKENS.c.revoked_at.is_(None))
                .values(revoked_at=now)
                .returning(TOKENS.c.id)
            )
            if ended.first() is not None:
                await record(session, Entry("token.revoke", id, by=by, at=now))
            return await _get(session, id)

    async def _note_use(self, token: Token, now: datetime) -> None:
        if token.last_used_at is not None and now - token.last_used_at < _USED_EVERY:
            return
        async with self._database.write() as session:
            await session.execute(
                update(TOKENS).where(TOKENS.c.id == token.id).values(last_used_at=now)
            )


_ENDED = {"revoked": "was revoked", "expired": "has expired"}


def new_secret(random: str, workspace: str = "") -> str:
    """Return the secret made of 32 random bytes, given as `secrets.token_urlsafe` writes them.

    It names the workspace whose data it opens, so that nothing has to be searched for it.
    """
    return f"{PREFIX}{workspace}_{random}" if workspace else f"{PREFIX}{random}"


def workspace_of(secret: str) -> str:
    """Return the workspace that a secret names, or nothing; whether it is good is not known."""
    found = _SECRET.fullmatch(secret)
    return (found and found[1]) or ""


def _beginning(secret: str) -> str:
    """Return how a secret begins; of one that names a workspace, what comes after that."""
    found = _SECRET.fullmatch(secret)
    return f"{PREFIX}{found[2][:_SHOWN]}" if found else secret[: len(PREFIX) + _SHOWN]


def _check(name: str, expires_at: datetime | None, now: datetime) -> None:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Invalid(f"Give the token a name of 1 to {LONGEST_NAME} characters.", field="name")
    if expires_at is not None and expires_at <= now:
        raise Invalid("A token must be good for at least one day.", field="days")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


async def _get(session: AsyncSession, id: str) -> Token:
    row = (await session.execute(_query().where(TOKENS.c.id == id))).first()
    if row is None:
        raise Invalid(f"There is no token {id[:60]}. “steward token list” shows all of them.")
    return _token(row._mapping)


def _query() -> Any:
    person = (CSMS.c.name.label("person"), CSMS.c.email, CSMS.c.active)
    return select(TOKENS, *person).join(CSMS, CSMS.c.id == TOKENS.c.csm_id)


def _token(row: RowMapping) -> Token:
    return Token(
        id=row["id"],
        name=row["name"],
        csm_id=row["csm_id"],
        person=row["person"],
        email=row["email"] or "",
        prefix=row["prefix"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
        revoked_at=row["revoked_at"],
    )
