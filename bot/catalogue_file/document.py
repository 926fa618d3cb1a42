"""A YAML text as data, together with the line and column of everything in it."""

from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""The way to a value: keys, and places in lists."""

Place = tuple[int, int]
"""Line and column, counted from 1."""

START: Place = (1, 1)


@dataclass(slots=True)
class Document:
    """What a text holds, where each key and each value stands, and what is wrong with its form."""

    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str]] = field(default_factory=list)


def read(content: bytes) -> Document:
    """Return a text's data; what is no YAML, said twice or not supported is among its faults."""
    found = Document()
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
    except RecursionError:
        found.faults.append((START, "is nested too deeply"))
    except UnicodeDecodeError:
        found.faults.append((START, "is not text in UTF-8"))
    except yaml.MarkedYAMLError as error:
        found.faults.append((_place(error.problem_mark), f"is no YAML: {error.problem}"))
    except yaml.YAMLError as error:
        found.faults.append((START, f"is no YAML: {' '.join(str(error).split())}"))
    else:
        if root is not None:
            found.data = _Reader(found).value(root, ())
    return found


class _Reader:
    """Walks over the nodes of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, path: Path) -> Any:
        place = _place(node.start_mark)
        self._document.values[path] = place
        if id(node) in self._seen:
            self._fault(place, "refers to another place (*): write it out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*path, at)) for at, one in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name, place = str(key.value), _place(key.start_mark)
            if not isinstance(key, yaml.ScalarNode):
                self._fault(place, "must be a name")
            elif name in found:
                self._fault(place, f"“{name}” is here a second time")
            else:
                self._document.keys[(*path, name)] = place
                found[name] = self.value(value, (*path, name))
        return found

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            said = getattr(error, "problem", None) or str(error)
            self._fault(place, f"cannot be read: {said}")
            return None

    def _fault(self, place: Place, says: str) -> None:
        self._document.faults.append((place, says))


def _place(mark: yaml.Mark | None) -> Place:
    return (mark.line + 1, mark.column + 1) if mark is not None else START
