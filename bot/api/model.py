"""What all bodies share: the names of the seed, which are in camel case."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic.config import JsonDict

UUID: JsonDict = {"format": "uuid"}
"""What the schema says besides of a text that is a UUID."""


class Model(BaseModel):
    """A body of an answer; its fields are written in camel case."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, frozen=True
    )


class Given(Model):
    """A body of a request; a field that nobody knows is refused: it may be a typing error."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
