"""Secrets from files: NAME_FILE names the file that holds what NAME would say."""

import os
import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from core.errors import Misconfigured

LARGEST = 65_536
"""Bytes; whatever is larger was meant to be another file."""

_HOLD_A_PASSWORD = ("database_url",)
"""Settings that are no secret as a whole, with a secret in them."""

_SAMPLE = re.compile(
    r"…|\.\.\.|\*\*\*|<.*>|\byour[-_ ]|change[-_ ]?me|replace[-_ ]?me|placeholder|example|x{6}"
    r"|^(xox[a-z]|xapp|sk-ant)-?$",
    re.IGNORECASE,
)
_SAMPLE_ADDRESS = re.compile(r"://user:password@", re.IGNORECASE)


class SecretFiles(PydanticBaseSettingsSource):
    """Reads secrets from the files that the environment names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the secret of a setting, None when no file is named for it."""
        name = variable(field_name, field)
        return _from_file(name), name, False

    def __call__(self) -> dict[str, Any]:
        """Return what the files hold; raises Misconfigured when one cannot be used."""
        fields = secrets_in(self.settings_cls)
        found = {name: self.get_field_value(field, name)[0] for name, field in fields.items()}
        return {_key(name, fields[name]): said for name, said in found.items() if said is not None}


def secrets_in(settings: type[BaseSettings]) -> dict[str, FieldInfo]:
    """Return the settings that are a secret or hold one."""
    return {
        name: field
        for name, field in settings.model_fields.items()
        if name in _HOLD_A_PASSWORD or SecretStr in _parts(field.annotation)
    }


def check_no_sample(settings: BaseSettings) -> None:
    """Raise Misconfigured when a secret is still the one of an instruction or template."""
    for name, field in secrets_in(type(settings)).items():
        value = getattr(settings, name)
        if _is_sample(value):
            raise Misconfigured(
                f"{variable(name, field)} still has a sample value; put your own in its place"
            )


def variable(name: str, field: FieldInfo) -> str:
    """Return the environment variable of a setting."""
    return _key(name, field).upper()


def _is_sample(value: object) -> bool:
    if isinstance(value, SecretStr):
        return _SAMPLE.search(value.get_secret_value()) is not None
    return _SAMPLE_ADDRESS.search(str(value)) is not None


def _key(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or name)


def _parts(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", (annotation,))


def _from_file(name: str) -> str | None:
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    if os.environ.get(name):
        raise Misconfigured(f"{name} and {name}_FILE are both set; leave one of them out")
    said = _text(Path(path), name).rstrip("\r\n")
    if not said:
        raise Misconfigured(f"{name}_FILE names {path}, which is empty")
    return said


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            held = file.read(LARGEST + 1)
        if len(held) <= LARGEST:
            return held.decode()
        problem = "is too large"
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        problem = "is no text in UTF-8"
    raise Misconfigured(f"{name}_FILE names {path}, which {problem}")
