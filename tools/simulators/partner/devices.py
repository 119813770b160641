"""The devices: which there are, and how they are."""

from __future__ import annotations

import threading

from partner.settings import Partner


class Devices:
    """The states of all devices; changed by the control interface until the process ends."""

    def __init__(self, partners: dict[str, Partner]) -> None:
        """Takes the states of the settings."""
        self._lock = threading.Lock()
        self._states = {
            (partner.name, device): state
            for partner in partners.values()
            for device, state in partner.devices.items()
        }

    def state(self, partner: str, device: str) -> str | None:
        """Returns `online`, `offline` or `jammed`; nothing where there is no such device."""
        with self._lock:
            return self._states.get((partner, device))

    def change(self, partner: str, device: str, state: str) -> bool:
        """Changes a state; tells whether there is such a device."""
        with self._lock:
            if (partner, device) not in self._states:
                return False
            self._states[(partner, device)] = state
            return True

    def all(self) -> list[tuple[str, str, str]]:
        """Returns partner, device and state of each."""
        with self._lock:
            return [(partner, device, state) for (partner, device), state in self._states.items()]
