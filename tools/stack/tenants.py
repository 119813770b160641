"""Who is in the demo: two residential complexes and a bank."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

CONSOLE_SCOPES = (
    "residential.directory:read", "residential.directory:write", "residential.partners:read",
    "residential.partners:write", "residential.access:read", "audit:read",
    "audit.personal:read",
)
PERSON_SCOPES = (
    "residential.access:open", "residential.access:read", "residential.directory:read",
)
REPORT_SCOPE = "residential.commands:report"
# What a tenant calls its OpenID provider.
ISSUER_ALIAS = "keycloak"
AUDIENCE = "artel"
APP = "mobile"
# The tenant that operates the platform.
OPERATOR = "platform"


@dataclass(frozen=True)
class Tenant:
    """A customer of the platform, with a service client of its own."""

    name: str
    kind: str
    display_name: str
    person: str

    @property
    def console(self) -> str:
        """The service client that keeps the tenant's data."""
        return f"{self.name}-console"

    @property
    def console_scopes(self) -> tuple[str, ...]:
        """What the service client may do."""
        return CONSOLE_SCOPES

    @property
    def person_id(self) -> str:
        """The `sub` of the person's tokens: the same at every start."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.name}/{self.person}"))


@dataclass(frozen=True)
class Complex(Tenant):
    """A residential complex: a property, its access points, a unit and its owner."""

    property: str
    property_name: str
    address: str
    unit: str
    number: str
    # How its partner writes messages: JSON or XML.
    format: str = "JSON"

    @property
    def partner(self) -> str:
        """The partner that runs the intercoms, and its client for reports."""
        return f"{self.name}-intercoms"

    @property
    def access_points(self) -> dict[str, tuple[str, str]]:
        """Kind and name of each access point, by its identifier, which is also the device's."""
        return {
            "front-door": ("DOOR", "Front door"),
            "gate": ("GATE", "Gate to the street"),
            "barrier": ("BARRIER", "Car park"),
        }

    def access_point(self, name: str) -> str:
        """The resource name of an access point."""
        return f"properties/{self.property}/accessPoints/{name}"

    @property
    def unit_name(self) -> str:
        """The resource name of the unit."""
        return f"units/{self.unit}"


ALPHA = Complex(
    "alpha", "residential", "Maple Court", "anna",
    "tower", "The tower", "1 Maple Street", "flat-17", "17")
BETA = Complex(
    "beta", "residential", "Birch Yard", "boris",
    "garden", "The garden house", "3 Birch Street", "flat-7", "7", "XML")
GAMMA = Tenant("gamma", "bank", "Gamma Bank", "galina")

COMPLEXES = (ALPHA, BETA)
TENANTS: tuple[Tenant, ...] = (ALPHA, BETA, GAMMA)
