"""A SQLite file is served by one process, and that process alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import Misconfigured
from storage.sole import sole

HOLD = """
import sys
from storage.sole import sole
with sole(sys.argv[1]):
    print('held', flush=True)
    input()
"""


def test_a_second_process_is_declined_until_the_first_ends(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'steward.db'}"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"

    with pytest.raises(Misconfigured, match=rf"another process \(pid {holder.pid}\) serves"):
        _hold(url)

    holder.kill()  # however it ends: the lock ends with it
    holder.communicate()
    _hold(url)


def test_postgresql_may_be_served_by_many() -> None:
    with sole("postgresql://somebody@somewhere/steward"):
        _hold("postgresql://somebody@somewhere/steward")


def _hold(url: str) -> None:
    with sole(url):
        pass
