"""What Slack sends and what is done about it: one feature a file, each with `register(app)`."""

from importlib import import_module
from pkgutil import iter_modules

from slack_bolt.async_app import AsyncApp

OFTEN = ("questions", "recommendations")
"""What comes most often. Bolt asks one listener after the other, and each takes as long to say no
as it takes to read the request."""


def register(app: AsyncApp) -> None:
    """Register the listeners of every file in this package that has any."""
    names = [module.name for module in iter_modules(__path__)]
    for name in sorted(names, key=lambda name: (name not in OFTEN, name)):
        feature = import_module(f"{__name__}.{name}")
        if hasattr(feature, "register"):
            feature.register(app)
