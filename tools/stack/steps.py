"""The first calls of a new user: printed by tools/run, and run by tools/run --smoke as printed."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from stack.artel import host_name
from stack.stack import Stack
from stack.tenants import ALPHA, APP, BETA, GAMMA, Tenant

_ACCESS_POINT = ALPHA.access_point("front-door")
_SERVICE = "artel.residential.v1"
_NEW_UUID = "$(cat /proc/sys/kernel/random/uuid)"


@dataclass(frozen=True)
class Step:
    """A command to paste. One that `prepares` sets variables for those below it."""

    name: str
    title: str
    text: str
    prepares: bool = False


def steps(stack: Stack) -> list[Step]:
    """The commands, in the order in which they are to be tried."""
    return [
        Step("variables", "In every terminal, first", _variables(stack), prepares=True),
        Step(
            "token", f"and a token for {ALPHA.person}, who lives in {ALPHA.display_name}; it is"
            " good for 10 minutes", _person_token("TOKEN", ALPHA), prepares=True),
        Step(
            "watch", "Watch the unit's events, in a second terminal (Ctrl-C ends it)",
            f"{_curl('$TOKEN')} -Ni -H 'accept: text/event-stream' \\\n"
            f'  "$API/v1/{ALPHA.unit_name}/accessEvents:watch"'),
        Step("open", "Open the front door", _open()),
        Step(
            "journal", "Read the journal of the unit",
            f'{_curl("$TOKEN")} "$API/v1/{ALPHA.unit_name}/accessEvents?pageSize=5"'),
        Step(
            "service-token", f"A token for {ALPHA.display_name}'s own service, by its client"
            " credentials", _service_token("SERVICE", ALPHA), prepares=True),
        Step(
            "audit", "Read the audit: every change, and who made it",
            f'{_curl("$SERVICE")} "$API/v1/auditEntries?pageSize=5"'),
        Step(
            "stranger", f"Another tenant sees nothing of it: {BETA.person} of {BETA.display_name}"
            " gets 404",
            _person_token("STRANGER", BETA) + "\n"
            f'{_curl("$STRANGER")} "$API/v1/{ALPHA.unit_name}/accessEvents"'),
        Step(
            "bank", "A bank has no doors: its service gets 403",
            _service_token("BANK", GAMMA) + "\n"
            f'{_curl("$BANK")} "$API/v1/properties"'),
        Step(
            "grpc-open", "The same over gRPC, over a connection with the complex's own client"
            " certificate: open the door",
            _call("AccessPointService/OpenAccessPoint", '--token "$TOKEN"', {
                "name": f'"{_ACCESS_POINT}"', "unit": f'"{ALPHA.unit_name}"',
                "requestId": f'"{_NEW_UUID}"',
            })),
        Step(
            "grpc-journal", "and read the journal, as the service that the certificate names",
            _call("AccessEventService/ListAccessEvents", "", {
                "parent": f'"{ALPHA.unit_name}"', "pageSize": "5",
            })),
    ]


def _variables(stack: Stack) -> str:
    certificate, key = stack.demo.certificate(ALPHA)
    values = {
        "CA": stack.certificates.authority,
        "API": stack.server.rest,
        "OPENID": stack.openid.address,
        "GRPC": stack.server.grpc,
        "CERTIFICATE": certificate,
        "KEY": key,
        "SECRETS": stack.demo.secrets.folder,
        "ARTEL": stack.artel.binary,
    }
    return "\n".join(f"{name}={shlex.quote(str(value))}" for name, value in values.items())


def _curl(token: str) -> str:
    return f'curl -sS --cacert "$CA" -H "authorization: Bearer {token}"'


def _open() -> str:
    body = rf'{{\"unit\": \"{ALPHA.unit_name}\", \"requestId\": \"{_NEW_UUID}\"}}'
    return (
        f"{_curl('$TOKEN')} -H 'content-type: application/json' \\\n"
        f'  -d "{body}" \\\n  "$API/v1/{_ACCESS_POINT}:open"')


def _person_token(variable: str, tenant: Tenant) -> str:
    return (
        f'{variable}=$(curl -fsS --cacert "$CA" -d grant_type=password -d client_id={APP} \\\n'
        f"  -d username={tenant.person} --data-urlencode password@\"$SECRETS/{tenant.person}"
        '-password" \\\n'
        f'  "$OPENID/realms/{tenant.name}/protocol/openid-connect/token" |\n'
        f"  {_PICK})")


def _service_token(variable: str, tenant: Tenant) -> str:
    return (
        f'{variable}=$(curl -fsS --cacert "$CA" -d grant_type=client_credentials \\\n'
        f"  -d client_id={tenant.console} --data-urlencode client_secret@\"$SECRETS/"
        f'{tenant.console}" \\\n'
        f'  "$API/oauth2/token" | {_PICK})')


_PICK = """python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'"""


def _call(method: str, more: str, members: dict[str, str]) -> str:
    body = ", ".join(f'"{name}": {value}' for name, value in members.items())
    quoted = body.replace('"', r"\"")
    return (
        f'"$ARTEL" call "$GRPC" {_SERVICE}.{method} \\\n'
        '  --ca "$CA" --cert "$CERTIFICATE" --key "$KEY" \\\n'
        f'  --server-name {host_name(ALPHA)}{" " + more if more else ""} \\\n'
        f'  "{{{quoted}}}"')
