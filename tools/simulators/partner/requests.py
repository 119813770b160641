"""The requests that were seen: noted before anything is done about them."""

from __future__ import annotations

from partner.database import Database
from shared.clock import now
from shared.message import Request

_KEPT = 10_000


class Requests:
    """Method, path, key and status of each request; no token, no body."""

    def __init__(self, database: Database) -> None:
        """Takes the open database."""
        self._database = database

    def begin(self, request: Request) -> int:
        """Notes a request and returns its number."""
        key = ", ".join(str(value) for value in request.headers.get_all("Idempotency-Key", []))
        with self._database.transaction() as connection:
            number = connection.execute(
                "insert into request (time, method, path, key) values (?, ?, ?, ?)",
                (now(), request.method, request.path[:2000], key[:300] or None),
            ).lastrowid
            assert number is not None
            if number % 500 == 0:
                connection.execute("delete from request where number <= ?", (number - _KEPT,))
            return number

    def end(self, number: int, partner: str | None, status: int) -> None:
        """Notes the status; 0 stands for a connection that was broken off."""
        with self._database.transaction() as connection:
            connection.execute(
                "update request set partner = ?, status = ? where number = ?",
                (partner, status, number),
            )
