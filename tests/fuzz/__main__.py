"""`make fuzz`: let each target meet what a fuzzer thinks of, for so many seconds.

With atheris the inputs follow what they reach in the program; where it cannot be installed (it has
wheels for some Pythons on Linux only) Hypothesis draws them, which is said.
"""

import subprocess
import sys
import time
from importlib.util import find_spec

NAMES = ("guard", "importer", "language", "escaping")
INSTRUMENTED = ("bot", "storage", "core", "slack_bolt.request")


def main(arguments: list[str]) -> int:
    """Run all targets one after the other, or the one that is named."""
    seconds = int(arguments[0]) if arguments else 60
    if len(arguments) > 1:
        return by_atheris(arguments[1], seconds)
    if find_spec("atheris") is None:
        say("atheris is not installed here: Hypothesis draws the inputs, without coverage.")
        return max(by_hypothesis(name, seconds) for name in NAMES)
    runs = [[sys.executable, "-m", "tests.fuzz", str(seconds), name] for name in NAMES]
    return max(subprocess.run(one, check=False).returncode for one in runs)


def by_atheris(name: str, seconds: int) -> int:
    """Follow the coverage; an input that breaks the target is written to a file and named."""
    import atheris  # type: ignore[import-untyped]  # it has none

    with atheris.instrument_imports(include=list(INSTRUMENTED)):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]()
    say(f"{name}: {seconds} s")
    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-len_control=0",
        "-rss_limit_mb=3072",
    ]
    atheris.Setup([name, *options], target)
    atheris.Fuzz()
    return 0


def by_hypothesis(name: str, seconds: int) -> int:
    """Draw bytes until the time is over; an input that breaks the target is shown, made small."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from tests.fuzz.targets import TARGETS

    target, ends, count = TARGETS[name](), time.monotonic() + seconds, 0

    @settings(max_examples=2000, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(st.binary(max_size=600))
    def some(data: bytes) -> None:
        nonlocal count
        count += 1
        target(data)

    while time.monotonic() < ends:
        some()
    target.close()
    say(f"{name}: {count} inputs, none broke it.")
    return 0


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - this is the terminal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
