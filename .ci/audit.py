"""Ask whether a known weakness is in what is installed, and write down what that is (an SBOM).

Ends with 0 when there is none, 1 when there is, and 75 when the advisories cannot be reached.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

HERE = Path(__file__).parent.parent
LOCK = HERE / "requirements.lock"
SBOM = HERE / "dist" / "sbom.cdx.json"
UNREACHABLE = 75

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main() -> int:
    """Write the SBOM, then ask for what is known of each package."""
    components = list(packages(LOCK.read_text()))
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(sbom(components))
    say(f"{len(components)} packages are listed in {SBOM.relative_to(HERE)}.")
    found = advisories()
    if not found or all("skip_reason" in one for one in found):
        say("The advisories cannot be reached from here: nothing was audited.")
        return UNREACHABLE
    return verdict(found)


def packages(lock: str) -> Iterator[Component]:
    """Give what a lock pins, with the hashes of its files."""
    for part in re.split(r"\n(?=[A-Za-z0-9])", lock):
        if pinned := _PINNED.match(part):
            name, version = pinned.groups()
            yield Component(
                type=ComponentType.LIBRARY,
                name=name,
                version=version,
                purl=PackageURL("pypi", None, name, version),
                bom_ref=f"{name}=={version}",
                hashes=[
                    HashType(alg=HashAlgorithm.SHA_256, content=one) for one in _HASH.findall(part)
                ],
            )


def sbom(components: list[Component]) -> str:
    """Return the list of components as CycloneDX."""
    steward = Component(type=ComponentType.APPLICATION, name="steward", bom_ref="steward")
    bom = Bom(components=components)
    bom.metadata.component = steward
    bom.register_dependency(steward, components)
    return str(JsonV1Dot6(bom).output_as_string(indent=2))


def advisories() -> list[dict[str, Any]]:
    """Return what is known of each package; nothing when the service did not answer."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    command += ["--progress-spinner=off", "--format=json", "--requirement", str(LOCK)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return list(json.loads(ran.stdout)["dependencies"])
    except (KeyError, ValueError):
        say(ran.stderr.strip().splitlines()[-1] if ran.stderr.strip() else "pip-audit said nothing")
        return []


def verdict(found: list[dict[str, Any]]) -> int:
    """Say which packages have a weakness or could not be looked up; 1 when there are any."""
    bad = [
        f"{one['name']} {one['version']}: {weak['id']}, mended in {weak['fix_versions'] or 'none'}"
        for one in found
        for weak in one.get("vulns", ())
    ]
    bad += [f"{one['name']}: {one['skip_reason']}" for one in found if "skip_reason" in one]
    say("\n".join(bad) or f"No weakness is known in {len(found)} packages.")
    return 1 if bad else 0


def say(line: str) -> None:
    """Print a line."""
    print(line)  # noqa: T201 - this is the terminal


if __name__ == "__main__":
    sys.exit(main())
