"""One process serves a SQLite file: it holds the file's lock for as long as it lives."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from core.errors import Misconfigured


@contextmanager
def sole(url: str) -> Iterator[None]:
    """Hold a SQLite file inside the block; raises Misconfigured when another process does.

    The lock ends with its process, however that ends; its file stays and means nothing by itself.
    On PostgreSQL any number of processes may serve.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        yield
        return
    path = Path(str(address.database)).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}-lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise Misconfigured(
                f"another process ({lock.read().strip() or 'unknown'}) serves {path} already; stop "
                "it first, or use PostgreSQL, which many may serve"
            ) from error
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}")
        lock.flush()
        yield
