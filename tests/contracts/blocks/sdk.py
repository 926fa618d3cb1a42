"""slack_sdk's models: every validator of every object in a payload is run."""

import inspect
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.contracts.blocks.payload import Finding, Payload


def check(payloads: Sequence[Payload]) -> list[Finding]:
    """Return what slack_sdk says against each payload."""
    with _heard() as said:
        return list(dict.fromkeys(one for p in payloads for one in _check(p, said)))


def _check(payload: Payload, said: list[str]) -> Iterator[Finding]:
    if payload.kind != "message":
        yield from _checked(payload, "", lambda: View(**payload.json), said)
        return
    for number, raw in enumerate(payload.json.get("blocks") or []):
        yield from _checked(payload, f"/blocks/{number}", partial(Block.parse, raw), said)


def _checked(
    payload: Payload, pointer: str, make: Callable[[], object], said: list[str]
) -> Iterator[Finding]:
    said.clear()
    try:
        made = make()
    except (TypeError, SlackObjectFormationError) as error:  # a missing or unknown keyword
        yield Finding(payload.name, pointer, str(error))
        return
    for line in said:
        if "Unknown" in line or "were ignored" in line:
            yield Finding(payload.name, pointer, line[:240])
    for place, fault in _faults(made, pointer):
        yield Finding(payload.name, place, fault)


def _faults(made: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(made, list | tuple):
        for number, one in enumerate(made):
            yield from _faults(one, f"{pointer}/{number}")
    if not isinstance(made, JsonObject):
        return
    for validate in _validators(made):
        try:
            validate()
        except SlackObjectFormationError as error:
            yield pointer, f"{type(made).__name__}: {error}"
    for key in {key.lstrip("_") for key in vars(made)} & set(made.attributes):
        yield from _faults(made.get_object_attribute(key), f"{pointer}/{key}")


def _validators(made: JsonObject) -> Iterator[Callable[[], Any]]:
    for name in dir(made):
        method = None if name.startswith("__") else inspect.getattr_static(type(made), name, None)
        if callable(method) and hasattr(method, "validator"):
            yield getattr(made, name)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what slack_sdk logs while it parses: keys that it does not know."""
    said: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]  # a handler is its emit
    log = logging.getLogger("slack_sdk")
    level, propagate = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    try:
        yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagate
