"""The one place where an error becomes the sentence that a person reads."""

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import TypeVar

from bot.playground.errors import PlaygroundRefused
from core.errors import (
    AccountUnknown,
    AddressTaken,
    AdminsOnly,
    AlreadyDecided,
    Ambiguous,
    CsmUnknown,
    DecisionRefused,
    GuestRefused,
    ImportFailed,
    ImportLocked,
    Invalid,
    Misconfigured,
    NotAllowed,
    Outdated,
    PersonUnknown,
    PortfolioEmpty,
    RecommendationGone,
    StewardError,
    TokenRefused,
    UndoExpired,
    Unknown,
    Unreachable,
)

E = TypeVar("E", bound=StewardError)

_STATES = {
    "recommended": "It is open again",
    "accepted": "It was already accepted",
    "deferred": "It was already deferred",
    "dismissed": "It was already dismissed",
    "completed": "It was already completed",
}


def unexpected(reference: str) -> str:
    """Return what is said about an error that nobody foresaw; `reference` finds it in the log."""
    return (
        "Sorry, that did not work, and it is not your doing. Nothing was changed. "
        f"Please try again; if it happens again, tell your admin the reference {reference}."
    )


@singledispatch
def sentence(error: StewardError) -> str:
    """Return the sentence for an error: what happened, and what to do next."""
    return f"I could not do that ({type(error).__name__}). Write “help” to see what I can do."


def _says(kind: type[E]) -> Callable[[Callable[[E], str]], Callable[[E], str]]:
    """Register the sentence of one class of error."""

    def register(write: Callable[[E], str]) -> Callable[[E], str]:
        sentence.register(kind, write)
        return write

    return register


@_says(Unknown)
def _unknown(error: Unknown) -> str:
    del error
    return "I do not know that. Check the name and ask again."


@_says(AccountUnknown)
def _account_unknown(error: AccountUnknown) -> str:
    if not error.nearest:
        return (
            f"I know no account called “{_short(error.name)}”. "
            "Check the spelling, or ask “show me my top actions” to see your accounts."
        )
    return (
        f"I know no account called “{_short(error.name)}”. "
        f"Did you mean {_choice(error.nearest)}? Ask again with one of these names."
    )


@_says(CsmUnknown)
def _csm_unknown(error: CsmUnknown) -> str:
    if not error.email:
        return (
            "I cannot see your e-mail address in Slack, so I do not know whose accounts are yours. "
            "Ask your Slack admin to let apps see it, then write to me again."
        )
    return (
        f"I do not know {_short(error.email)} yet, so I cannot tell which accounts are yours. "
        f"Ask your Steward admin to add you with “steward people add {_short(error.email)} "
        "--name 'Your Name'”, "
        "then write to me again."
    )


@_says(PersonUnknown)
def _person_unknown(error: PersonUnknown) -> str:
    known = f" You can ask about {_choice(error.names)}." if error.names else ""
    return (
        f"I know no colleague called “{_short(error.name)}”.{known} Check the name and ask again."
    )


@_says(RecommendationGone)
def _recommendation_gone(error: RecommendationGone) -> str:
    del error
    return (
        "This recommendation no longer exists; it was removed with the data it came from. "
        "Ask “what should I do next” for the account to get a fresh one."
    )


@_says(Ambiguous)
def _ambiguous(error: Ambiguous) -> str:
    names = [name for _, name in error.candidates]
    return (
        f"“{_short(error.name)}” could be {_choice(names)}. Ask again with the full name you mean."
    )


@_says(PortfolioEmpty)
def _portfolio_empty(error: PortfolioEmpty) -> str:
    if error.book_empty:
        return (
            "There are no accounts in Steward yet. Import your export with "
            "“steward import PATH”, or try the demo with “steward demo”, then ask again."
        )
    return (
        f"{_short(error.who)} owns no accounts in Steward. "
        "Ask your Steward admin to assign accounts, or import an export that names the owner."
    )


@_says(NotAllowed)
def _not_allowed(error: NotAllowed) -> str:
    if error.owner:
        return (
            f"{_short(error.what)} belongs to {_short(error.owner)}, so I cannot show or change it "
            f"for you. Ask {_short(error.owner)}, or a manager you share."
        )
    return (
        f"{_short(error.what)} is outside the accounts you can see. "
        "Ask its owner or your Steward admin."
    )


@_says(AdminsOnly)
def _admins_only(error: AdminsOnly) -> str:
    return f"{_short(error.what)} is for the admins of Steward. Ask one of them."


_MEMBERS_ONLY = "What I know about customers is for full members of this workspace"
_ARE = {
    "stranger": "you belong to another company's workspace",
    "bot": "I talk to people only",
    "gone": "your Slack account here was deactivated",
}


@_says(GuestRefused)
def _guest_refused(error: GuestRefused) -> str:
    why = _ARE.get(error.kind, "you are a guest here")
    return f"{_MEMBERS_ONLY}, and {why}. Ask a colleague in Customer Success."


@_says(AddressTaken)
def _address_taken(error: AddressTaken) -> str:
    del error
    return (
        "Somebody with your e-mail address already uses me from another Slack account, so I cannot "
        "tell which of the two is you. Write to me from that one, or ask your Slack admin to "
        "deactivate it."
    )


@_says(DecisionRefused)
def _decision_refused(error: DecisionRefused) -> str:
    del error
    return "That is not possible at this point. The card shows where it stands and what you can do."


@_says(AlreadyDecided)
def _already_decided(error: AlreadyDecided) -> str:
    state = _STATES.get(error.status, "It has changed already")
    by = f" by {_short(error.by)}" if error.by and error.status != "recommended" else ""
    return f"{state}{by}, so nothing was changed. The card shows when, and what you can do next."


@_says(Outdated)
def _outdated(error: Outdated) -> str:
    by = f" by {_short(error.by)}" if error.by and error.status != "recommended" else ""
    return (
        f"It has changed since you looked at it and is {error.status}{by}, so nothing was changed. "
        "Look at it again and decide on what it says then."
    )


@_says(UndoExpired)
def _undo_expired(error: UndoExpired) -> str:
    return (
        f"A decision can be taken back for {error.minutes} minutes, and that time is over. "
        "The card shows what you can still do; or ask for the account's next action again."
    )


@_says(TokenRefused)
def _token_refused(error: TokenRefused) -> str:
    return f"{error}. Your Steward admin makes a new one with “steward token create EMAIL”."


@_says(Invalid)
def _invalid(error: Invalid) -> str:
    return error.message


@_says(ImportFailed)
def _import_failed(error: ImportFailed) -> str:
    return f"Nothing was imported from {_short(error.path)}: {error.message}"


@_says(ImportLocked)
def _import_locked(error: ImportLocked) -> str:
    return f"The import {_short(error.path)} cannot be undone: {error.message}"


@_says(Misconfigured)
def _misconfigured(error: Misconfigured) -> str:
    return f"Steward is not set up completely: {error}. Run “steward doctor” to see what to do."


@_says(PlaygroundRefused)
def _playground_refused(error: PlaygroundRefused) -> str:
    return str(error)


@_says(Unreachable)
def _unreachable(error: Unreachable) -> str:
    del error
    return (
        "I cannot reach my data at the moment. Nothing was changed. "
        "Please try again in a minute; an admin can run “steward doctor”."
    )


def _choice(names: Sequence[str]) -> str:
    shown = [_short(name) for name in names[:5]]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _short(text: str) -> str:
    """Cut a name that somebody typed or imported to what a sentence can hold."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else flat[:79] + "…"
