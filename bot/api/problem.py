"""A problem as it is answered, and what turns exceptions into it."""

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException

from bot.api import kinds
from bot.api.kinds import Kind, Refused, kind_of
from bot.api.model import Model
from bot.sentences import unexpected
from core.errors import AlreadyDecided, Invalid, StewardError

MEDIA = "application/problem+json"
log = logging.getLogger(__name__)


class Mistake(Model):
    """One thing about a request that has to be mended."""

    where: str = Field(
        description="The part of the request: body, query, path or header.", examples=["body"]
    )
    pointer: str = Field(
        description="A JSON pointer to the value in that part, as a URI fragment.",
        examples=["#/outcome"],
    )
    detail: str = Field(
        description="What is wrong with it.",
        examples=["String should have at least 1 character"],
    )


class Problem(Model):
    """Why a request was declined (RFC 9457)."""

    type: str = Field(
        description="The kind of problem: an address on this server that explains it.",
        json_schema_extra={"format": "uri-reference"},
        examples=["/docs/problems#already-decided"],
    )
    title: str = Field(
        description="The kind of problem in words.", examples=["It was decided already"]
    )
    status: int = Field(description="The status code once more.", examples=[409])
    detail: str = Field(
        description="What happened this time, and what to do next, for a person to read.",
        examples=[
            "It is accepted by Ben Carter on 2026-03-03 at 09:00 UTC, so nothing was changed. "
            "Read it again to see how it stands."
        ],
    )
    errors: list[Mistake] | None = Field(
        default=None, description="Each value that has to be mended; only with status 422."
    )
    current_status: str | None = Field(
        default=None,
        description="How the action stands; only when it was decided already.",
        examples=["accepted"],
    )
    decided_by: str | None = Field(
        default=None, description="Who decided that, by name.", examples=["Ben Carter"]
    )
    decided_at: datetime | None = Field(
        default=None, description="When that was decided.", examples=["2026-03-03T09:00:00Z"]
    )
    reference: str | None = Field(
        default=None,
        description="What finds an unforeseen error in the log; only with status 500.",
        examples=["3f9a1c07"],
    )


def answer(
    kind: Kind,
    detail: str,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return the response for a problem; `more` are its further members."""
    problem = Problem(
        type=kind.type, title=kind.title, status=status or kind.status, detail=detail, **more
    )
    body = problem.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Response(json.dumps(body, ensure_ascii=False), problem.status, headers, media_type=MEDIA)


def unforeseen(error: Exception) -> Response:
    """Log an error that nobody foresaw and return its reference, and nothing else of it."""
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s", reference, exc_info=error)
    return answer(kinds.FAILED, unexpected(reference), reference=reference)


def handle_problems(app: FastAPI) -> None:
    """Answer every foreseen exception of an app with its problem."""
    app.add_exception_handler(StewardError, _declined)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unusable)
    app.add_exception_handler(HTTPException, _by_status)


async def _declined(_: Request, error: Exception) -> Response:
    assert isinstance(error, StewardError)
    kind = kind_of(error)
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'} if kind.status == 401 else None
    return answer(kind, kind.says(error), headers=headers, **_facts(error))


def _facts(error: StewardError) -> dict[str, Any]:
    if isinstance(error, AlreadyDecided):
        by, at = error.by, error.at
        return {"current_status": error.status, "decided_by": by, "decided_at": at}
    if isinstance(error, Invalid):
        pointer = f"#/{error.field}" if error.field else "#"
        return {"errors": [Mistake(where="body", pointer=pointer, detail=error.message)]}
    return {}


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(error.kind, error.detail, headers=error.headers)


async def _unusable(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    mistakes = [_mistake(one) for one in error.errors()]
    said = "; ".join(f"{one.where} {one.pointer}: {one.detail}" for one in mistakes[:5])
    return answer(kinds.INVALID, f"{said}.", errors=mistakes)


def _mistake(found: Mapping[str, Any]) -> Mistake:
    where, *steps = cast("Sequence[str | int]", found["loc"])
    if found["type"] == "json_invalid":
        return Mistake(where="body", pointer="#", detail="The body is no JSON")
    path = "".join(f"/{_escaped(str(step))}" for step in steps)
    return Mistake(where=str(where), pointer=f"#{path}", detail=_printable(str(found["msg"])[:300]))


def _escaped(step: str) -> str:
    """Write a step of a JSON pointer, cut to what an answer can hold."""
    return _printable(step[:60]).replace("~", "~0").replace("/", "~1")


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


async def _by_status(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, UnicodeError):
        mistake = Mistake(where="body", pointer="#", detail="The body is not UTF-8")
        return answer(kinds.INVALID, "body #: The body is not UTF-8.", errors=[mistake])
    known = {404: kinds.NO_SUCH_PATH, 405: kinds.METHOD}
    kind = known.get(error.status_code, kinds.OTHER)
    detail = f"{HTTPStatus(error.status_code).phrase}. The addresses are listed under /docs."
    return answer(kind, detail, status=error.status_code, headers=error.headers)
