"""Every refusal as problem details (RFC 9457): the one table of errors, status codes and titles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import PlaygroundRefused
from bot.sentences import sentence
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

WHERE = "/docs/problems"
"""The page that explains each kind of problem; a problem's type points into it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the last word of its type, its status code and its title.

    `says` writes the detail where the sentence for Slack would speak of cards and buttons.
    """

    name: str
    status: int
    title: str
    says: Callable[[Any], str] = sentence

    @property
    def type(self) -> str:
        """The problem's type, an address relative to this server."""
        return f"{WHERE}#{self.name}"


class Refused(Exception):
    """A request declined before anything was asked of Steward; `headers` go with the answer."""

    def __init__(self, kind: Kind, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """Take the kind of problem and what to say about this one."""
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.headers = headers


def _already_decided(error: AlreadyDecided) -> str:
    by = f" by {error.by}" if error.by else ""
    at = f" on {error.at:%Y-%m-%d at %H:%M} UTC" if error.at else ""
    return (
        f"It is {error.status}{by}{at}, so nothing was changed. Read it again to see how it stands."
    )


INVALID = Kind("invalid", 422, "The request cannot be used as it is")
TOKEN = Kind("token", 401, "A valid access token is needed")
NO_SUCH_PATH = Kind("no-such-path", 404, "There is nothing at this address")
METHOD = Kind("method", 405, "This address does not take that method")
TOO_LARGE = Kind("too-large", 413, "The body is too large")
TOO_MANY = Kind("too-many-requests", 429, "Too many requests with this token")
FAILED = Kind("failed", 500, "That did not work, and it is not your doing")
OTHER = Kind("http", 400, "The request cannot be answered")

KINDS: Mapping[type[StewardError], Kind] = {
    StewardError: Kind("refused", 400, "Steward declined"),
    Unknown: Kind("unknown", 404, "There is nothing of that name or id"),
    AccountUnknown: Kind(
        "account-unknown",
        404,
        "There is no such account",
        lambda _: "No account has that id. Check it, or leave it out to ask about the portfolio.",
    ),
    CsmUnknown: Kind(
        "person-unknown", 404, "There is no such person", lambda _: "Nobody here has that id."
    ),
    PersonUnknown: Kind("person-unknown", 404, "There is no such person"),
    RecommendationGone: Kind(
        "action-unknown",
        404,
        "There is no such action",
        lambda _: "No action has that id; it may have gone with the data it came from. Ask again.",
    ),
    Ambiguous: Kind("ambiguous", 409, "Several accounts fit"),
    PortfolioEmpty: Kind("portfolio-empty", 404, "There are no accounts to look at"),
    NotAllowed: Kind("not-allowed", 403, "You may not see this"),
    AdminsOnly: Kind("not-allowed", 403, "You may not see this"),
    GuestRefused: Kind("not-allowed", 403, "You may not see this"),
    AddressTaken: Kind("not-allowed", 403, "You may not see this"),
    DecisionRefused: Kind("decision-refused", 409, "That cannot be decided at this point"),
    AlreadyDecided: Kind("already-decided", 409, "It was decided already", _already_decided),
    Outdated: Kind("outdated", 412, "It changed after you looked", _already_decided),
    UndoExpired: Kind(
        "undo-expired",
        409,
        "It is too late to undo",
        lambda error: f"A decision can be taken back for {error.minutes} minutes; they are over.",
    ),
    Invalid: INVALID,
    TokenRefused: TOKEN,
    ImportFailed: Kind("import-failed", 422, "Nothing could be imported"),
    ImportLocked: Kind("import-locked", 409, "The import cannot be undone"),
    Misconfigured: Kind(
        "not-set-up",
        503,
        "Steward is not set up completely",
        lambda _: "Ask the Steward admin to run “steward doctor”.",
    ),
    Unreachable: Kind("unreachable", 503, "The data cannot be reached at the moment"),
    PlaygroundRefused: Kind("playground", 400, "The playground does not do that"),
}
"""One row for each class of error; a class without one has its parent's."""


def kind_of(error: StewardError) -> Kind:
    """Return the kind of problem that an error is."""
    return next(KINDS[one] for one in type(error).__mro__ if one in KINDS)


def kinds() -> tuple[Kind, ...]:
    """Return every kind of problem once, by status."""
    own = (INVALID, TOKEN, NO_SUCH_PATH, METHOD, TOO_LARGE, TOO_MANY, FAILED, OTHER)
    by_name = {kind.name: kind for kind in (*KINDS.values(), *own)}
    return tuple(sorted(by_name.values(), key=lambda kind: (kind.status, kind.name)))
