"""Lines of a text file, plain or gzip, in whatever encoding and state it is."""

import codecs
import gzip
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

__all__ = ["RepeatableLines", "TextLines", "open_file"]

_CHUNK = 1 << 16
_SECOND_READING = 200_000  # lines a file may have read again after stray quotes: bounds the work
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@contextmanager
def open_file(path: Path) -> Iterator[Any]:
    """The bytes of `path`, unpacked where they are gzip, whatever its name says."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield unpacked
        else:
            yield stream


class TextLines:
    """The lines of a text file, decoded one by one so that a wrong byte costs only its line the encoding.

    After the last line ``undecodable`` counts the lines that were not in the file's encoding, ``damage`` says
    why the file ended early, if it did, and ``cut`` holds the part of a line before that.
    """

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path = path
        self.encoding = encoding
        self.count = 0
        self.undecodable = 0
        self.damage = ""
        self.cut = ""

    def __iter__(self) -> Iterator[str]:
        with open_file(self.path) as stream:
            for line in self._encoded(self._chunks(stream)):
                text = self._decode(*line).replace("\0", "")
                if self.damage and not text.endswith("\n"):
                    self.cut = text
                    return
                self.count += 1
                yield text

    def _chunks(self, stream: Any) -> Iterator[bytes]:
        """The file piece by piece, as far as it can be read."""
        try:
            while chunk := stream.read1(_CHUNK):
                yield chunk
        except EOFError:
            self.damage = "the file is cut off"
        except (OSError, zlib.error) as error:
            self.damage = f"the file is damaged ({error})"

    def _encoded(self, chunks: Iterator[bytes]) -> Iterator[tuple[bytes, str]]:
        """Lines, and the encoding each is in."""
        start = b""
        for chunk in chunks:
            start += chunk
            if len(start) >= 4:
                break
        encoding = "utf-8" if codecs.lookup(self.encoding).name == "utf-8-sig" else self.encoding
        for mark, marked in _BOMS:
            if start.startswith(mark):
                encoding, start = marked, start[len(mark) :]
                break
        pieces: Iterator[bytes] = chain([start], chunks)
        if "\n,".encode(encoding) != b"\n,":  # lines cannot be told apart before decoding
            pieces, encoding = _as_utf8(pieces, encoding), "utf-8"
        for line in _split(pieces):
            yield line, encoding

    def _decode(self, line: bytes, encoding: str) -> str:
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            pass
        try:
            return line.decode(encoding, "surrogatepass")  # halves of characters; cleaning drops them
        except UnicodeDecodeError:
            self.undecodable += 1
            return line.decode("cp1252", "replace")


class RepeatableLines:
    """Lines for a CSV reader, which can be given again when a row turns out to be none."""

    def __init__(self, text: Iterable[str]) -> None:
        self._source = _at_returns(text)
        self._ahead: deque[str] = deque()
        self._budget = _SECOND_READING
        self.row: list[str] = []
        self.number = 0
        self.ended = False

    def __iter__(self) -> "RepeatableLines":
        return self

    def __next__(self) -> str:
        if self._ahead:
            line = self._ahead.popleft()
        else:
            try:
                line = next(self._source)
            except StopIteration:
                self.ended = True
                raise
        self.number += 1
        self.row.append(line)
        return line

    @property
    def first(self) -> int:
        """The number of the row's first line."""
        return self.number - len(self.row) + 1

    def begin(self) -> None:
        """A new row begins with the next line."""
        self.row.clear()
        self.ended = False

    def again(self, keep: int = 0) -> None:
        """Give the row's lines once more, but for the first `keep`."""
        back = self.row[keep:] if keep else self.row[-1:]
        if len(back) <= self._budget:
            self._budget -= len(back)
            self._ahead.extendleft(reversed(back))
            self.number -= len(back)
        self.row.clear()


def _at_returns(text: Iterable[str]) -> Iterator[str]:
    """Lines that end in a bare carriage return told apart; within quotes one may be part of a field."""
    for line in text:
        if "\r" in line[:-2] and '"' not in line:
            yield from filter(None, re.split(r"(?<=\r)(?!\n)", line))
        else:
            yield line


def _as_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _split(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines with their ends, of chunks cut anywhere."""
    parts: list[bytes] = []
    for chunk in chunks:
        if b"\n" not in chunk:
            parts.append(chunk)
            continue
        *whole, rest = b"".join([*parts, chunk]).split(b"\n")
        for line in whole:
            yield line + b"\n"
        parts = [rest]
    if last := b"".join(parts):
        yield last
