"""The API as one app: endpoints, their schema, its pages, and what stands around them."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from bot.api import deciding, docs, reading
from bot.api.guard import Guard
from bot.api.parts import ApiParts
from bot.api.problem import MEDIA, handle_problems

_ABOUT = """\
What a Customer Success Manager should do next for each account, and why; and what they decide.

Make an access token with `steward token create EMAIL --name NAME` and send it as
`Authorization: Bearer stw_…`. It acts as that person. Declined requests are answered with
[problem details](docs/problems). A token may ask 120 times a minute in each process.
"""
_FAILING = range(400, 600)


class Api(FastAPI):
    """A web app whose declared problems have the media type in which they are answered."""

    def openapi(self) -> dict[str, Any]:
        """Return the schema."""
        if self.openapi_schema is None:
            self.openapi_schema = _with_problem_media(super().openapi())
        return self.openapi_schema


def api_app(parts: ApiParts) -> Api:
    """Return the web app: the API at /api, its schema at /openapi.json, its pages at /docs."""
    app = Api(
        title="Steward",
        version=version("steward"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(Guard)],
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.parts = parts
    handle_problems(app)
    for routes in (reading.routes(), deciding.routes(), docs.routes()):
        app.include_router(routes)
    return app


def _with_problem_media(schema: dict[str, Any]) -> dict[str, Any]:
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) in _FAILING and "application/json" in response["content"]:
                    response["content"] = {MEDIA: response["content"]["application/json"]}
    return schema
