"""Which messages stand on the transcript: their keys, in a file that only grows at its end."""

import os
from io import FileIO
from pathlib import Path

_TAIL = 1 << 16
_MOST = 1 << 20


class Shown:
    """The keys that were shown, over restarts; no words and no names.

    What a killed process left in doubt is always among the last keys, so only the tail is read, and a file
    that grew long is cut to it. See docs/decisions/0030 for why this is not kept in the database.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._keys: set[str] | None = None
        self._end: FileIO | None = None

    def __contains__(self, key: str) -> bool:
        return key in self._known()

    def add(self, key: str) -> None:
        """Note a key, in one system call."""
        self._known().add(key)
        if self._end is None:
            self._end = FileIO(self._file, "a")
        self._end.write(f"{key}\n".encode())

    def close(self) -> None:
        if self._end is not None:
            self._end.close()

    def _known(self) -> set[str]:
        if self._keys is None:
            self._keys = set(self._tail().decode("ascii", errors="replace").split())
        return self._keys

    def _tail(self) -> bytes:
        try:
            with self._file.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL))
                tail = file.read()
        except FileNotFoundError:
            return b""
        if size > _MOST:
            shorter = self._file.with_name(f"{self._file.name}.new")
            shorter.write_bytes(tail)
            shorter.replace(self._file)
        return tail
