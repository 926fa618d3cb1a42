"""All commands of `steward`, gathered."""

import typer

from bot.cli.ask import ask
from bot.cli.audit import audit
from bot.cli.demo import demo
from bot.cli.digest import digest
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.imports import import_command
from bot.cli.inside import give_option
from bot.cli.learning import learning
from bot.cli.migrate import migrate
from bot.cli.people import people
from bot.cli.playground import playground
from bot.cli.plays import plays
from bot.cli.serve import serve
from bot.cli.tokens import tokens
from bot.cli.workspaces import workspaces


def application() -> typer.Typer:
    """Return the command line."""
    steward = typer.Typer(
        name="steward",
        help="Tells Customer Success Managers what to do next, and why.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in (serve, playground, demo, ask, digest, migrate, doctor, plays, audit):
        steward.command()(command)
    steward.command("import")(import_command)
    steward.add_typer(people(), name="people")
    steward.add_typer(evaluate(), name="evaluate")
    steward.add_typer(learning(), name="learning")
    steward.add_typer(tokens(), name="token")
    steward.add_typer(workspaces(), name="workspaces")
    steward.callback()(_steward)
    give_option(steward)
    return steward


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"steward {version('steward')}")
        raise typer.Exit


def _steward(
    version: bool = typer.Option(
        False, "--version", help="Print the version.", is_eager=True, callback=_say_version
    ),
) -> None:
    """Tells Customer Success Managers what to do next, and why."""
    del version
