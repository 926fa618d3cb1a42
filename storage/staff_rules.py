"""What must be true of a person before they are kept: an address, a name, a manager above them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from core.errors import CsmUnknown, Invalid
from storage.tables import Csm as CsmRow


def check_person(address: str, name: str) -> None:
    """Raise Invalid for what is no address or no name."""
    if "@" not in address or " " in address:
        raise Invalid(f"{address!r} is no e-mail address.", field="email")
    if not name.strip():
        raise Invalid("A person needs a name.", field="name")


async def is_taken(session: AsyncSession, address: str) -> bool:
    """Tell whether somebody has that address."""
    found = select(col(CsmRow.id)).where(col(CsmRow.email) == address)
    return await session.scalar(found) is not None


async def check_manager(session: AsyncSession, id: str, manager: str) -> None:
    """Raise for a manager who is not there, or who reports to the person in turn."""
    rows = await session.execute(select(col(CsmRow.id), col(CsmRow.manager_id)))
    above: dict[str, str | None] = {row[0]: row[1] for row in rows}
    if manager not in above:
        raise CsmUnknown(manager)
    seen: set[str] = set()
    step: str | None = manager
    while step is not None and step not in seen:
        if step == id:
            raise Invalid("That person reports to them in turn. Choose another.", field="manager")
        seen.add(step)
        step = above.get(step)
