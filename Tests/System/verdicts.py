"""One call through both doors, and what both say of it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from grpc import RpcError

from curl import Curl, Response
from grpc_door import Answer, GRPCDoor, answer_of

_HTTP = {
    "OK": 200, "INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403, "NOT_FOUND": 404, "ALREADY_EXISTS": 409, "ABORTED": 409,
    "RESOURCE_EXHAUSTED": 429, "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504,
}


@dataclass(frozen=True)
class Call:
    """A call as both doors take it."""

    method: str
    http: str
    path: str
    request: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    # Whether the same call gets the same answer again.
    stable: bool = True
    # Whether the body is a form.
    form: bool = False
    # Whether the method takes no call without an `Idempotency-Key`.
    keyed: bool = False

    @property
    def title(self) -> str:
        """The call in messages."""
        return f"{self.method.rpartition('/')[2]} {self.path}"


@dataclass(frozen=True)
class Verdict:
    """The code's name and the reason of google.rpc.ErrorInfo; `OK` has none."""

    code: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.reason}".strip()


@dataclass(frozen=True)
class Seen:
    """What a call gave at both doors."""

    call: Call
    rest: Response
    grpc: Answer

    @property
    def verdict(self) -> Verdict:
        """What both doors say; raises AssertionError where they differ."""
        over_grpc = Verdict(self.grpc.code, self.grpc.reason if self.grpc.code != "OK" else "")
        body = self.rest.json() if self.rest.body else {}
        if self.rest.status == 200:
            over_rest = Verdict("OK")
            assert not self.call.stable or body == self.grpc.json, (
                f"REST {body}, gRPC {self.grpc.json}")
        elif self.call.form:
            # RFC 6749 section 5.2: the reason alone.
            over_rest = Verdict(over_grpc.code, str(body["error"]).upper())
        else:
            over_rest = Verdict(body["error"]["status"], self.rest.reason)
            assert body["error"]["message"] == self.grpc.message, (
                f"REST says {body['error']['message']!r}, gRPC {self.grpc.message!r}")
        assert over_rest == over_grpc, f"REST says {over_rest}, gRPC {over_grpc}"
        assert self.rest.status == _HTTP[over_rest.code], f"{over_rest} as {self.rest.status}"
        return over_rest


def _key(call: Call) -> dict[str, str]:
    """A key that no other call has, where this one needs one."""
    return {"idempotency-key": str(uuid.uuid4())} if call.keyed else {}


def try_both(
    rest: Curl, grpc: GRPCDoor, call: Call, token: str | None,
    headers: dict[str, str] | None = None,
) -> Seen:
    """Makes a call at both doors; where it needs a key, with one for each."""
    headers = {} if headers is None else headers
    metadata = tuple((headers | _key(call)).items())
    headers = headers | _key(call)
    if call.body is None:
        response = rest.send(call.http, call.path, token=token, headers=headers)
    elif call.form:
        response = rest.send(
            call.http, call.path, urlencode(call.body).encode(), token,
            {"content-type": "application/x-www-form-urlencoded"} | headers)
    else:
        response = rest.send(
            call.http, call.path, json.dumps(call.body).encode(), token,
            {"content-type": "application/json"} | headers)
    return Seen(call, response, grpc.call(call.method, call.request, token, metadata=metadata))


def try_streams(rest: Curl, grpc: GRPCDoor, call: Call, token: str | None) -> Seen:
    """Opens a stream at both doors; one that is still open after a second counts as a success."""
    response = rest.peek(call.path, token)
    _, messages = grpc.stream(call.method, call.request, token, timeout=1)
    try:
        for _ in messages:
            pass
        answer = Answer("OK")
    except RpcError as error:
        answer = answer_of(error)
    if answer.code == "DEADLINE_EXCEEDED":
        answer = Answer("OK")
    return Seen(call, response, answer)


def get(method: str, name: str, **more: Any) -> Call:
    """A call that gets a resource by its name."""
    return Call(method, "GET", f"/v1/{quote(name, safe='/')}", {"name": name, **more})


def list_of(method: str, parent: str, collection: str) -> Call:
    """A call that lists a collection below a parent."""
    return Call(method, "GET", f"/v1/{parent}/{collection}", {"parent": parent})
