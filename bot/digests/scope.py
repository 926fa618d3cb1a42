"""Whose accounts a digest is about."""

from storage.digests import Scope
from storage.people import Csm


def scope_of(csm: Csm) -> Scope:
    """Return whose accounts a person's digest is about: a CSM's own, anybody else's team's."""
    return "me" if csm.role == "csm" else "team"
