"""Seals secrets before they are stored, with keys that are not in the database."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from core.errors import Misconfigured

_LOST = (
    "STEWARD_ENCRYPTION_KEY does not open the tokens in the database; put the key that sealed them "
    "behind the present one, with a comma between"
)


class Vault:
    """Seals with the first key and opens with any.

    What is sealed is bound to whom it is about: moved to somebody else's row it no longer opens.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys as `Fernet.generate_key` makes them; raises Misconfigured for others."""
        try:
            self._box = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise Misconfigured(
                "STEWARD_ENCRYPTION_KEY must be 32 random bytes in URL-safe base64; make one with "
                "“steward workspaces key”"
            ) from error

    def seal(self, secret: str, *, about: str) -> str:
        """Return a secret as it may be stored."""
        return self._box.encrypt(f"{about}\n{secret}".encode()).decode()

    def open(self, sealed: str, *, about: str) -> str:
        """Return the secret; raises Misconfigured when no key opens it or it is another's."""
        try:
            owner, _, secret = self._box.decrypt(sealed).decode().partition("\n")
        except InvalidToken as error:
            raise Misconfigured(_LOST) from error
        if owner != about:
            raise Misconfigured(f"the token stored for {about} was made for another workspace")
        return secret


def new_key() -> str:
    """Return a new key."""
    return Fernet.generate_key().decode()
