"""What the control interface shows."""

from __future__ import annotations

import sqlite3

from partner.database import Database
from partner.devices import Devices
from shared.clock import rfc3339
from shared.faults import Faults
from shared.message import Answer, Request

_LIMIT = 1000


class State:
    """Reads devices, commands, requests and faults."""

    def __init__(self, database: Database, devices: Devices, faults: Faults) -> None:
        """Takes what it shows."""
        self._database = database
        self._devices = devices
        self._faults = faults

    def answer(self, request: Request) -> Answer:
        """Answers `GET /control/state`, narrowed down by `partner` and `key` of the query."""
        partner, key = request.query.get("partner"), request.query.get("key")
        narrow = "(?1 is null or partner = ?1) and (?2 is null or key = ?2)"
        with self._database.transaction() as connection:
            counts = {
                (row["partner"], row["device"]): row["openings"]
                for row in connection.execute("select * from device")
            }
            commands = connection.execute(
                "select *, (select count(*) from opening where opening.partner = command.partner"
                " and opening.key = command.key) as openings"
                f" from command where {narrow} order by acknowledge_time desc limit ?3",
                (partner, key, _LIMIT),
            ).fetchall()
            requests = connection.execute(
                f"select * from request where {narrow} order by number desc limit ?3",
                (partner, key, _LIMIT),
            ).fetchall()
        devices = [
            {"partner": p, "device": d, "state": state, "openings": counts.get((p, d), 0)}
            for p, d, state in self._devices.all()
            if partner in (None, p)
        ]
        body = {
            "devices": devices,
            "commands": [_command(row) for row in commands],
            "requests": [_request(row) for row in reversed(requests)],
            "faults": self._faults.describe(),
        }
        return Answer.json(200, body)


def _command(row: sqlite3.Row) -> dict[str, object]:
    occurred = row["occur_time"]
    return {
        **{name: row[name] for name in ("partner", "key", "id", "command", "device", "state")},
        "openings": row["openings"],
        "acknowledgeTime": rfc3339(row["acknowledge_time"]),
        "occurTime": None if occurred is None else rfc3339(occurred),
        "report": {
            "state": row["report_state"],
            "attempts": row["report_attempts"],
            "result": row["report_result"],
        },
    }


def _request(row: sqlite3.Row) -> dict[str, object]:
    names = ("method", "path", "partner", "key", "status")
    return {"time": rfc3339(row["time"]), **{name: row[name] for name in names}}
