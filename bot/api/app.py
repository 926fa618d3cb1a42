"""The API as one app: endpoints, their schema, its pages, and what stands around them."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from bot.api import deciding, docs, reading
from bot.api.guard import Guard
from bot.api.parts import ApiParts, Inside, nobody_inside
from bot.api.problem import MEDIA, handle_problems

_ABOUT = """\
What a Customer Success Manager should do next for each account, and why; and what they decide.

Make an access token with `steward token create EMAIL --name NAME` and send it as
`Authorization: Bearer stw_…`. It acts as that person. Declined requests are answered with
[problem details](docs/problems). A token may ask 120 times a minute in each process.
"""
_FAILING = range(400, 600)


class Api(FastAPI):
    """A web app whose schema says no more and no less than what it answers."""

    def openapi(self) -> dict[str, Any]:
        """Return the schema."""
        if self.openapi_schema is None:
            self.openapi_schema = _truer(super().openapi())
        return self.openapi_schema


def api_app(parts: ApiParts, inside: Inside = nobody_inside) -> Api:
    """Return the web app: the API at /api, its schema at /openapi.json, its pages at /docs.

    `parts` are for access tokens that name no workspace, `inside` gives those for the others.
    """
    app = Api(
        title="Steward",
        version=version("steward"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(Guard)],
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.parts, app.state.inside = parts, inside
    handle_problems(app)
    for routes in (reading.routes(), deciding.routes(), docs.routes()):
        app.include_router(routes)
    return app


def _truer(schema: dict[str, Any]) -> dict[str, Any]:
    """Say what FastAPI does not: the media type of problems, and that no parameter is null."""
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) in _FAILING:
                    response["content"] = {MEDIA: response["content"]["application/json"]}
            for parameter in operation.get("parameters", []):
                parameter["schema"] = _without_null(parameter["schema"])
    return schema


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out that a value may be null: what is not sent is not null."""
    choice = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    if len(choice) == 1:
        return {**choice[0], **{name: said for name, said in schema.items() if name != "anyOf"}}
    return schema | ({"anyOf": choice} if choice else {})
