"""The three pages of an installation: where it begins, where it went well, where it did not."""

from html import escape
from urllib.parse import quote

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",  # an address that was come back to holds a code
    "X-Content-Type-Options": "nosniff",
}

AGAIN = "/slack/install"

WHY = {
    "access_denied": "It was cancelled, so nothing was installed and nothing was kept.",
    "invalid_browser": "It was begun in another browser or window. Begin again here.",
    "invalid_state": "This page was used already, or took longer than ten minutes. Begin again.",
    "missing_code": "Slack sent no proof of your consent. Begin again.",
    "invalid_code": "Slack did not take its own code any more. Begin again.",
    "organization": "Steward is installed to one workspace at a time, not to a whole organization. "
    "Begin again and choose a workspace.",
    "no_bot": "Slack gave Steward no bot in that workspace. Ask whoever runs Steward to compare "
    "the app with manifest.yml, then begin again.",
    "slack": "Slack does not answer at the moment. Begin again in a minute.",
    "busy": "Many installations were begun within a minute. Begin again in a minute.",
    "other": "Slack did not let it happen. Begin again; if it stays so, tell whoever runs Steward.",
}
"""Why an installation was not made, and what to do next, by the reason's name."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}}
a{{color:#0b57d0}}</style>
<h1>{title}</h1>
{body}
</html>
"""


def begin(url: str) -> str:
    """Return the page that leads to Slack."""
    body = (
        "<p>Steward tells Customer Success Managers what to do next, and why. Slack shows what it "
        "may do in your workspace, and asks you.</p>"
        f'<p><a href="{escape(url)}">Add Steward to Slack</a></p>'
    )
    return _PAGE.format(title="Install Steward", body=body)


def done(name: str, team: str, app: str) -> str:
    """Return the page after an installation."""
    link = f"https://slack.com/app_redirect?app={quote(app)}&team={quote(team)}"
    body = (
        f"<p>Steward is in <b>{escape(name)}</b>, and you are its first admin there. Write to it, "
        "and it knows you. Whoever runs it brings in your accounts, and needs this id for that: "
        f"<code>{escape(team)}</code>.</p>"
        f'<p><a href="{escape(link)}">Open Steward in Slack</a></p>'
    )
    return _PAGE.format(title="Steward is installed", body=body)


def failed(why: str) -> str:
    """Return the page when nothing was installed; `why` is one of ours."""
    body = f'<p>{escape(why)}</p><p><a href="{AGAIN}">Begin again</a></p>'
    return _PAGE.format(title="Steward was not installed", body=body)
