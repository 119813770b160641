"""Makes the demo tenants: by the operator's commands, and then as any customer, over REST."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from stack.artel import Artel
from stack.rest import Rest
from stack.secret_files import SecretFiles
from stack.tenants import (
    APP, AUDIENCE, COMPLEXES, ISSUER_ALIAS, OPERATOR, PERSON_SCOPES, REPORT_SCOPE, TENANTS, Complex,
    Tenant,
)


class Demo:
    """The tenants' clients, secrets and certificates, and what each other system must know."""

    def __init__(
        self, secrets: SecretFiles, certificates: Path, authority: Path,
        devices: tuple[str, ...] = (),
    ) -> None:
        """Takes where secrets and certificates of clients go, the authority of all servers, and
        devices that the partners have beside those of the demo."""
        self.secrets = secrets
        self.certificates = certificates
        self._authority = authority
        self._devices = devices

    # --- What other systems must know -----------------------------------------------------------

    def realms(self) -> list[dict[str, Any]]:
        """The realms of the OpenID simulator."""
        return [
            {
                "name": tenant.name,
                "audience": [AUDIENCE],
                "clients": [{"id": APP}],
                "users": [
                    {
                        "username": tenant.person,
                        "password_file": str(self.password_file(tenant)),
                        "sub": tenant.person_id,
                        "roles": ["resident"],
                        "scopes": list(PERSON_SCOPES),
                    }
                ],
            }
            for tenant in TENANTS
        ]

    def partners(self, platform: str) -> list[dict[str, Any]]:
        """The partners of the partner simulator, which report to the platform's address."""
        return [
            {
                "name": complex.partner,
                "format": complex.format.lower(),
                "clients": [
                    {
                        "id": f"artel-{complex.name}",
                        "secret_file": str(self.secrets.path(f"{complex.partner}-calls")),
                    }
                ],
                "devices": [{"id": name} for name in (*complex.access_points, *self._devices)],
                "report": {
                    "base_uri": platform,
                    "client_id": complex.partner,
                    "client_secret_file": str(self.secrets.folder / complex.partner),
                    "scope": REPORT_SCOPE,
                    "ca_file": str(self._authority),
                    "attempts": 1000,
                    "first_delay_seconds": 0.2,
                    "last_delay_seconds": 1,
                },
            }
            for complex in COMPLEXES
        ]

    # --- Making it ------------------------------------------------------------------------------

    def create_tenants(self, artel: Artel, issuers: dict[str, str]) -> None:
        """Creates tenants, their issuers and their clients, as the operator does."""
        artel.run(
            "tenant", "create", OPERATOR, "--kind", "store", "--display-name", "The platform")
        for tenant in TENANTS:
            artel.run(
                "tenant", "create", tenant.name, "--kind", tenant.kind,
                "--display-name", tenant.display_name)
            artel.run(
                "issuer", "add", tenant.name, ISSUER_ALIAS, "--issuer", issuers[tenant.name],
                "--audience", AUDIENCE)
            self.create_client(
                artel, tenant.name, tenant.console, "service", tenant.console_scopes)
        for complex in COMPLEXES:
            self.create_client(artel, complex.name, complex.partner, "partner", (REPORT_SCOPE,))

    def create_client(
        self, artel: Artel, tenant: str, client: str, kind: str, scopes: tuple[str, ...]
    ) -> str:
        """Creates a client, keeps its secret, which is shown this once, and returns it."""
        arguments = [part for scope in scopes for part in ("--scope", scope)]
        made = artel.run("client", "create", tenant, client, "--kind", kind, *arguments)
        self.secrets.put(client, made["client_secret"])
        return str(made["client_secret"])

    def create_complexes(self, rest: str, partner_address: str) -> None:
        """Creates properties, access points, units and members, as the complexes' services do."""
        for complex in COMPLEXES:
            self._create_complex(complex, self.console(complex, rest), partner_address)

    def _create_complex(self, complex: Complex, rest: Rest, partner_address: str) -> None:
        rest.post(f"/v1/partners?partnerId={complex.partner}", {
            "displayName": "Intercoms",
            "baseUri": f"{partner_address}/v1",
            "tokenUri": f"{partner_address}/oauth2/token",
            "clientId": f"artel-{complex.name}",
            "clientSecret": self.secrets.password(f"{complex.partner}-calls"),
            "reportingClientId": complex.partner,
            "format": complex.format,
        })
        rest.post(f"/v1/properties?propertyId={complex.property}", {
            "displayName": complex.property_name, "address": complex.address,
        })
        for name, (kind, display_name) in complex.access_points.items():
            path = f"/v1/properties/{complex.property}/accessPoints?accessPointId={name}"
            rest.post(path, {
                "displayName": display_name,
                "kind": kind,
                "partner": f"partners/{complex.partner}",
                "deviceRef": name,
            })
        rest.post(f"/v1/units?unitId={complex.unit}", {
            "property": f"properties/{complex.property}",
            "number": complex.number,
            "accessPoints": [complex.access_point(name) for name in complex.access_points],
        })
        rest.post(f"/v1/{complex.unit_name}/members?memberId={complex.person}", {
            "subject": f"{ISSUER_ALIAS}:{complex.person_id}", "role": "OWNER",
        })

    # --- Using it -------------------------------------------------------------------------------

    def password_file(self, tenant: Tenant) -> Path:
        """The password of the tenant's person at the OpenID simulator."""
        return self.secrets.path(f"{tenant.person}-password")

    def basic(self, client: str) -> str:
        """The header with which a client authenticates (RFC 6749 section 2.3.1)."""
        secret = self.secrets.password(client)
        pair = f"{quote_plus(client)}:{quote_plus(secret)}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def token(self, client: str, rest: str, **more: str) -> str:
        """An access token of a client, from the token endpoint."""
        answer = Rest(rest, self._authority).form(
            "/oauth2/token", grant_type="client_credentials", client_id=client,
            client_secret=self.secrets.password(client), **more)
        return str(answer["access_token"])

    def console(self, tenant: Tenant, rest: str) -> Rest:
        """REST as the tenant's service client."""
        return Rest(rest, self._authority, self.token(tenant.console, rest))

    def certify(self, artel: Artel, tenant: Tenant) -> None:
        """Issues a certificate of a day for the tenant's service client, by its own authority."""
        artel.run(
            "client", "certificate", tenant.name, tenant.console,
            "--out", str(self.certificates / tenant.name))

    def certificate(self, tenant: Tenant) -> tuple[Path, Path]:
        """The service client's certificate and key."""
        folder = self.certificates / tenant.name
        return folder / f"{tenant.console}.pem", folder / f"{tenant.console}.key"
