"""Whether somebody may see and decide about a recommendation, wherever they ask from."""

from core.errors import NotAllowed
from core.recommendations import Recommendation
from storage.accounts import Accounts
from storage.people import Csm, People


async def check_may_see(
    shown: Recommendation, csm: Csm, *, people: People, accounts: Accounts
) -> None:
    """Raise NotAllowed when the recommendation's account is outside what a person may see.

    Who owns the account at present counts, not who owned it when this was recommended.
    """
    scope = await people.scope(csm)
    if scope is None:
        return
    account = await accounts.get(shown.account.id)
    owner = account.owner_id if account else shown.owner
    if owner not in scope:
        raise NotAllowed(shown.account.name, shown.owner_name or None)
