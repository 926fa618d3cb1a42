"""Every way in which Steward can decline, one class per reason.

    StewardError
    ├── Unknown                    nothing of that name or id
    │   ├── AccountUnknown             no such account; the nearest names are offered
    │   ├── CsmUnknown                 the asker is in nobody's list of CSMs
    │   ├── PersonUnknown              a colleague's name that matches nobody
    │   └── RecommendationGone         its row was deleted or never existed
    ├── Ambiguous                  several accounts fit the name
    ├── PortfolioEmpty             the asker owns no accounts
    ├── NotAllowed                 the account exists but is outside the asker's scope
    │   ├── AdminsOnly                 what only an admin of Steward may see or change
    │   └── GuestRefused               a guest, a bot, or somebody of another workspace
    │       └── AddressTaken               a second Slack account with a colleague's e-mail address
    ├── DecisionRefused            the recommendation is not in a state that allows it
    │   ├── AlreadyDecided             somebody (perhaps the same person) was first
    │   │   └── Outdated                   it changed after the person had looked at it
    │   └── UndoExpired                more than ten minutes have passed
    ├── TokenRefused               an access token that is unknown, expired or revoked
    ├── Invalid                    what was entered cannot be used; says how to mend it
    ├── ImportFailed               nothing of a file could be read
    │   └── ImportLocked               an undo that later changes stand in the way of
    ├── Misconfigured              a setting is missing or contradicts another
    └── Unreachable                the database or Slack did not answer

`bot/sentences.py` turns each class into the sentence a person reads.
"""

from collections.abc import Sequence
from datetime import datetime


class StewardError(Exception):
    """Base of every error that Steward raises on purpose."""


class Unknown(StewardError):
    """Nothing of that name or id exists."""


class AccountUnknown(Unknown):
    """No account is called that; `nearest` holds up to five names that come close."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        """Take the name as the person wrote it and the names that come close, best first."""
        super().__init__(name)
        self.name = name
        self.nearest = tuple(nearest)


class CsmUnknown(Unknown):
    """The asker's e-mail address belongs to no CSM; `email` may be empty when Slack hides it."""

    def __init__(self, email: str) -> None:
        """Take the address that was looked up."""
        super().__init__(email)
        self.email = email


class PersonUnknown(Unknown):
    """No colleague is called that; `names` holds those that may be asked about."""

    def __init__(self, name: str, names: Sequence[str] = ()) -> None:
        """Take the name as written and the names that exist."""
        super().__init__(name)
        self.name = name
        self.names = tuple(names)


class RecommendationGone(Unknown):
    """The recommendation behind a button no longer exists."""


class Ambiguous(StewardError):
    """Several accounts fit; `candidates` holds (account id, name) pairs, best first."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        """Take the name as written and the accounts that fit it."""
        super().__init__(name)
        self.name = name
        self.candidates = tuple(candidates)


class PortfolioEmpty(StewardError):
    """The person whose portfolio was asked about owns no accounts; `who` is their name."""

    def __init__(self, who: str, *, book_empty: bool) -> None:
        """Take the owner's name and whether Steward holds no accounts at all."""
        super().__init__(who)
        self.who = who
        self.book_empty = book_empty


class NotAllowed(StewardError):
    """The account or person exists but lies outside what the asker may see."""

    def __init__(self, what: str, owner: str | None = None, account: str | None = None) -> None:
        """Take what was asked for and, when it may be told, who owns it; `account` is its id."""
        super().__init__(what)
        self.what = what
        self.owner = owner
        self.account = account


class AdminsOnly(NotAllowed):
    """Only an admin of Steward may see or change that."""


class GuestRefused(NotAllowed):
    """The asker may see nothing at all; `kind` says what they are in Slack.

    It is guest, stranger (of another company's workspace), bot or gone (deactivated there).
    """

    def __init__(self, kind: str = "guest") -> None:
        """Take what they are: what is refused is everything."""
        super().__init__("Steward")
        self.kind = kind


class AddressTaken(GuestRefused):
    """Another Slack account that still is in use has the asker's e-mail address."""

    def __init__(self) -> None:
        """Take nothing: whose the other one is, is not told."""
        super().__init__("double")


class DecisionRefused(StewardError):
    """The recommendation's status does not allow this decision."""


class AlreadyDecided(DecisionRefused):
    """The recommendation has moved on: `status` says where, `by` and `at` who and when."""

    def __init__(self, status: str, by: str | None, at: datetime | None) -> None:
        """Take the status it is in and the decision that put it there."""
        super().__init__(status)
        self.status = status
        self.by = by
        self.at = at


class Outdated(AlreadyDecided):
    """The decision was about an older version than the one that stands."""


class UndoExpired(DecisionRefused):
    """The time for undoing is over; `minutes` says how long it lasts."""

    def __init__(self, minutes: int) -> None:
        """Take the length of the undo window in minutes."""
        super().__init__(minutes)
        self.minutes = minutes


class TokenRefused(StewardError):
    """Nobody is let in with that access token; the message says why, without the token."""


class Invalid(StewardError):
    """What was entered cannot be used; the message says how to mend it, `field` where."""

    def __init__(self, message: str, field: str | None = None) -> None:
        """Take a sentence for the person and the name of the form's field, if there is one."""
        super().__init__(message)
        self.message = message
        self.field = field


class ImportFailed(StewardError):
    """Nothing of `path` could be read; the message says why and what to do."""

    def __init__(self, path: str, message: str) -> None:
        """Take the file or folder as the person named it and the reason."""
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class ImportLocked(ImportFailed):
    """An import cannot be undone: later changes rest on its rows, or another is being made."""


class Misconfigured(StewardError):
    """A setting is missing or contradicts another; the message names it and the remedy."""


class Unreachable(StewardError):
    """A service that Steward needs did not answer; the message names it."""
