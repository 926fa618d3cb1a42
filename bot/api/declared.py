"""What the schema says of every endpoint: its problems and the headers of its answers."""

from typing import Any

from bot.api.problem import Problem

Responses = dict[int | str, dict[str, Any]]

_MEANS = {
    401: "The access token is missing, unknown, expired or revoked.",
    403: "It exists, and you may not see it.",
    404: "It does not exist.",
    409: "It was decided already, or cannot be decided that way any more.",
    412: "It has changed since the version that If-Match names.",
    413: "The body is larger than 64 kB.",
    422: "A value cannot be used; `errors` says which, and how to mend it.",
    429: "Too many requests with this token.",
    500: "An unforeseen error; `reference` finds it in the log.",
    503: "The data cannot be reached at the moment.",
}
_HEADERS = {
    401: {"WWW-Authenticate": "The scheme, Bearer."},
    429: {"Retry-After": "Seconds until the next request may come."},
}
_READING = (401, 403, 404, 413, 422, 429, 500, 503)
_DECIDING = (*_READING, 409, 412)


def problems(*, deciding: bool = False) -> Responses:
    """Declare the problems of an endpoint that reads, or of one that decides."""
    return {status: _problem(status) for status in sorted(_DECIDING if deciding else _READING)}


def versioned(description: str) -> dict[str, Any]:
    """Declare an answer that carries its version."""
    headers = {"ETag": "The action's version, for If-Match."}
    return {"description": description, "headers": _declared(headers)}


def _problem(status: int) -> dict[str, Any]:
    declared: dict[str, Any] = {"model": Problem, "description": _MEANS[status]}
    if status in _HEADERS:
        declared["headers"] = _declared(_HEADERS[status])
    return declared


def _declared(headers: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": says, "schema": {"type": "string"}, "required": True}
        for name, says in headers.items()
    }
