"""Who may see what: the one place that says so, wherever somebody asks from.

A CSM sees their own accounts, a manager also those of everybody below them, an admin all. Whoever
names another's account in full hears whose it is, and nothing else of it; a part of its name, or
anything alike, is answered as if there were no such account. Everything is read when it is asked:
a card that was shown gives no right to press its buttons.
"""

from core.errors import AccountUnknown, AdminsOnly, CsmUnknown, NotAllowed
from core.recommendations import Recommendation
from storage.accounts import Accounts, Named
from storage.people import Csm, People


async def check_account(account_id: str, csm: Csm, *, people: People, accounts: Accounts) -> Named:
    """Return an account that a person may see.

    Raises AccountUnknown when there is none of that id, NotAllowed when it is another's.
    """
    account = await accounts.get(account_id)
    if account is None:
        raise AccountUnknown(account_id)
    scope = await people.scope(csm)
    if scope is not None and account.owner_id not in scope:
        raise await refusal(account, people)
    return account


async def refusal(account: Named, people: People) -> NotAllowed:
    """Return what is raised about another's account: its name, and whose it is."""
    return NotAllowed(account.name, await people.name_of(account.owner_id), account.id)


async def check_may_see(
    shown: Recommendation, csm: Csm, *, people: People, accounts: Accounts
) -> None:
    """Raise NotAllowed when the recommendation's account is outside what a person may see.

    Who owns the account at present counts, not who owned it when this was recommended.
    """
    await check_account(shown.account.id, csm, people=people, accounts=accounts)


async def check_portfolio(owner_id: str, csm: Csm, people: People) -> Csm:
    """Return the person whose portfolio is asked about; raises CsmUnknown, or NotAllowed."""
    owner = await people.known(owner_id)
    if owner is None:
        raise CsmUnknown(owner_id)
    scope = await people.scope(csm)
    if scope is not None and owner.id not in scope:
        raise NotAllowed(f"{owner.name}'s portfolio")
    return owner


def check_admin(csm: Csm, what: str) -> None:
    """Raise AdminsOnly for everybody else; `what` begins the sentence."""
    if csm.role != "admin":
        raise AdminsOnly(what)
