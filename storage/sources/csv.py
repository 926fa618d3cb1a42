"""Any table whose headers use the usual words: accounts, contacts, tickets, deals, history."""

from storage.imports.kinds.accounts import ACCOUNTS
from storage.imports.kinds.history import ACTIVITIES, HEALTH, MEETINGS, RISKS, USAGE
from storage.imports.kinds.money import CONTRACTS, DEALS
from storage.imports.kinds.people import CONTACTS, CSMS
from storage.imports.kinds.support import TICKETS
from storage.imports.sheet import Kind, Sheet, Source

_TURNOVER = "this is usually the customer's own turnover, not what it pays you (ARR)"


def _sheet(kind: Kind) -> Sheet:
    return Sheet(
        name=kind.name,
        kind=kind,
        signature=(),
        columns={name: kind.names.get(name, ()) for name in kind.fields},
        files=(f"*{kind.name}*",),
        ignored={"annual revenue": _TURNOVER, "revenue": _TURNOVER},
    )


CSV = Source(
    name="csv",
    title="a table",
    sheets=tuple(
        _sheet(kind)
        for kind in (
            CSMS, ACCOUNTS, CONTACTS, CONTRACTS, DEALS, TICKETS, HEALTH, USAGE, MEETINGS,
            ACTIVITIES, RISKS,
        )
    ),
    general=True,
    borrows=True,
)  # fmt: skip
