"""Open a file as text whatever its encoding, or say what it is instead of a table."""

import codecs
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from core.errors import ImportFailed

_BLOCK = 1 << 20

_OTHER_FORMATS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A readable file: where it is, how it is encoded, how large it is."""

    path: Path
    encoding: str
    size: int

    def open(self) -> TextIOWrapper:
        """Open it; line ends stay as they are, so that lines can be counted."""
        return TextIOWrapper(
            self.path.open("rb"), encoding=self.encoding, errors="replace", newline=""
        )


def examine(path: Path, *, max_bytes: int) -> Text:
    """Find out how a file is encoded; raise ImportFailed when it holds no text."""
    size = _size(path)
    if size == 0:
        raise ImportFailed(str(path), "The file is empty. Export it again, with rows.")
    if size > max_bytes:
        raise ImportFailed(
            str(path),
            f"The file has {size / 1e6:,.1f} MB; at most {max_bytes / 1e6:,.1f} MB are read at "
            "once. Split it into parts.",
        )
    with path.open("rb") as file:
        head = file.read(4096)
    _refuse_other_formats(path, head)
    return Text(path, _marked(head) or _unmarked(path, head), size)


def _size(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise ImportFailed(str(path), f"The file cannot be opened: {error.strerror}.") from error


def _refuse_other_formats(path: Path, head: bytes) -> None:
    for magic, what in _OTHER_FORMATS:
        if head.startswith(magic):
            raise ImportFailed(
                str(path), f"This is {what}, not a table of text. Save it as CSV and import that."
            )


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _unmarked(path: Path, head: bytes) -> str:
    wide = _utf16(head)
    if wide:
        return wide
    if _binary(head):
        raise ImportFailed(str(path), "This is not text. Save the table as CSV and import that.")
    return "utf-8" if _is_utf8(path) else "cp1252"


def _utf16(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: Latin text has a zero in every second byte."""
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _binary(head: bytes) -> bool:
    """Tell whether control characters make up more of a file than stray ones would."""
    control = sum(byte < 32 and byte not in b"\t\n\r\f\0" for byte in head)
    return control > 0.02 * len(head) or head.count(0) > 0.3 * len(head)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
