"""The list of imports, and taking one back."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from storage.database import Database


async def listed(database: "Database", console: "Console", *, as_json: bool) -> int:
    """Print all imports, newest first."""
    from rich.table import Table
    from rich.text import Text

    from storage.imports import history

    found = await history(database)
    if as_json:
        rows = [
            {
                "id": one.id,
                "source": one.source,
                "paths": list(one.paths),
                "started_at": one.started_at.isoformat(),
                "undone_at": one.undone_at and one.undone_at.isoformat(),
                "rows": one.rows,
            }
            for one in found
        ]
        console.out(json.dumps(rows, indent=2), highlight=False)
        return 0
    if not found:
        console.print("Nothing was imported yet. Begin with: steward import PATH --dry-run")
        return 0
    table = Table("id", "source", "when (UTC)", "rows", "state", "from", box=None)
    for one in found:
        state = f"undone {_at(one.undone_at)}" if one.undone_at else "in"
        paths = Text(", ".join(one.paths))
        table.add_row(one.id[:8], one.source, _at(one.started_at), f"{one.rows:,}", state, paths)
    console.print(table)
    console.print("Take one back with: steward import --undo ID (its first characters are enough)")
    return 0


async def undone(
    database: "Database", id: str, console: "Console", *, as_json: bool, now: datetime
) -> int:
    """Take an import back and say what that did."""
    from storage.imports import undo

    done = await undo(database, id, now)
    if as_json:
        told = {"undone": done.import_id, "removed": done.removed, "restored": done.restored}
        console.out(json.dumps(told), highlight=False)
        return 0
    console.print(
        f"Import {done.import_id} is undone: {done.removed:,} rows removed, {done.restored:,} rows "
        "have their former values again."
    )
    return 0


def _at(moment: datetime | None) -> str:
    return f"{moment:%d %b %Y %H:%M}" if moment else ""
