"""What an entry of a team's file may hold: names, types and bounds."""

from collections import defaultdict
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from bot.catalogue_file.document import Path
from bot.catalogue_file.report import Report
from core.plays.play import Lean
from core.recommendations import Category
from core.resources.resource import Kind, Reader

Name = Annotated[str, Field(max_length=60)]
_ONE_LINE = StringConstraints(strip_whitespace=True, min_length=3, pattern=r"^[^\r\n]*$")
Short = Annotated[str, _ONE_LINE, Field(max_length=60)]
Line = Annotated[str, Field(min_length=3, max_length=300)]
Days = Annotated[int, Field(ge=0, le=365)]

_SAYS = {
    "string_type": "must be a text; put it in quotes",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "string_pattern_mismatch": "must be one line",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must hold names with values",
    "model_type": "must hold names with values",
    "missing": "is missing",
}


class Form(BaseModel):
    """Base of all forms: nothing is converted and nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class RulesForm(Form):
    """The few numbers that a team may set."""

    most_new_a_week: int | None = Field(default=None, ge=1, le=50)
    exploration: float | None = Field(default=None, ge=0, le=0.5)
    near: float | None = Field(default=None, ge=0, le=20)


class SignalForm(Form):
    """What of a signal may be changed."""

    weight: float | None = Field(default=None, gt=0, le=1)
    limits: dict[str, float] = {}


class SoonerForm(Form):
    """An earlier day and the conditions of which one has to be met."""

    days: Days
    when: list[str] = Field(min_length=1)


class DueForm(Form):
    """In how many days something is due."""

    usually: Days
    sooner: list[SoonerForm] = []


class PlayForm(Form):
    """A play, or what is changed of one."""

    off: bool = False
    title: Short | None = None
    category: Category | None = None
    lean: Lean | None = None
    headline: Annotated[str, _ONE_LINE, Field(max_length=150)] | None = None
    needs: list[Name] | None = None
    any_of: list[Name] | None = None
    unless: list[Name] | None = None
    supports: list[Name] | None = None
    due: DueForm | None = None
    expected_outcome: Line | None = None
    approach: list[Line] | None = Field(default=None, min_length=1, max_length=10)
    talking_points: list[Line] | None = Field(default=None, max_length=10)
    avoid: Annotated[str, Field(max_length=300)] | None = None
    prior: float | None = Field(default=None, ge=0.01, le=0.99)
    cooldown_days: int | None = Field(default=None, ge=1, le=365)
    resources: list[Name] | None = Field(default=None, max_length=20)
    fulfilled_by: list[Name] | None = None


class ResourceForm(Form):
    """A template or link, or what is changed of one."""

    title: Short | None = None
    kind: Kind | None = None
    to: Reader | None = None
    subject: Annotated[str, Field(max_length=120)] | None = None
    body: Annotated[str, Field(min_length=3, max_length=5000)] | None = None
    minutes: int | None = Field(default=None, ge=5, le=480)
    url: Annotated[str, Field(max_length=2000)] | None = None


F = TypeVar("F", bound=Form)


def parsed(form: type[F], data: Any, path: Path, report: Report) -> F:
    """Return an entry's data as its form; what is wrong is reported and then left out."""
    if not isinstance(data, dict):
        report.value(path, _SAYS["model_type"])
        return form()
    try:
        return form.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
    wrong: dict[str, list[ErrorDetails]] = defaultdict(list)
    for one in found:
        wrong[str(one["loc"][0])].append(one)
        _tell(one, path, form, report)
    return form.model_validate({key: value for key, value in data.items() if key not in wrong})


def _tell(error: ErrorDetails, path: Path, form: type[Form], report: Report) -> None:
    way = (*path, *error["loc"])
    if error["type"] == "extra_forbidden":
        known = set(form.model_fields) if len(error["loc"]) == 1 else _inner(error["loc"])
        report.unknown(way, str(way[-1]), known, "key")
    elif error["type"] == "missing":
        report.key(way, "is missing")
    else:
        report.value(way, _SAYS.get(error["type"]) or _plain(error["msg"]))


def _inner(loc: tuple[int | str, ...]) -> set[str]:
    return set((SoonerForm if "sooner" in loc else DueForm).model_fields)


def _plain(message: str) -> str:
    """Return pydantic's words as the end of a sentence about the value."""
    said = message.replace("Input should be", "must be").replace("should have", "must have")
    return said[:1].lower() + said[1:]
