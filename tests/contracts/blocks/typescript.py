"""Slack's own types: each payload becomes a TypeScript constant that the compiler checks."""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.contracts.blocks.payload import Finding, Payload

HERE = Path(__file__).resolve().parent
COMPILER = HERE / "node_modules" / "typescript" / "bin" / "tsc"
TYPES = HERE / "node_modules" / "@slack" / "types"
OPTIONS = {
    "strict": True,
    "noEmit": True,
    "skipLibCheck": True,
    "exactOptionalPropertyTypes": True,
    "target": "es2022",
    "module": "nodenext",
    "types": [],
}
# AnyBlock admits anything with a type, which hides every mistake: only the known blocks are left.
PRELUDE = """import type { KnownBlock, ModalView, HomeView } from '@slack/types';
type Message = { text?: string; blocks?: KnownBlock[] };
type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };
type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };
"""
_ERROR = re.compile(r".*?p(\d+)\.ts\((\d+),\d+\): error (TS\d+: .*)")


def is_installed() -> bool:
    """Tell whether the compiler and Slack's types are there."""
    return COMPILER.exists() and TYPES.exists()


def check(payloads: Sequence[Payload]) -> list[Finding]:
    """Return what the compiler says against each payload."""
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".tsc-") as folder:
        pointers = [_write(Path(folder), n, payload) for n, payload in enumerate(payloads)]
        settings = {"compilerOptions": OPTIONS, "include": ["*.ts"]}
        (Path(folder) / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
        command = ["node", str(COMPILER), "-p", folder, "--pretty", "false"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [
        _finding(payloads, pointers, match) for match in map(_ERROR.match, _lines(done)) if match
    ]
    if done.returncode and not found:
        raise RuntimeError(done.stdout + done.stderr)
    return found


def _lines(done: "subprocess.CompletedProcess[str]") -> list[str]:
    """Return the compiler's errors one a line, with the explanation that follows each."""
    joined: list[str] = []
    for line in done.stdout.splitlines():
        if line.startswith("  ") and joined:
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    return joined


def _write(folder: Path, number: int, payload: Payload) -> list[str]:
    lines, pointers = _written(payload.json)
    head = f"{PRELUDE}export const p: {payload.kind.capitalize()} = "
    (folder / f"p{number}.ts").write_text(head + "\n".join(lines) + ";\n", "utf-8")
    return pointers


def _finding(
    payloads: Sequence[Payload], pointers: list[list[str]], match: "re.Match[str]"
) -> Finding:
    number, line = int(match[1]), int(match[2]) - PRELUDE.count("\n") - 1
    known = pointers[number]
    pointer = known[line] if 0 <= line < len(known) else ""
    return Finding(payloads[number].name, pointer, match[3][:400])


def _written(value: Any, pointer: str = "") -> tuple[list[str], list[str]]:
    """Return JSON one scalar or bracket a line, and the JSON pointer of each line."""
    if not isinstance(value, dict | list) or not value:
        return [json.dumps(value)], [pointer]
    is_object = isinstance(value, dict)
    lines, pointers = ["{" if is_object else "["], [pointer]
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        inner, places = _written(one, f"{pointer}/{key}")
        inner[0] = (f"{json.dumps(key)}: " if is_object else "") + inner[0]
        inner[-1] += ","
        lines += inner
        pointers += places
    return [*lines, "}" if is_object else "]"], [*pointers, pointer]
