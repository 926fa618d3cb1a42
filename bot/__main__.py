"""The command `steward`, also `python -m bot`."""

import sys

from core.errors import StewardError


def main() -> None:
    """Run one command; an error of Steward's own becomes one line and exit code 1."""
    from bot.cli.commands import application

    try:
        application()()
    except StewardError as error:
        from bot.cli.saying import line

        print(line(error), file=sys.stderr)  # noqa: T201 - this is the terminal
        sys.exit(1)


if __name__ == "__main__":
    main()
