"""People, units and access points of a test's own."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from environment import DEVICES
from stack.rest import Rest
from stack.stack import Stack
from stack.tenants import ALPHA, ISSUER_ALIAS, PERSON_SCOPES, Complex

_numbers = itertools.count(1)
_devices = iter(DEVICES)


@dataclass(frozen=True)
class Resident:
    """An owner of a unit of its own, with an access point of its own."""

    stack: Stack
    complex: Complex
    subject: str
    unit: str
    device: str
    access_point: str

    def token(self, **order: Any) -> str:
        """A token of the complex's OpenID provider for this person; see its control interface."""
        claims = {"sub": self.subject, "scope": " ".join(PERSON_SCOPES)}
        order["claims"] = claims | order.get("claims", {})
        return self.stack.openid.token(self.complex.name, **order)

    def wish(self, request_id: str | None = None) -> dict[str, str]:
        """A request to open the own access point."""
        return {
            "name": self.access_point,
            "unit": self.unit,
            "requestId": request_id or str(uuid.uuid4()),
        }

    def fault(self, fault: str, **more: object) -> None:
        """Sets a fault of the own device alone."""
        self.stack.partners.fault(
            fault, partner=self.complex.partner, device=self.device, **more)

    @property
    def openings(self) -> int:
        """How often the device has opened."""
        return self.stack.partners.openings_of(self.complex.partner, self.device)


def console(stack: Stack, complex: Complex = ALPHA) -> Rest:
    """REST as the complex's service, over the stack's own server."""
    return stack.demo.console(complex, stack.server.rest)


def move_in(
    stack: Stack, complex: Complex = ALPHA, role: str = "OWNER", kind: str = "DOOR"
) -> Resident:
    """Makes a unit with an access point, and somebody who lives there."""
    number = next(_numbers)
    subject, unit, device = str(uuid.uuid4()), f"u-{number}", next(_devices)
    access_point = complex.access_point(f"door-{number}")
    rest = console(stack, complex)
    rest.post(
        f"/v1/properties/{complex.property}/accessPoints?accessPointId=door-{number}",
        {"kind": kind, "partner": f"partners/{complex.partner}", "deviceRef": device})
    rest.post(
        f"/v1/units?unitId={unit}",
        {
            "property": f"properties/{complex.property}", "number": str(number),
            "accessPoints": [access_point],
        })
    rest.post(
        f"/v1/units/{unit}/members?memberId=first",
        {"subject": f"{ISSUER_ALIAS}:{subject}", "role": role})
    return Resident(stack, complex, subject, f"units/{unit}", device, access_point)
