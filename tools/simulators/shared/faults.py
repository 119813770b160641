"""Faults on demand: what to do wrong, where, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from shared.settings import Section


@dataclass
class Fault:
    """One fault. `left` counts down to its end; without it, it stays until it is replaced."""

    name: str
    on: str
    seconds: float
    left: int | None
    subject: dict[str, str]
    location: str
    exit: bool

    def matches(self, on: str, subject: dict[str, str]) -> bool:
        """Tells whether the fault strikes this endpoint and this subject."""
        return self.on == on and all(subject.get(k) == v for k, v in self.subject.items())

    def describe(self) -> dict[str, object]:
        """Returns the fault for the control interface."""
        return {
            "fault": self.name,
            "on": self.on,
            "seconds": self.seconds,
            "times": self.left,
            **self.subject,
        }


class Faults:
    """The faults that are set now."""

    def __init__(self, known: dict[str, tuple[str, ...]], subjects: tuple[str, ...]) -> None:
        """Takes the endpoints of each fault, its usual one first, and what can narrow it down."""
        self._known = known
        self._subjects = subjects
        self._lock = threading.Lock()
        self._active: list[Fault] = []

    def set(self, section: Section) -> None:
        """Sets a fault in place of the one with the same endpoint and subject.

        `none` ends all faults, or those of the endpoint or subject that it names.
        """
        name = section.text("fault", choices=("none", *self._known))
        every = tuple(dict.fromkeys(on for endpoints in self._known.values() for on in endpoints))
        endpoints = self._known.get(name, every)
        on = section.text("on", endpoints[0] if name != "none" else "", choices=endpoints)
        given = [narrow for narrow in self._subjects if section.has(narrow)]
        subject = {narrow: section.text(narrow) for narrow in given}
        fault = Fault(
            name=name,
            on=on,
            seconds=section.number("seconds", 1, 0, 3600),
            left=section.integer("times", 1, 1, 1_000_000) if section.has("times") else None,
            subject=subject,
            location=section.text("location", ""),
            exit=section.flag("exit", False),
        )
        section.finish()
        with self._lock:
            if name == "none":
                self._active = [f for f in self._active if not self._covers(fault, f)]
                return
            self._active = [f for f in self._active if (f.on, f.subject) != (on, subject)]
            self._active.insert(0, fault)

    @staticmethod
    def _covers(none: Fault, fault: Fault) -> bool:
        """Tells whether a `none` ends the fault."""
        if none.on and none.on != fault.on:
            return False
        return all(fault.subject.get(k) == v for k, v in none.subject.items())

    def take(self, on: str, **subject: str) -> Fault | None:
        """Returns the newest fault that strikes here, and counts it."""
        with self._lock:
            for fault in self._active:
                if fault.matches(on, subject):
                    if fault.left is not None:
                        fault.left -= 1
                        if fault.left == 0:
                            self._active.remove(fault)
                    return fault
        return None

    def describe(self) -> list[dict[str, object]]:
        """Returns the faults for the control interface."""
        with self._lock:
            return [fault.describe() for fault in self._active]
