"""Which database is looked over."""

from bot.settings import Settings
from core.errors import Invalid, Misconfigured
from storage.database import Database


def database_of(settings: Settings) -> Database:
    """Return the database of the settings; raises Misconfigured when they name none."""
    home = Database(settings.database_url)
    try:
        return home.for_workspace(settings.workspace) if settings.workspace else home
    except Invalid as error:
        raise Misconfigured(str(error)) from error
