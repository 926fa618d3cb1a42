"""What Slack sends and what is done about it: one feature a file, each with `register(app)`."""

from importlib import import_module
from pkgutil import iter_modules

from slack_bolt.async_app import AsyncApp


def register(app: AsyncApp) -> None:
    """Register the listeners of every file in this package that has any."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        feature = import_module(f"{__name__}.{module.name}")
        if hasattr(feature, "register"):
            feature.register(app)
