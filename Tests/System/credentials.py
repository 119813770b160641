"""One credential of each kind, good ones and bad ones, of tenants of each sort."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import policies
from curl import Curl
from residents import Resident
from stack.stack import Stack
from stack.tenants import ALPHA, BETA, GAMMA, OPERATOR, REPORT_SCOPE, Tenant
from stack.wait import until

MISSING, EXPIRED, INVALID = (
    f"UNAUTHENTICATED {reason}"
    for reason in ("CREDENTIAL_MISSING", "TOKEN_EXPIRED", "TOKEN_INVALID"))
SUSPENDED = "PERMISSION_DENIED TENANT_SUSPENDED"


@dataclass(frozen=True)
class Credential:
    """A token, and what is true of it."""

    title: str
    token: str | None
    # The tenant's name and kind; what it stands for; what it may.
    tenant: str = ""
    tenant_kind: str = ""
    principal: str = ""
    scopes: frozenset[str] = frozenset()
    # Seconds since the person signed in.
    signed_in: int | None = None
    # The verdict on every call, whatever its method.
    flaw: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is of the tenant whose things are asked for."""
        return self.tenant == ALPHA.name


class Credentials:
    """Makes them."""

    def __init__(self, stack: Stack, anna: Resident, boris: Resident) -> None:
        """Takes a resident of each complex."""
        self._stack = stack
        self._people = {ALPHA.name: anna.subject, BETA.name: boris.subject}
        self._all = policies.scopes()

    def all(self) -> list[Credential]:
        """All of them."""
        return [
            Credential("nobody", None, flaw=MISSING),
            Credential("no token", "not.a.token", flaw=INVALID),
            *self._tenant(ALPHA), *self._tenant(BETA), *self._tenant(GAMMA),
            *self._powerless(), *self._flawed(), *self._suspended(), *self._signed_in(),
        ]

    # --- Good ones ------------------------------------------------------------------------------

    def _tenant(self, tenant: Tenant) -> list[Credential]:
        made = [
            self._user(tenant, self._all),
            self._client(tenant, "service", self._all),
            self._administrator(tenant.name, tenant.kind),
        ]
        if tenant is not GAMMA:
            # The partner of the complex's devices: another would not be its commands'.
            client = f"{tenant.name}-intercoms"
            made.append(Credential(
                f"partner of {tenant.name}", self._token(client), tenant.name, tenant.kind,
                "partner", frozenset({REPORT_SCOPE})))
        return made

    def _user(self, tenant: Tenant, scopes: tuple[str, ...], title: str = "user") -> Credential:
        token = self._stack.openid.token(tenant.name, claims={
            "sub": self._people.get(tenant.name, "somebody"), "scope": " ".join(scopes)})
        return Credential(
            f"{title} of {tenant.name}", token, tenant.name, tenant.kind, "user",
            frozenset(scopes), signed_in=0)

    def resident(self, subject: str, title: str) -> Credential:
        """A person of alpha, with every scope."""
        token = self._stack.openid.token(
            ALPHA.name, claims={"sub": subject, "scope": " ".join(self._all)})
        return Credential(
            title, token, ALPHA.name, ALPHA.kind, "user", frozenset(self._all), signed_in=0)

    def _client(
        self, tenant: Tenant, kind: str, scopes: tuple[str, ...], title: str = ""
    ) -> Credential:
        client = self._new_client(tenant.name, kind, scopes)
        return Credential(
            f"{title or kind} of {tenant.name}", self._token(client), tenant.name, tenant.kind,
            kind, frozenset(scopes))

    def _administrator(self, tenant: str, kind: str) -> Credential:
        return Credential(
            f"administrator of {tenant}", self._minted(tenant), tenant, kind, "administrator",
            frozenset(self._all))

    def _signed_in(self) -> list[Credential]:
        """Administrators who have just signed in with a second factor."""
        return [
            Credential(
                f"signed-in administrator of {tenant}", self.signed_in(tenant), tenant, kind,
                "administrator", frozenset(self._all), signed_in=0)
            for tenant, kind in (
                (ALPHA.name, ALPHA.kind), (BETA.name, BETA.kind), (OPERATOR, "store"))]

    def _powerless(self) -> list[Credential]:
        """Right in all but their scopes."""
        return [
            self._user(ALPHA, ("openid",), "powerless user"),
            self._client(ALPHA, "service", ("nothing:read",), "powerless service"),
            self._client(ALPHA, "partner", ("nothing:read",), "powerless partner"),
        ]

    # --- Bad ones -------------------------------------------------------------------------------

    def _flawed(self) -> list[Credential]:
        person = {"sub": self._people[ALPHA.name], "scope": " ".join(self._all)}
        token = self._stack.openid.token
        past = {"exp": -60, "iat": -660, "auth_time": -660}
        revoked = self._new_client(ALPHA.name, "service", self._all)
        good = self._token(revoked)
        self._stack.cluster.query(
            "UPDATE artel.tenant_client SET disabled = true"
            f" WHERE client_id = '{revoked}' RETURNING 1")
        return [
            Credential(
                "expired user", token(ALPHA.name, claims=person, offsets=past), flaw=EXPIRED),
            Credential("user bound to a certificate", token(
                ALPHA.name, claims=person | {"cnf": {"x5t#S256": "A" * 43}}), flaw=INVALID),
            Credential("service that was shut out", good, flaw=INVALID),
        ]

    def _suspended(self) -> list[Credential]:
        """Of a tenant that is suspended from now on."""
        name = f"s-{uuid.uuid4().hex[:12]}"
        run = self._stack.artel.run
        run("tenant", "create", name, "--kind", "residential", "--display-name", "Suspended")
        clients = [self._new_client(name, kind, self._all) for kind in ("service", "partner")]
        tokens = [self._token(client) for client in clients] + [self._minted(name)]
        run("tenant", "suspend", name)
        titles = ("suspended service", "suspended partner", "suspended administrator")
        return [
            Credential(title, token, flaw=SUSPENDED)
            for title, token in zip(titles, tokens, strict=True)]

    def settle(self, credentials: list[Credential], rest: Curl) -> None:
        """Waits until the process has heard of what was shut out and suspended."""
        for credential in credentials:
            if credential.flaw in (INVALID, SUSPENDED):
                until(f"{credential.title} is refused", lambda token=credential.token: rest.get(
                    "/v1/tenant", token).status != 200, 5)

    # --- Tokens ---------------------------------------------------------------------------------

    def _new_client(self, tenant: str, kind: str, scopes: tuple[str, ...]) -> str:
        client = f"m-{uuid.uuid4().hex[:12]}"
        self._stack.demo.create_client(self._stack.artel, tenant, client, kind, scopes)
        return client

    def _token(self, client: str) -> str:
        return self._stack.demo.token(client, self._stack.server.rest)

    def signed_in(self, tenant: str) -> str:
        """The token of an administrator who has just signed in."""
        return self._minted(tenant, "--signed-in")

    def _minted(self, tenant: str, *more: str) -> str:
        scopes = [part for scope in self._all for part in ("--scope", scope)]
        return str(self._stack.artel.run(
            "token", "mint", tenant, "olga", "--kind", "administrator", *more,
            *scopes)["access_token"])
