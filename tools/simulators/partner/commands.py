"""Commands as they are stored: accepted once, executed once, reported."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass

from partner.database import Database
from shared.clock import now


class KeyReused(Exception):
    """The idempotency key came before with another request."""


@dataclass(frozen=True)
class Order:
    """What a request asks for."""

    partner: str
    key: str
    device: str
    command: str
    fingerprint: bytes


class Commands:
    """The commands of all partners."""

    def __init__(self, database: Database) -> None:
        """Takes the open database."""
        self._database = database

    def find(self, partner: str, key: str) -> sqlite3.Row | None:
        """Returns the command under a key."""
        with self._database.transaction() as connection:
            return _find(connection, partner, key)

    def accept(self, order: Order, delay: float, report: bool) -> tuple[sqlite3.Row, bool]:
        """Stores a command as acknowledged, due after `delay` seconds.

        Returns it, and whether it was there before. Raises `KeyReused`.
        """
        with self._database.transaction() as connection:
            time = now()
            added = connection.execute(
                "insert into command (partner, key, id, device, command, fingerprint, state,"
                " acknowledge_time, due_time, report_state, report_time)"
                " values (?, ?, ?, ?, ?, ?, 'ACKNOWLEDGED', ?, ?, ?, ?) on conflict do nothing",
                (
                    *(order.partner, order.key, str(uuid.uuid4()), order.device, order.command),
                    *(order.fingerprint, time, time + delay),
                    *("PENDING" if report else "OFF", time),
                ),
            ).rowcount
            row = _find(connection, order.partner, order.key)
            if row is None or row["fingerprint"] != order.fingerprint:
                raise KeyReused
            return row, added == 0

    def execute(self, partner: str, key: str) -> bool:
        """Opens the device: once for each key, whoever asks. Tells whether it was this time."""
        with self._database.transaction() as connection:
            time = now()
            moved = connection.execute(
                "update command set state = 'EXECUTED', occur_time = ?, report_time = ?"
                " where partner = ? and key = ? and state = 'ACKNOWLEDGED'",
                (time, time, partner, key),
            ).rowcount
            if moved == 0:
                return False
            connection.execute(
                "insert into opening (partner, device, key, time)"
                " select partner, device, key, ? from command where partner = ? and key = ?",
                (time, partner, key),
            )
            connection.execute(
                "insert into device (partner, device, openings)"
                " select partner, device, 1 from command where partner = ? and key = ?"
                " on conflict (partner, device) do update set openings = openings + 1",
                (partner, key),
            )
            return True

    def fail(self, partner: str, key: str, code: str) -> None:
        """Notes that the device did not open."""
        with self._database.transaction() as connection:
            time = now()
            connection.execute(
                "update command set state = 'FAILED', occur_time = ?, report_time = ?,"
                " failure_code = ? where partner = ? and key = ? and state = 'ACKNOWLEDGED'",
                (time, time, code, partner, key),
            )

    def next_due(self) -> sqlite3.Row | None:
        """Returns the command whose device is to open next."""
        with self._database.transaction() as connection:
            row: sqlite3.Row | None = connection.execute(
                "select * from command where state = 'ACKNOWLEDGED' order by due_time limit 1"
            ).fetchone()
            return row

    def next_report(self, partner: str) -> sqlite3.Row | None:
        """Returns the command of a partner that is to be reported next."""
        with self._database.transaction() as connection:
            row: sqlite3.Row | None = connection.execute(
                "select * from command where partner = ? and report_state = 'PENDING'"
                " and state <> 'ACKNOWLEDGED' order by report_time limit 1",
                (partner,),
            ).fetchone()
            return row

    def note_report(self, row: sqlite3.Row, state: str, result: str, next_time: float) -> None:
        """Notes an attempt to report."""
        with self._database.transaction() as connection:
            connection.execute(
                "update command set report_attempts = report_attempts + 1, report_state = ?,"
                " report_result = ?, report_time = ? where partner = ? and key = ?",
                (state, result, next_time, row["partner"], row["key"]),
            )


def _find(connection: sqlite3.Connection, partner: str, key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "select * from command where partner = ? and key = ?", (partner, key)
    ).fetchone()
    return row
