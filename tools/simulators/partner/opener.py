"""Moves the devices when their commands are due."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable

from partner.commands import Commands
from partner.devices import Devices
from shared.clock import now
from shared.log import log


class Opener:
    """One thread that opens what is due, also what was due before the process began."""

    def __init__(
        self, commands: Commands, devices: Devices, done: Callable[[str], None]
    ) -> None:
        """Takes what to call with the partner's name after a device moved or failed."""
        self._commands = commands
        self._devices = devices
        self._done = done
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; what is not open yet is opened by the next process."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """Says that there is a new command."""
        self._wake.set()

    def complete(self, partner: str, key: str, device: str) -> None:
        """Opens a device now, or notes that it is jammed."""
        if self._devices.state(partner, device) == "jammed":
            self._commands.fail(partner, key, "device_jammed")
            log("device_jammed", partner=partner, device=device, key=key)
        elif self._commands.execute(partner, key):
            log("device_opened", partner=partner, device=device, key=key)
        self._done(partner)

    def _run(self) -> None:
        while not self._ended:
            try:
                self._step()
            except sqlite3.Error as problem:
                # A full disk ends no thread: it is tried again until there is room.
                log("store_failed", problem=repr(problem))
                self._wake.wait(1)

    def _step(self) -> None:
        """Opens what is due, or waits until something is."""
        # Cleared before the look: a command that comes in between wakes the wait below.
        self._wake.clear()
        due = self._commands.next_due()
        if self._ended:
            return
        if due is None:
            self._wake.wait()
        elif due["due_time"] > now():
            self._wake.wait(due["due_time"] - now())
        else:
            self.complete(due["partner"], due["key"], due["device"])
