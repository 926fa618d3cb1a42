"""What must hold whatever comes from outside: each target takes bytes and asserts it."""

import asyncio
import re
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.answers import Card
from bot.cards.note import note
from bot.cards.text import escape, mrkdwn
from bot.gate import EVENTS, Gate
from bot.language.language import Clarify, NotOurs, Proposed, Understood, WhichOne
from bot.language.offline import writing_commands
from bot.language.offline.politeness import is_own_line
from bot.legible import FORM, JSON
from bot.posting import fallback
from bot.tools.catalogue import tool
from core.errors import ImportFailed, Invalid
from storage.database import Database
from storage.imports.recognition import sources
from storage.imports.report import ImportReport
from storage.imports.run import run
from storage.schema import migrate
from tests.bot.asgi import ask
from tests.bot.language.book import CONTEXT, LANGUAGE, commanded, writes
from tests.fuzz.payloads import SAMPLES, sent

SECRET = "a secret"
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
SECONDS = 5.0
"""What nothing here may ever take: a hundred times what it usually does on a busy machine."""

HEADERS = tuple(
    ",".join(dict.fromkeys(names[0] for names in sheet.columns.values() if names))
    for source in sources().values()
    for sheet in source.sheets
    if sheet.columns
)
"""A header line of every sheet of every source."""


class Loop:
    """One event loop for many inputs."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(coroutine)

    def close(self) -> None:
        self._runner.close()


async def _bolt(scope: Scope, receive: Receive, send: Send) -> None:
    await Request(scope, receive).body()
    await PlainTextResponse("passed")(scope, receive, send)


class Guard:
    """The request guard: a short answer to everything, nothing through that is not signed."""

    def __init__(self) -> None:
        self._loop = Loop()

    def __call__(self, data: bytes) -> None:
        choice, rest = data[:1] or b"\0", data[1:]
        body = _spliced(choice[0] >> 2, rest)
        kind = (JSON, FORM)[choice[0] & 1]
        if choice[0] & 2:
            self._unsigned(body, kind, rest)
            return
        stamp = str(int(time.time()))
        headers = {"x-slack-request-timestamp": stamp, "content-type": kind}
        if _is_text(body):
            made = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
            headers["x-slack-signature"] = str(made)
        answer = self._loop.run(ask(Gate(_bolt, signing_secret=SECRET), EVENTS, body=body,
                                    headers=headers))  # fmt: skip
        assert answer.status in (200, 400, 401, 415), answer
        assert len(answer.body) < 100, answer

    def _unsigned(self, body: bytes, kind: str, rest: bytes) -> None:
        said = rest[:80].decode("latin-1").replace("\n", "").replace("\r", "")
        stamp, _, signature = said.partition("=")
        headers = {"x-slack-request-timestamp": stamp, "content-type": kind}
        headers["x-slack-signature"] = signature
        gate = Gate(_bolt, signing_secret=SECRET)
        answer = self._loop.run(ask(gate, EVENTS, body=body, headers=headers))
        assert answer.status in (400, 401), answer

    def close(self) -> None:
        self._loop.close()


class Importer:
    """Every importer: any bytes lead to a report with true line numbers or a refusal in words."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._loop = Loop()
        self._database = Database(f"sqlite:///{self._folder.name}/fuzz.db")
        self._loop.run(migrate(self._database))

    def __call__(self, data: bytes) -> None:
        path = Path(self._folder.name) / "export.csv"
        header = HEADERS[(data[:1] or b"\0")[0] % (len(HEADERS) + 1) - 1]
        whole = data[1:] if data[:1] == b"\xff" else header.encode() + b"\n" + _cells(data[1:])
        path.write_bytes(whole)
        report = self.report(path)
        if report is not None:
            _check_lines(report, whole)

    def report(self, path: Path) -> ImportReport | None:
        """Import a file; None when it is refused in words."""
        try:
            return self._loop.run(run(self._database, [path], now=NOW))  # type: ignore[no-any-return]
        except (ImportFailed, Invalid):
            return None

    def close(self) -> None:
        self._loop.run(self._database.close())
        self._loop.close()
        self._folder.cleanup()


class Language:
    """The offline language: any text is answered or asked back, and writes only by its grammar."""

    def __init__(self) -> None:
        self._loop = Loop()
        self._loop.run(LANGUAGE.understand("help", CONTEXT))

    def __call__(self, data: bytes) -> None:
        self.read(_words(data))

    def read(self, text: str) -> None:
        """Read one text."""
        began = time.perf_counter()
        found = self._loop.run(LANGUAGE.understand(text, CONTEXT))
        assert time.perf_counter() - began < SECONDS, text
        assert isinstance(found, Understood | Clarify | WhichOne | Proposed | NotOurs), text
        if isinstance(found, Understood):
            called = tool(found.call.name)(**found.call.arguments)
            if found.call.name == "writing":
                assert writing_commands.command(text), text
            elif called.alters or writes(found):
                assert is_own_line(text), text
                assert commanded(text), text

    def close(self) -> None:
        self._loop.close()


class Escaping:
    """Text on a card: no mention, link, ping, formatting, emoji or unseen sign comes out of it."""

    def __call__(self, data: bytes) -> None:
        self.show(_words(data), most=int.from_bytes(data[-2:], "big") % 300 + 3)

    def show(self, text: str, *, most: int = 3000) -> None:
        """Show a text in every way that customer text is shown."""
        for said in (mrkdwn(text, most), mrkdwn(text), escape(text), fallback(Card(text, ()))):
            assert not re.search(r"[<>]", said), said
            assert not re.search(r"&(?!(?:amp|lt|gt);)", said), said
            assert not _UNSEEN.search(said), said
        shown = mrkdwn(text, most)
        assert len(shown) <= most
        assert not _FORMATTED.search(shown), shown
        assert not re.search(r":[\w+'-]*[a-z][\w+'-]*:", shown, re.IGNORECASE), shown
        assert not re.search(r"^\s*&gt;", shown, re.MULTILINE), shown
        for block in note(text).blocks:
            assert block["text"]["verbatim"] is True

    def close(self) -> None:
        """Nothing is held."""


_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_FORMATTED = re.compile(
    r"(?:(?<=[\s(])|^)([*_~`])(?=\S)[^\n]*?(?<=\S)\1(?:(?=[\s.,;:!?)])|$)", re.M
)

TARGETS: dict[str, Callable[[], Guard | Importer | Language | Escaping]] = {
    "guard": Guard,
    "importer": Importer,
    "language": Language,
    "escaping": Escaping,
}

_VOCABULARY = (
    *("Beta Inc", "Acme", "Gamma", "Ana", "me", "team", "accept", "dismiss", "defer", "snooze"),
    *("done", "complete", "undo", "stop", "send", "digest", "at 8", "until", "friday", "tomorrow"),
    *("next quarter", "because", "why", "not", "don't", "please", "what", "should", "I", "do"),
    *("next", "for", "and", "or", "if", "the", "second", "one", "mail", "brief", "changed"),
    *("since", "monday", "use this as an example of how I write", "how", "health", "plan"),
    *("?", "!", ",", ":", ".", "\n", "`", ">", '"', "'", "*", "_", "~", "<", "&", "&amp;", "|"),
    *("<!channel>", "<@U1>", "<#C1|x>", "<https://x.example|y>", "@here", ":smile:"),
    *("\u200b", "\u202e", "é", "你好", "\U0001f600", "-", "(", ")", "5", "2026"),
)


_CELLS = (
    *("", "1", "2", "001A000001", "Beta Inc", "Acme, Inc.", "ana@x.example", "Ana Lima", "open"),
    *("2026-01-19", "19.01.2026", "01/02/2026", "2026-02-30", "0000-00-00", "9999-12-31", "-1"),
    *("$1,200.50", "1.200,50 €", "1e400", "NaN", "-inf", "9" * 400, "12 %", "true", "N/A", "null"),
    *("2026-01-19T25:61:00Z", "1737288000", "1737288000000", "=1+1", "\x00", "\ufeff", "\ud7ff"),
    *('"', '""', "'", ";", "\t", "|", "\n", "\r", "\r\n", "a" * 5000, "é", "🙂", "\u202e", "Total"),
)


def _cells(data: bytes) -> bytes:
    """Return bytes as the cells of a table, and every third time as they are."""
    if len(data) % 3 == 0:
        return data
    said = [_CELLS[byte % len(_CELLS)] + "\n,,,,,"[byte % 6] for byte in data[:400]]
    return "".join(said).encode("utf-8", "replace")


def _words(data: bytes) -> str:
    """Return bytes as words that mean something here, and the rest as they are."""
    text = data.decode("utf-8", "replace")
    if len(data) % 3 == 0:
        return text
    return " ".join(_VOCABULARY[byte % len(_VOCABULARY)] for byte in data[:60])


def _spliced(choice: int, rest: bytes) -> bytes:
    """Return a body: the bytes themselves, or a sample in which they stand somewhere."""
    if choice % 3 == 0:
        return rest
    sample = sent(SAMPLES[choice // 3 % len(SAMPLES)]).body
    at = int.from_bytes(rest[:2], "big") % (len(sample) + 1)
    return sample[:at] + rest[3:] + sample[at + (rest[2:3] or b"\0")[0] :]


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _check_lines(report: ImportReport, whole: bytes) -> None:
    last = whole.count(b"\n") + whole.count(b"\r") + 1
    for file in report.files:
        for rejected in file.rejected:
            assert 1 < rejected.line <= last, rejected
            assert rejected.reason, rejected
