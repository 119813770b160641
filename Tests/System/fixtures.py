"""How to call each method, with things of a tenant that are there.

A method of our contracts that is not here fails test_matrix: add a function that makes a good call
of it from a `World`. What is expected of whom is not said here: that is derived from the method's
policy.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from case import ACCESS_POINTS, COMMANDS, EVENTS
from verdicts import Call, get, list_of

_DIRECTORY = "artel.residential.v1.DirectoryService"
_PARTNERS = "artel.residential.v1.PartnerService"
_AUDIT = "artel.audit.v1.AuditService"
_TOKENS = "artel.auth.v1.TokenService"
_TENANT = "artel.tenancy.v1.TenantService"
_CLIENTS = "artel.tenancy.v1.ClientService"
_OPERATOR = "artel.tenancy.v1.OperatorService"
_MEMBERS = "artel.people.v1.MemberService"
_PRIVACY = "artel.privacy.v1.PrivacyService"
_ROLES = "artel.people.v1.RoleService"
_SIGN_IN = "artel.people.v1.SignInService"
_PASSKEYS = "artel.people.v1.PasskeyService"
_SESSIONS = "artel.people.v1.SessionService"
_CONSENTS = "artel.people.v1.ConsentService"
_BROWSER = "artel.people.v1.BrowserService"
_BREAKERS = "artel.operations.v1.BreakerService"
_CLIENT_ERRORS = "artel.operations.v1.ClientErrorService"
_METADATA = "artel.auth.v1.MetadataService"
_OBJECTIVES = "artel.operations.v1.ObjectiveService"
_ACCESS = "artel.access.v1.AccessService"
_LIMITS = "artel.operations.v1.LimitService"
_CERTIFICATES = "artel.certificates.v1.CertificateService"
_AUTHORITIES = "artel.certificates.v1.AuthorityService"
_NO_CERTIFICATE = "certificates/" + "A" * 43
_NO_ENTRY = "auditEntries/00000000-0000-0000-0000-000000000000"
_NO_AUTHORITY = "authorities/00000000-0000-0000-0000-000000000000"
_NO_PASSKEY = "passkeys/00000000-0000-0000-0000-000000000000"
_NO_ERASURE = "erasures/00000000-0000-0000-0000-000000000000"
_NO_ERRORS = "clientErrorGroups/" + "0" * 32
_NO_MEMBER = "FAILED_PRECONDITION NOT_A_MEMBER"
_NO_SESSION = "sessions/00000000-0000-0000-0000-000000000000"
_MALFORMED = "INVALID_ARGUMENT FIELD_INVALID"
_NO_PROOF = "UNAUTHENTICATED CERTIFICATE_MISSING"
_NOT_FOUND = "NOT_FOUND RESOURCE_NOT_FOUND"
# The role that the spare member holds.
ROLE = "matrix"


@dataclass(frozen=True)
class World:
    """Names of things that belong together."""

    tenant: str
    property: str
    unit: str
    access_point: str
    partner: str
    command: str
    client: str
    secret: str
    # Things that nobody else needs: a tenant, a client of alpha, a member and a partner of it.
    spare_tenant: str
    spare_client: str
    member: str
    # A partner of alpha with no devices.
    spare_partner: str
    # Identifiers of what is made, and of requests.
    new: str = field(default_factory=lambda: f"new-{uuid.uuid4().hex[:12]}")
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def unknown(self) -> World:
        """The same with things that do not exist."""
        nothing = "nowhere"
        return replace(
            self, tenant=nothing, client=nothing, spare_tenant=nothing, spare_client=nothing,
            member="members/nowhere", spare_partner=f"partners/{nothing}",
            property=f"properties/{nothing}",
            unit=f"units/{nothing}",
            access_point=f"properties/{nothing}/accessPoints/{nothing}",
            partner=f"partners/{nothing}", command=f"commands/{uuid.uuid4()}")


@dataclass(frozen=True)
class Fixture:
    """A call, and what a policy cannot say of it."""

    call: Callable[[World], Call]
    # What a credential in `authorization` gets of a public method that reads it as its own.
    with_credential: str = ""
    # What a caller of another tenant gets, where the names in the request do not say it.
    foreign: str = ""
    # What a caller of the tenant gets, where that is not OK.
    own: str = "OK"


def _create(
    method: str, parent: str, collection: str, identifier: str, resource: str,
    message: Callable[[World], dict[str, Any]],
) -> Fixture:
    """A method that creates a resource under an identifier that the caller chooses."""

    def call(world: World) -> Call:
        body = message(world)
        request = {f"{identifier}Id": world.new, resource: body}
        path = f"/v1/{collection}"
        if parent:
            name = getattr(world, parent)
            request["parent"] = name
            path = f"/v1/{name}/{collection}"
        return Call(method, "POST", f"{path}?{identifier}Id={world.new}", request, body)

    return Fixture(call)


def _act(
    method: str, name: Callable[[World], str], verb: str,
    body: Callable[[World], dict[str, Any]], stable: bool = True, keyed: bool = False,
) -> Fixture:
    """A custom method (AIP-136) of a resource."""
    return Fixture(lambda world: Call(
        method, "POST", f"/v1/{name(world)}:{verb}", {"name": name(world), **body(world)},
        body(world), stable, keyed=keyed))


def _form(method: str, path: str, **fields: str) -> Fixture:
    """An endpoint of OAuth, which a client calls by its secret; a header would be a second one."""

    def call(world: World) -> Call:
        form = {**fields, "client_id": world.client, "client_secret": world.secret}
        return Call(method, "POST", path, form, form, stable=False, form=True)

    return Fixture(call, with_credential="INVALID_ARGUMENT INVALID_REQUEST")


def _client(method: str, verb: str, keyed: bool = False) -> Fixture:
    """A custom method of a client."""
    return _act(
        method, lambda world: f"clients/{world.spare_client}", verb, lambda _: {}, stable=False,
        keyed=keyed)


def _tenant(method: str, verb: str, **body: Any) -> Fixture:
    """What an operator does with a tenant."""
    return _act(
        method, lambda world: f"tenants/{world.spare_tenant}", verb,
        lambda _: {"reason": "test", **body}, stable=False)


def _member(method: str, verb: str) -> Fixture:
    """A custom method of a person of the tenant."""
    return _act(method, lambda world: world.member, verb, lambda _: {}, stable=False)


def _new() -> str:
    """An identifier that nothing has: each door makes a thing of its own."""
    return f"new-{uuid.uuid4().hex[:12]}"


def _update(method: str, name: Callable[[World], str], resource: str) -> Fixture:
    """Changes what people call something: its name is in the resource, so that the contract does not
    say of the request that it is about it."""

    def call(world: World) -> Call:
        body = {"displayName": "Same"}
        return Call(
            method, "PATCH", f"/v1/{name(world)}", {resource: {"name": name(world), **body}}, body,
            stable=False)

    return Fixture(call, foreign="NOT_FOUND RESOURCE_NOT_FOUND")


def _member_of_its_own(_: World) -> Call:
    method = f"{_MEMBERS}/CreateMember"
    rest, grpc = ({"login": f"{_new()}@example.org"} for _ in range(2))
    return Call(method, "POST", "/v1/members", {"member": grpc}, rest, stable=False)


def _session_of_somebody(world: World) -> Call:
    body = {"name": f"{world.member}/{_NO_SESSION}"}
    return Call(
        f"{_SESSIONS}/EndOwnSession", "POST", "/v1/sessions:end", body, body, stable=False)


def _of_subject(method: str, verb: str) -> Call:
    """Somebody whom the tenant has never heard of, and of whom nothing can be lost."""
    body = {"subject": f"keycloak:{_new()}", "reason": "test"}
    return Call(f"{_PRIVACY}/{method}", "POST", f"/v1/subjects:{verb}", body, body, stable=False)


def _client_of_its_own(_: World) -> Call:
    method, body = f"{_CLIENTS}/CreateClient", {"kind": "PRINCIPAL_KIND_SERVICE"}
    return Call(
        method, "POST", f"/v1/clients?clientId={_new()}", {"clientId": _new(), "client": body}, body,
        stable=False)


def _tenant_of_its_own(_: World) -> Call:
    method, body = f"{_OPERATOR}/CreateTenant", {"displayName": "New"}
    more = {"kind": "TENANT_KIND_BANK", "reason": "test"}
    query = urlencode({"tenantId": _new(), **more})
    return Call(
        method, "POST", f"/v1/tenants?{query}", {"tenantId": _new(), "tenant": body, **more}, body,
        stable=False)


def _client_error(verb: str, method: str, more: Callable[[World], dict[str, Any]]) -> Fixture:
    """An app tells of an error, at each door of another one."""

    def call(world: World) -> Call:
        rest, grpc = ({
            **more(world),
            "events": [{
                "eventId": str(uuid.uuid4()), "kind": "CLIENT_ERROR_KIND_EXCEPTION",
                "message": "an error of the matrix", "app": {"name": "matrix", "version": "1.0"},
            }]} for _ in range(2))
        return Call(
            f"{_CLIENT_ERRORS}/{method}", "POST", f"/v1/clientErrors:{verb}", grpc, rest, stable=False)

    return Fixture(call, foreign="OK")


# Public methods that ask for proofs of their own, and count the wrong ones: no credential makes a
# difference to them, and who tries them all is locked out. The tests of signing in have them.
PROOFS = {
    f"{_SIGN_IN}/{method}" for method in (
        "BeginSignIn", "ProvePassword", "ProveAuthenticator", "ProveRecoveryCode",
        "AcceptInvitation", "BeginAuthenticator", "EnrolAuthenticator", "BeginPasskey",
        "ProvePasskey", "BeginPasskeyEnrolment", "EnrolPasskey", "AuthorizeSignIn", "SendCode",
        "ProveCode")
} | {
    f"{_CERTIFICATES}/EnrollCertificate", f"{_AUTHORITIES}/GetRevocationList",
    f"{_CONSENTS}/LookUpConsent", f"{_CONSENTS}/DecideConsent",
    f"{_BROWSER}/RememberSession", f"{_BROWSER}/LookUpSession", f"{_BROWSER}/SignOut",
    "artel.auth.v1.AuthorizationService/Authorize",
}

def _post(
    method: str, path: Callable[[World], str], request: Callable[[World], dict[str, Any]],
    body: dict[str, Any], **verdicts: str,
) -> Fixture:
    """A method with a path and a body."""
    return Fixture(
        lambda world: Call(
            method, "POST", path(world), {**request(world), **body}, body, stable=False),
        **verdicts)



def _question(world: World) -> dict[str, Any]:
    """Whether a client of alpha may ask about its tenant."""
    return {
        "principal": f"clients/{world.spare_client}",
        "method": "artel.tenancy.v1.TenantService/GetTenant"}


FIXTURES: dict[str, Fixture] = {
    f"{_ACCESS}/ExplainAccess": Fixture(
        lambda world: Call(
            f"{_ACCESS}/ExplainAccess", "POST", "/v1/access:explain", _question(world),
            _question(world), stable=False),
        foreign=_NOT_FOUND),
    f"{_ACCESS}/ExplainTenantAccess": _act(
        f"{_ACCESS}/ExplainTenantAccess", lambda world: f"tenants/{world.tenant}",
        "explainAccess", lambda world: {"reason": "test", "question": _question(world)},
        stable=False),
    f"{_OBJECTIVES}/ListObjectives": Fixture(lambda _: Call(
        f"{_OBJECTIVES}/ListObjectives", "GET", "/v1/operations/objectives", stable=False)),
    f"{_BREAKERS}/ListBreakers": Fixture(lambda _: Call(
        f"{_BREAKERS}/ListBreakers", "GET", "/v1/breakers", stable=False)),
    # No good one: a breaker is there once its partner was called.
    f"{_BREAKERS}/ResetBreaker": _post(
        f"{_BREAKERS}/ResetBreaker", lambda _: "/v1/breakers/nobody.open:reset",
        lambda _: {"name": "breakers/nobody.open"}, {}, own=_NOT_FOUND),
    f"{_CLIENT_ERRORS}/ReportClientErrors": _client_error(
        "report", "ReportClientErrors", lambda _: {}),
    f"{_CLIENT_ERRORS}/ReportAnonymousClientErrors": _client_error(
        "reportAnonymous", "ReportAnonymousClientErrors", lambda world: {"tenant": world.tenant}),
    f"{_CLIENT_ERRORS}/ListClientErrorGroups": Fixture(lambda _: Call(
        f"{_CLIENT_ERRORS}/ListClientErrorGroups", "GET", "/v1/clientErrorGroups", stable=False)),
    # No good ones: a group is there once an error was written down.
    f"{_CLIENT_ERRORS}/GetClientErrorGroup": Fixture(
        lambda _: get(f"{_CLIENT_ERRORS}/GetClientErrorGroup", _NO_ERRORS), own=_NOT_FOUND),
    **{
        f"{_CLIENT_ERRORS}/{verb.capitalize()}ClientErrorGroup": _post(
            f"{_CLIENT_ERRORS}/{verb.capitalize()}ClientErrorGroup",
            lambda _, verb=verb: f"/v1/{_NO_ERRORS}:{verb}", lambda _: {"name": _NO_ERRORS}, {},
            own=_NOT_FOUND)
        for verb in ("resolve", "mute", "reopen")},
    f"{_AUTHORITIES}/ListAuthorities": Fixture(lambda _: Call(
        f"{_AUTHORITIES}/ListAuthorities", "GET", "/v1/authorities", stable=False)),
    # No good one: what it would change is everybody's.
    f"{_AUTHORITIES}/CreateAuthority": _post(
        f"{_AUTHORITIES}/CreateAuthority", lambda _: "/v1/authorities", lambda _: {},
        {"certificatePem": "none"}, own=_MALFORMED, foreign=_MALFORMED),
    f"{_AUTHORITIES}/ReplaceRevocationLists": _post(
        f"{_AUTHORITIES}/ReplaceRevocationLists",
        lambda _: f"/v1/{_NO_AUTHORITY}:replaceRevocationLists",
        lambda _: {"name": _NO_AUTHORITY}, {"revocationListsPem": "none"}, own=_NOT_FOUND),
    f"{_AUTHORITIES}/DeleteAuthority": Fixture(
        lambda _: Call(
            f"{_AUTHORITIES}/DeleteAuthority", "DELETE", f"/v1/{_NO_AUTHORITY}",
            {"name": _NO_AUTHORITY}),
        own=_NOT_FOUND),
    f"{_CERTIFICATES}/CreateCertificate": _post(
        f"{_CERTIFICATES}/CreateCertificate", lambda _: "/v1/certificates", lambda _: {},
        {"signingRequestPem": "none"}, own=_MALFORMED, foreign=_MALFORMED),
    # With a token alone: nobody shows a certificate here.
    f"{_CERTIFICATES}/RenewCertificate": _post(
        f"{_CERTIFICATES}/RenewCertificate", lambda _: "/v1/certificates:renew", lambda _: {},
        {"signingRequestPem": "none"}, own=_NO_PROOF, foreign=_NO_PROOF),
    f"{_CERTIFICATES}/CreateEnrollmentCode": _post(
        f"{_CERTIFICATES}/CreateEnrollmentCode",
        lambda world: f"/v1/clients/{world.spare_client}/enrollmentCodes",
        lambda world: {"client": f"clients/{world.spare_client}"}, {}, foreign=_NOT_FOUND),
    f"{_CERTIFICATES}/ListCertificates": Fixture(
        lambda _: Call(
            f"{_CERTIFICATES}/ListCertificates", "GET", "/v1/certificates", stable=False),
        foreign="OK"),
    f"{_CERTIFICATES}/GetCertificate": Fixture(
        lambda _: get(f"{_CERTIFICATES}/GetCertificate", _NO_CERTIFICATE), own=_NOT_FOUND),
    f"{_CERTIFICATES}/RevokeCertificate": _post(
        f"{_CERTIFICATES}/RevokeCertificate", lambda _: f"/v1/{_NO_CERTIFICATE}:revoke",
        lambda _: {"name": _NO_CERTIFICATE}, {}, own=_NOT_FOUND),
    f"{_MEMBERS}/CreateMember": Fixture(_member_of_its_own, foreign="OK"),
    f"{_MEMBERS}/GetMember": Fixture(lambda world: get(f"{_MEMBERS}/GetMember", world.member)),
    f"{_MEMBERS}/ListMembers": Fixture(
        lambda _: Call(f"{_MEMBERS}/ListMembers", "GET", "/v1/members")),
    f"{_MEMBERS}/UpdateMember": _update(
        f"{_MEMBERS}/UpdateMember", lambda world: world.member, "member"),
    f"{_MEMBERS}/InviteMember": _member(f"{_MEMBERS}/InviteMember", "invite"),
    f"{_MEMBERS}/DisableMember": _member(f"{_MEMBERS}/DisableMember", "disable"),
    f"{_MEMBERS}/EnableMember": _member(f"{_MEMBERS}/EnableMember", "enable"),
    # The people of the matrix are another issuer's, and have no passkeys here.
    f"{_PASSKEYS}/BeginPasskeyCreation": _post(
        f"{_PASSKEYS}/BeginPasskeyCreation", lambda _: "/v1/passkeys:beginCreation", lambda _: {},
        {}, own=_NO_MEMBER, foreign=_NO_MEMBER),
    f"{_PASSKEYS}/CreatePasskey": _post(
        f"{_PASSKEYS}/CreatePasskey", lambda _: "/v1/passkeys", lambda _: {},
        {"attestation": {"clientDataJson": "e30=", "attestationObject": "oA=="}}, own=_NO_MEMBER,
        foreign=_NO_MEMBER),
    f"{_PASSKEYS}/ListPasskeys": Fixture(
        lambda _: Call(f"{_PASSKEYS}/ListPasskeys", "GET", "/v1/passkeys")),
    f"{_PASSKEYS}/UpdatePasskey": replace(
        _update(f"{_PASSKEYS}/UpdatePasskey", lambda _: _NO_PASSKEY, "passkey"), own=_NOT_FOUND),
    f"{_PASSKEYS}/DeletePasskey": Fixture(
        lambda _: Call(
            f"{_PASSKEYS}/DeletePasskey", "DELETE", f"/v1/{_NO_PASSKEY}", {"name": _NO_PASSKEY}),
        own=_NOT_FOUND),
    f"{_PASSKEYS}/ListMemberPasskeys": Fixture(
        lambda world: list_of(f"{_PASSKEYS}/ListMemberPasskeys", world.member, "passkeys")),
    f"{_PASSKEYS}/DeleteMemberPasskey": Fixture(
        lambda world: Call(
            f"{_PASSKEYS}/DeleteMemberPasskey", "DELETE", f"/v1/{world.member}/{_NO_PASSKEY}",
            {"name": f"{world.member}/{_NO_PASSKEY}"}),
        own=_NOT_FOUND),
    f"{_CONSENTS}/ListOwnConsents": Fixture(
        lambda _: Call(f"{_CONSENTS}/ListOwnConsents", "GET", "/v1/consents")),
    f"{_CONSENTS}/WithdrawConsent": _post(
        f"{_CONSENTS}/WithdrawConsent", lambda _: "/v1/consents:withdraw", lambda _: {},
        {"client": "clients/nobody"}, own=_NOT_FOUND, foreign=_NOT_FOUND),
    f"{_SESSIONS}/ListSessions": Fixture(
        lambda world: list_of(f"{_SESSIONS}/ListSessions", world.member, "sessions")),
    f"{_SESSIONS}/EndSession": Fixture(
        _act(
            f"{_SESSIONS}/EndSession", lambda world: f"{world.member}/{_NO_SESSION}", "end",
            lambda _: {}, stable=False).call, own=_NOT_FOUND),
    f"{_SESSIONS}/EndSessions": _post(
        f"{_SESSIONS}/EndSessions", lambda world: f"/v1/{world.member}/sessions:end",
        lambda world: {"parent": world.member}, {}),
    f"{_SESSIONS}/ListOwnSessions": Fixture(
        lambda _: Call(f"{_SESSIONS}/ListOwnSessions", "GET", "/v1/sessions")),
    f"{_SESSIONS}/EndOwnSession": Fixture(_session_of_somebody, own=_NOT_FOUND),
    f"{_SESSIONS}/EndOtherSessions": _post(
        f"{_SESSIONS}/EndOtherSessions", lambda _: "/v1/sessions:endOthers", lambda _: {}, {}),
    f"{_PRIVACY}/ExportSubject": Fixture(lambda _: _of_subject("ExportSubject", "export")),
    f"{_PRIVACY}/EraseSubject": Fixture(lambda _: _of_subject("EraseSubject", "erase")),
    f"{_PRIVACY}/ListErasures": Fixture(
        lambda _: Call(f"{_PRIVACY}/ListErasures", "GET", "/v1/erasures", stable=False)),
    f"{_PRIVACY}/GetErasure": Fixture(
        lambda _: get(f"{_PRIVACY}/GetErasure", _NO_ERASURE), own=_NOT_FOUND),
    f"{_ROLES}/CreateRole": _create(
        f"{_ROLES}/CreateRole", "", "roles", "role", "role", lambda _: {"displayName": "New"}),
    f"{_ROLES}/ListRoles": Fixture(lambda _: Call(f"{_ROLES}/ListRoles", "GET", "/v1/roles")),
    f"{_ROLES}/UpdateRole": _update(
        f"{_ROLES}/UpdateRole", lambda _: f"roles/{ROLE}", "role"),
    f"{_ROLES}/DeleteRole": Fixture(
        lambda _: Call(
            f"{_ROLES}/DeleteRole", "DELETE", f"/v1/roles/{ROLE}", {"name": f"roles/{ROLE}"}),
        # The member holds it.
        own="FAILED_PRECONDITION ROLE_IN_USE"),
    f"{_TOKENS}/CreateToken": _form(
        f"{_TOKENS}/CreateToken", "/oauth2/token", grant_type="client_credentials"),
    f"{_TOKENS}/RevokeToken": _form(
        f"{_TOKENS}/RevokeToken", "/oauth2/revoke", token="not.a.token"),
    f"{_TOKENS}/IntrospectToken": _form(
        f"{_TOKENS}/IntrospectToken", "/oauth2/introspect", token="not.a.token"),
    f"{_TOKENS}/GetKeySet": Fixture(lambda world: Call(
        f"{_TOKENS}/GetKeySet", "GET", f"/.well-known/jwks/{world.tenant}",
        {"tenant": world.tenant})),
    f"{_METADATA}/GetServerMetadata": Fixture(lambda world: Call(
        f"{_METADATA}/GetServerMetadata", "GET",
        f"/.well-known/oauth-authorization-server/{world.tenant}", {"tenant": world.tenant})),
    # Each tenant has usages of the same names.
    f"{_LIMITS}/GetUsage": Fixture(
        lambda _: get(f"{_LIMITS}/GetUsage", "usages/members"), foreign="OK"),
    f"{_LIMITS}/ListUsages": Fixture(
        lambda _: Call(f"{_LIMITS}/ListUsages", "GET", "/v1/usages", stable=False)),
    f"{_TENANT}/GetTenant": Fixture(lambda _: Call(f"{_TENANT}/GetTenant", "GET", "/v1/tenant")),
    f"{_TENANT}/UpdateTenant": Fixture(lambda _: Call(
        f"{_TENANT}/UpdateTenant", "PATCH", "/v1/tenant", {"tenant": {"policy": {"accessTokenSeconds": 600}}},
        {"policy": {"accessTokenSeconds": 600}}, stable=False)),
    f"{_CLIENTS}/GetClient": Fixture(
        lambda world: get(f"{_CLIENTS}/GetClient", f"clients/{world.spare_client}")),
    f"{_CLIENTS}/ListClients": Fixture(
        lambda _: Call(f"{_CLIENTS}/ListClients", "GET", "/v1/clients")),
    f"{_CLIENTS}/CreateClient": Fixture(_client_of_its_own),
    f"{_CLIENTS}/UpdateClient": _update(
        f"{_CLIENTS}/UpdateClient", lambda world: f"clients/{world.spare_client}", "client"),
    f"{_CLIENTS}/RotateClientSecret": _client(
        f"{_CLIENTS}/RotateClientSecret", "rotateSecret", keyed=True),
    f"{_CLIENTS}/DisableClient": _client(f"{_CLIENTS}/DisableClient", "disable"),
    f"{_CLIENTS}/EnableClient": _client(f"{_CLIENTS}/EnableClient", "enable"),
    f"{_OPERATOR}/CreateTenant": Fixture(_tenant_of_its_own),
    f"{_OPERATOR}/LookUpTenant": Fixture(lambda world: Call(
        f"{_OPERATOR}/LookUpTenant", "GET", f"/v1/tenants/{world.tenant}?reason=test",
        {"name": f"tenants/{world.tenant}", "reason": "test"})),
    f"{_OPERATOR}/ListTenants": Fixture(
        lambda _: Call(f"{_OPERATOR}/ListTenants", "GET", "/v1/tenants")),
    f"{_OPERATOR}/SuspendTenant": _tenant(f"{_OPERATOR}/SuspendTenant", "suspend"),
    f"{_OPERATOR}/ResumeTenant": _tenant(f"{_OPERATOR}/ResumeTenant", "resume"),
    f"{_OPERATOR}/SetTenantLimits": _tenant(
        f"{_OPERATOR}/SetTenantLimits", "setLimits", limits={"clients": 10}),
    f"{_DIRECTORY}/GetProperty": Fixture(
        lambda world: get(f"{_DIRECTORY}/GetProperty", world.property)),
    f"{_DIRECTORY}/ListProperties": Fixture(
        lambda _: Call(f"{_DIRECTORY}/ListProperties", "GET", "/v1/properties")),
    f"{_DIRECTORY}/CreateProperty": _create(
        f"{_DIRECTORY}/CreateProperty", "", "properties", "property", "property",
        lambda _: {"displayName": "New"}),
    f"{_DIRECTORY}/GetUnit": Fixture(lambda world: get(f"{_DIRECTORY}/GetUnit", world.unit)),
    f"{_DIRECTORY}/ListUnits": Fixture(
        lambda _: Call(f"{_DIRECTORY}/ListUnits", "GET", "/v1/units")),
    f"{_DIRECTORY}/CreateUnit": _create(
        f"{_DIRECTORY}/CreateUnit", "", "units", "unit", "unit",
        lambda world: {"property": world.property}),
    f"{_DIRECTORY}/ListMembers": Fixture(
        lambda world: list_of(f"{_DIRECTORY}/ListMembers", world.unit, "members")),
    f"{_DIRECTORY}/CreateMember": _create(
        f"{_DIRECTORY}/CreateMember", "unit", "members", "member", "member",
        lambda world: {"subject": f"keycloak:{world.new}", "role": "INNER"}),
    f"{_PARTNERS}/GetPartner": Fixture(lambda world: get(f"{_PARTNERS}/GetPartner", world.partner)),
    f"{_PARTNERS}/ListPartners": Fixture(
        lambda _: Call(f"{_PARTNERS}/ListPartners", "GET", "/v1/partners", stable=False)),
    f"{_PARTNERS}/UpdatePartner": _update(
        f"{_PARTNERS}/UpdatePartner", lambda world: world.spare_partner, "partner"),
    f"{_PARTNERS}/RotatePartnerSecret": _act(
        f"{_PARTNERS}/RotatePartnerSecret", lambda world: world.spare_partner, "rotateSecret",
        lambda _: {"clientSecret": "another secret of the matrix"}, stable=False),
    f"{_PARTNERS}/DisablePartner": _act(
        f"{_PARTNERS}/DisablePartner", lambda world: world.spare_partner, "disable", lambda _: {},
        stable=False),
    f"{_PARTNERS}/EnablePartner": _act(
        f"{_PARTNERS}/EnablePartner", lambda world: world.spare_partner, "enable", lambda _: {},
        stable=False),
    # Devices name it.
    f"{_PARTNERS}/DeletePartner": Fixture(
        lambda world: Call(
            f"{_PARTNERS}/DeletePartner", "DELETE", f"/v1/{world.partner}",
            {"name": world.partner}, stable=False),
        own="FAILED_PRECONDITION PARTNER_IN_USE"),
    f"{_PARTNERS}/CreatePartner": _create(
        f"{_PARTNERS}/CreatePartner", "", "partners", "partner", "partner",
        lambda _: {
            "displayName": "New", "baseUri": "https://partner.example/v1",
            "tokenUri": "https://partner.example/token", "clientId": "artel",
            "clientSecret": "a secret of the matrix"}),
    f"{ACCESS_POINTS}/GetAccessPoint": Fixture(
        lambda world: get(f"{ACCESS_POINTS}/GetAccessPoint", world.access_point)),
    f"{ACCESS_POINTS}/ListAccessPoints": Fixture(
        lambda world: list_of(
            f"{ACCESS_POINTS}/ListAccessPoints", world.property, "accessPoints")),
    f"{ACCESS_POINTS}/CreateAccessPoint": _create(
        f"{ACCESS_POINTS}/CreateAccessPoint", "property", "accessPoints", "accessPoint",
        "accessPoint",
        lambda world: {"kind": "DOOR", "partner": world.partner, "deviceRef": world.new}),
    f"{ACCESS_POINTS}/OpenAccessPoint": _act(
        f"{ACCESS_POINTS}/OpenAccessPoint", lambda world: world.access_point, "open",
        lambda world: {"unit": world.unit, "requestId": world.request_id}, stable=False),
    f"{COMMANDS}/GetCommand": Fixture(lambda world: get(f"{COMMANDS}/GetCommand", world.command)),
    f"{COMMANDS}/ReportCommand": _act(
        f"{COMMANDS}/ReportCommand", lambda world: f"{world.partner}/{world.command}", "report",
        lambda _: {"state": "EXECUTED"}),
    f"{EVENTS}/ListAccessEvents": Fixture(
        lambda world: list_of(f"{EVENTS}/ListAccessEvents", world.unit, "accessEvents")),
    f"{EVENTS}/WatchAccessEvents": Fixture(
        lambda world: Call(
            f"{EVENTS}/WatchAccessEvents", "GET", f"/v1/{world.unit}/accessEvents:watch",
            {"parent": world.unit}, stable=False)),
    f"{_AUDIT}/ListAuditEntries": Fixture(
        lambda _: Call(f"{_AUDIT}/ListAuditEntries", "GET", "/v1/auditEntries", stable=False)),
    f"{_AUDIT}/GetAuditEntry": Fixture(
        lambda _: get(f"{_AUDIT}/GetAuditEntry", _NO_ENTRY), own=_NOT_FOUND),
    # Of every tenant's own log.
    f"{_AUDIT}/GetCheckpoint": Fixture(
        lambda _: Call(f"{_AUDIT}/GetCheckpoint", "GET", "/v1/auditCheckpoint", stable=False),
        foreign="OK"),
    f"{_AUDIT}/GetInclusionProof": Fixture(
        lambda _: Call(
            f"{_AUDIT}/GetInclusionProof", "GET", f"/v1/{_NO_ENTRY}:inclusionProof",
            {"name": _NO_ENTRY}),
        own=_NOT_FOUND),
    f"{_AUDIT}/GetConsistencyProof": Fixture(
        lambda _: Call(
            f"{_AUDIT}/GetConsistencyProof", "GET",
            "/v1/auditCheckpoint:consistencyProof?fromSize=1", {"fromSize": "1"}, stable=False),
        foreign="OK"),
    f"{_AUDIT}/ListPlatformAuditEntries": Fixture(
        lambda _: Call(
            f"{_AUDIT}/ListPlatformAuditEntries", "GET", "/v1/platformAuditEntries",
            stable=False)),
}
