"""Starts Steward's processes in milliseconds: everything is imported once, then forked.

A line on standard input is the port to serve on; the answer is the new process's id. What runs is
`steward serve`, and it is killed as a process is killed.
"""

import os
import signal
import sys
import traceback

import bot.cli.serve
import bot.serving
from bot.jobs.scheduler import jobs
from bot.language.offline.offline import Offline
from bot.tools.catalogue import tools


def main() -> None:
    """Import, then fork for every line until there are no more."""
    jobs()
    tools()
    Offline().warm()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    _say("ready")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _serve(line.strip())
        _say(str(pid))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _serve(port: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ["PORT"] = port
    status = 1
    try:
        bot.cli.serve.serve()
        status = 0
    except BaseException:  # noqa: BLE001 - this process ends here, and says why
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
