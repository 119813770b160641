"""The SQLite file: one connection, one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Database:
    """Opens the file and hands out transactions."""

    def __init__(self, file: Path) -> None:
        """Opens or creates the file; raises OSError where it cannot be used."""
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                file, timeout=10, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            # A commit in the write-ahead log outlives the process without a sync to the disk.
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = normal")
            schema = Path(__file__).with_name("schema.sql").read_text("utf-8")
            self._connection.executescript(schema)
        except sqlite3.Error as problem:
            raise OSError(f"{file}: {problem}") from None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Begins a transaction; it is committed at the end, or undone where something failed."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                self._connection.execute("rollback")
                raise

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()
