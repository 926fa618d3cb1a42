"""The pages about the API: Swagger UI from its package, so without network, and the problems."""

import html
from importlib import resources
from string import Template

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.api import kinds

SECURITY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
"""Nothing inline, nothing from elsewhere."""

_FILES = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_START = """\
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
});
"""
_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="${files}favicon-32x32.png">
<link rel="stylesheet" href="${files}swagger-ui.css">
</head>
<body>
$body
</body>
</html>
""")


async def docs(_: Request) -> Response:
    """Return the page that shows the schema and lets people try it."""
    body = (
        '<div id="docs"></div>\n'
        '<script src="docs/swagger-ui-bundle.js"></script>\n'
        '<script src="docs/start.js"></script>'
    )
    return _page("Steward's API", body, files="docs/")


async def explained(_: Request) -> Response:
    """Return the page that every problem's type points into."""
    rows = "\n".join(
        f'<tr id="{kind.name}"><td>{kind.status}</td><td>{kind.name}</td>'
        f"<td>{html.escape(kind.title)}</td></tr>"
        for kind in kinds.kinds()
    )
    body = (
        '<main class="swagger-ui"><div class="wrapper"><h1>Problems</h1>\n'
        "<p>An answer of the media type application/problem+json says in its detail what happened "
        "and what to do next. Its type points to one of these.</p>\n"
        "<table><thead><tr><th>Status</th><th>Type</th><th>Title</th></tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></div></main>"
    )
    return _page("Problems of Steward's API", body)


async def start(_: Request) -> Response:
    """Return the script that starts Swagger UI."""
    return Response(_START, media_type="text/javascript")


async def file(request: Request) -> Response:
    """Return one of Swagger UI's files."""
    name = request.url.path.rpartition("/")[2]
    content = resources.files("fastapi_swagger.resources").joinpath(name).read_bytes()
    return Response(content, headers={"Cache-Control": "max-age=3600"}, media_type=_FILES[name])


def routes() -> APIRouter:
    """Return the pages and their files; they are no part of the schema."""
    router = APIRouter(include_in_schema=False)
    router.add_route("/docs", docs, methods=["GET"])
    router.add_route(kinds.WHERE, explained, methods=["GET"])
    router.add_route("/docs/start.js", start, methods=["GET"])
    for name in _FILES:
        router.add_route(f"/docs/{name}", file, methods=["GET"])
    return router


def _page(title: str, body: str, *, files: str = "") -> Response:
    """Return a page; `files` leads from its address to the files."""
    text = _PAGE.substitute(title=html.escape(title), body=body, files=files)
    return HTMLResponse(text, headers={"Content-Security-Policy": SECURITY})
