"""`--workspace`: every command that works with data takes it, however it was declared."""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

import typer

_CHOSEN: ContextVar[str] = ContextVar("workspace", default="")

ELSEWHERE = ("serve", "playground", "workspaces", "plays")
"""Commands that are about all workspaces or none."""

_OPTION = inspect.Parameter(
    "workspace",
    inspect.Parameter.KEYWORD_ONLY,
    annotation=str,
    default=typer.Option(
        "",
        metavar="TEAM",
        envvar="STEWARD_WORKSPACE",
        help="Work on the data of that workspace, as `steward workspaces` lists it.",
        show_default=False,
    ),
)


def chosen() -> str:
    """Return the workspace that the command line or STEWARD_WORKSPACE names, or nothing."""
    return _CHOSEN.get()


def give_option(application: typer.Typer) -> None:
    """Give the option to every command of an application and its groups."""
    for command in application.registered_commands:
        run = command.callback
        if run is not None and (command.name or run.__name__) not in ELSEWHERE:
            command.callback = inside(run)
    for group in application.registered_groups:
        if group.typer_instance is not None and group.name not in ELSEWHERE:
            give_option(group.typer_instance)


def inside(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that takes the option, notes it, and runs."""
    signature = inspect.signature(run)

    @wraps(run)
    def noting(*args: Any, workspace: str = "", **kwargs: Any) -> Any:
        _CHOSEN.set(workspace.strip().upper())
        return run(*args, **kwargs)

    parameters = [*signature.parameters.values(), _OPTION]
    noting.__annotations__ = {**run.__annotations__, "workspace": str}
    vars(noting)["__signature__"] = signature.replace(parameters=parameters)
    return noting
