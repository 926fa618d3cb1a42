"""From the words a person uses to the account they mean, within what they may see."""

from functools import lru_cache
from typing import Protocol

from bot.language.names import AccountNames
from bot.language.vocabulary import ordinary
from bot.tools.tool import Asker, Parts
from core.errors import NotAllowed
from storage.accounts import Accounts, Named
from storage.people import People


class Directory(Protocol):
    """Who is who, and which accounts there are."""

    @property
    def people(self) -> People:
        """Who is who, and whose accounts they may see."""

    @property
    def accounts(self) -> Accounts:
        """The names of accounts."""


async def known_names(asker: Asker, services: Directory) -> AccountNames:
    """Return the accounts that `asker` may name, with those that exist beyond them."""
    scope = await services.people.scope(asker.csm)
    everything = await services.accounts.names(None)
    return _names(everything, scope)


async def account(words: str, asker: Asker, services: Parts) -> Named:
    """Return the account that `words` mean.

    Raises AccountUnknown with the nearest names, Ambiguous, or NotAllowed with its owner's name.
    """
    try:
        names = await known_names(asker, services) if asker.names is None else asker.names
        return names.resolve(words)
    except NotAllowed as refused:
        owner = await services.people.name_of(refused.owner)
        raise NotAllowed(refused.what, owner, refused.account) from refused


@lru_cache(maxsize=16)
def _names(everything: tuple[Named, ...], scope: frozenset[str] | None) -> AccountNames:
    mine = [named for named in everything if scope is None or named.owner_id in scope]
    seen = {named.id for named in mine}
    return AccountNames(mine, [named for named in everything if named.id not in seen], ordinary())
