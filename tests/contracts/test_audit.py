"""Whatever opens a transaction to write leaves an entry in the audit log, or says here why not."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

STORAGE = Path(__file__).parents[2] / "storage"
RECORD = "storage.audit.record"

MACHINERY = "what Steward does to keep its promises; the change itself has its entry"
MEASURED = "computed from what is there; nobody decided it"
SAID = "the conversation itself, forgotten after thirty days"
SHOWN = "what was shown is kept with all that it said; nothing was decided"
HOME = "of the deployment, not of one workspace: its tokens are in no workspace's log"

EXCEPT = {
    "storage.conversations": SAID,
    "storage.deliveries": "the delivery log tells of each digest",
    "storage.delivery_log": "the delivery log tells of each digest",
    "storage.effects": MEASURED,
    "storage.inbox": MACHINERY,
    "storage.install_states": HOME,
    "storage.job_runs": MACHINERY,
    "storage.model_usage": MEASURED,
    "storage.notices.Notices.look": MEASURED,
    "storage.outbox": MACHINERY,
    "storage.recommendations.repository.Recommendations.offer": SHOWN,
    "storage.recommendations.repository.Recommendations.shown": SHOWN,
    "storage.sources.demo.fill": "it fills an empty database, and is the first import listed",
    "storage.tokens.Tokens._note_use": "when a token was last used, each minute anew",
    "storage.workspaces": HOME,
}
"""Functions, classes or modules that write without an entry, each with its reason."""


@dataclass(slots=True)
class Module:
    """A module's functions by name (methods as Class.name), its imports, and its classes' bases."""

    functions: dict[str, ast.AST] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)


@cache
def _modules() -> dict[str, Module]:
    return {_name(path): _read(path) for path in sorted(STORAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(STORAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(path: Path) -> Module:
    module = Module()
    for node in ast.parse(path.read_text()).body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                module.functions[node.name] = node
            case ast.ImportFrom(module=str(source)):
                for one in node.names:
                    module.imports[one.asname or one.name] = f"{source}.{one.name}"
            case ast.ClassDef():
                module.bases[node.name] = [ast.unparse(base) for base in node.bases]
                module.functions |= dict(_methods_of(node))
    return module


def _methods_of(node: ast.ClassDef) -> Iterator[tuple[str, ast.AST]]:
    for one in node.body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{node.name}.{one.name}", one


def _writers() -> Iterator[str]:
    """Yield every function that opens a transaction to write."""
    for name, module in _modules().items():
        for function, node in module.functions.items():
            if any(_opens(one) for one in ast.walk(node)):
                yield f"{name}.{function}"


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.AsyncWith) and any(
        isinstance(item.context_expr, ast.Call)
        and isinstance(item.context_expr.func, ast.Attribute)
        and item.context_expr.func.attr == "write"
        for item in node.items
    )


def _records(function: str, seen: set[str]) -> bool:
    """Tell whether a function writes an entry, by itself or by what it calls."""
    if function in seen:
        return False
    seen.add(function)
    return any(one == RECORD or _records(one, seen) for one in _called(function))


def _called(function: str) -> Iterator[str]:
    name = next((one for one in _prefixes(function) if one in _modules()), "")
    module, own = _modules().get(name), function.removeprefix(f"{name}.")
    if module is None or own not in module.functions:
        return
    for node in ast.walk(module.functions[own]):
        match node:
            case ast.Call(func=ast.Name(id=called)):
                yield module.imports.get(called, f"{name}.{called}")
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=called)):
                yield from _methods(name, own.partition(".")[0], called)


def _methods(name: str, owner: str, method: str) -> Iterator[str]:
    module = _modules().get(name, Module())
    yield f"{name}.{owner}.{method}"
    for base in module.bases.get(owner, ()):
        source, _, parent = module.imports.get(base, f"{name}.{base}").rpartition(".")
        yield from _methods(source, parent, method)


def _prefixes(dotted: str) -> list[str]:
    """Return what a dotted name begins with, the longest first."""
    parts = dotted.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


def test_whatever_writes_leaves_an_entry_or_is_excepted_with_a_reason() -> None:
    silent = [
        one
        for one in _writers()
        if not any(name in EXCEPT for name in _prefixes(one)) and not _records(one, set())
    ]

    assert silent == []


def test_nothing_is_excepted_that_is_not_there_or_that_leaves_an_entry() -> None:
    quiet = [one for one in _writers() if not _records(one, set())]
    needed = {name for one in quiet for name in _prefixes(one)}

    assert [name for name in EXCEPT if name not in needed] == []


def test_the_one_who_writes_a_decision_is_found() -> None:
    """Guard the search itself: it must find writers, and follow calls over modules."""
    decide = "storage.recommendations.repository.Recommendations.decide"

    assert decide in set(_writers())
    assert _records(decide, set())
