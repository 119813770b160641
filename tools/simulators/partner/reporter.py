"""Calls the platform back about what devices did, until it listens."""

from __future__ import annotations

import sqlite3
import threading

from partner.address import Address
from partner.commands import Commands
from partner.database import Database
from partner.platform import Platform, ReportFailed
from partner.settings import Partner, Reporting
from shared.clock import now, rfc3339
from shared.log import log


class Reporter:
    """One thread for a partner, so that none waits for another's platform."""

    def __init__(
        self, partner: Partner, reporting: Reporting, commands: Commands, database: Database
    ) -> None:
        """Takes how to call back."""
        self._partner = partner.name
        self._reporting = reporting
        self._commands = commands
        self._database = database
        self._platform = Platform(partner.name, reporting)
        self._addresses = self._stored() or (reporting.address, reporting.token_address)
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Ends, after the report under way; the next process goes on with the others."""
        self._ended = True
        self._wake.set()
        self._thread.join(seconds)

    def wake(self) -> None:
        """Says that there is something to report."""
        self._wake.set()

    def redirect(self, base: str, token: str) -> None:
        """Calls another address from now on, also after a restart; raises ValueError."""
        self._addresses = (Address.parse(base), Address.parse(token))
        with self._database.transaction() as connection:
            connection.execute(
                "insert into setting (name, value) values (?, ?)"
                " on conflict (name) do update set value = excluded.value",
                (f"report/{self._partner}", f"{base} {token}"),
            )
            connection.execute(
                "update command set report_state = 'PENDING', report_time = 0,"
                " report_attempts = 0 where partner = ? and report_state in ('PENDING', 'GAVE_UP')",
                (self._partner,),
            )
        self._wake.set()

    def _stored(self) -> tuple[Address, Address] | None:
        with self._database.transaction() as connection:
            row = connection.execute(
                "select value from setting where name = ?", (f"report/{self._partner}",)
            ).fetchone()
        if row is None:
            return None
        base, token = row["value"].split(" ")
        return Address.parse(base), Address.parse(token)

    def _run(self) -> None:
        while not self._ended:
            try:
                self._step()
            except sqlite3.Error as problem:
                # A full disk ends no thread: it is tried again until there is room.
                log("store_failed", problem=repr(problem))
                self._wake.wait(1)
        self._platform.close()

    def _step(self) -> None:
        """Reports what is due, or waits until something is."""
        # Cleared before the look: what comes in between wakes the wait below.
        self._wake.clear()
        row = self._commands.next_report(self._partner)
        if self._ended:
            return
        if row is None:
            self._wake.wait()
        elif row["report_time"] > now():
            self._wake.wait(row["report_time"] - now())
        else:
            self._attempt(row)

    def _attempt(self, row: sqlite3.Row) -> None:
        """Reports once, and notes what came of it."""
        body = {"state": row["state"], "occurTime": rfc3339(row["occur_time"])}
        if row["failure_code"] is not None:
            body["failureCode"] = row["failure_code"]
        try:
            self._platform.report(*self._addresses, row["command"], body)
        except ReportFailed as problem:
            # Refusals are tried again too: a report can overtake the acknowledgement.
            attempt = row["report_attempts"] + 1
            given_up = attempt >= self._reporting.attempts
            delay = self._reporting.first_delay * 2 ** min(attempt - 1, 20)
            next_time = now() + min(delay, self._reporting.last_delay)
            state = "GAVE_UP" if given_up else "PENDING"
            self._commands.note_report(row, state, str(problem), next_time)
            log("report_failed", partner=self._partner, key=row["key"], problem=str(problem))
        else:
            self._commands.note_report(row, "DONE", "200", now())
            log("reported", partner=self._partner, key=row["key"], state=row["state"])
