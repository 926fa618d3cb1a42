"""The flows hold against local-slack, an independent stand-in, over HTTP and by Socket Mode."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.processes import ROOT, clean

HERE = Path(__file__).parent
BINARY = HERE / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
NAMESPACE = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--net")
"""local-slack listens on all interfaces; in a namespace of its own nobody else hears it."""

FLOWS = "ip link set lo up && exec {python} -m pytest -q -p no:xdist {flows}"


def why_not() -> str | None:
    """Say what is missing for these tests on this machine."""
    if not BINARY.exists():
        return "local-slack is not installed: npm ci in tests/end_to_end"
    if not (shutil.which("unshare") and shutil.which("ip")):
        return "unshare or ip is not installed: util-linux, iproute2"
    tried = subprocess.run([*NAMESPACE, "ip", "link", "set", "lo", "up"], capture_output=True)
    return None if tried.returncode == 0 else "network namespaces are not allowed here"


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_the_flows_hold_against_an_independent_slack(mode: str) -> None:
    missing = why_not()
    if missing:
        pytest.skip(missing)
    flows = FLOWS.format(python=sys.executable, flows=HERE / "inside" / "flows.py")

    ran = subprocess.run(
        [*NAMESPACE, "sh", "-c", flows],
        cwd=ROOT,
        env=clean({"STEWARD_END_TO_END": mode}),
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
