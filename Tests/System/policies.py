"""What the contracts say of who may call: read from the descriptors, as the program reads them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.api import field_behavior_pb2
from google.protobuf import descriptor_pool

import grpc_door
from environment import ROOT


@dataclass(frozen=True)
class Method:
    """A method that our contracts have, and its policy."""

    name: str
    policy: Any
    # Fields of the request, also of messages in it, that name resources.
    names: frozenset[str]
    references: frozenset[str]
    # What only the service sets: the message's field, the field in it, and a value.
    outputs: tuple[tuple[str, str, Any], ...]
    streams: bool

    @property
    def title(self) -> str:
        """The name without its package."""
        return self.name.rpartition(".")[2]


@functools.cache
def methods() -> dict[str, Method]:
    """Every method of the packages `artel.*`, by `package.Service/Method`."""
    grpc_door.load_stubs()
    pool = descriptor_pool.Default()
    found = {}
    for path in sorted((ROOT / "proto" / "artel").rglob("*.proto")):
        file = pool.FindFileByName(str(path.relative_to(ROOT / "proto")))
        for service in file.services_by_name.values():
            for method in service.methods:
                name = f"{service.full_name}/{method.name}"
                found[name] = _method(name, method)
    return found


def _method(name: str, method: Any) -> Method:
    policy = method.GetOptions().Extensions[grpc_door.options("policy").policy]
    names, references = _resources(method.input_type, grpc_door.options("field").rules, ())
    return Method(
        name, policy, frozenset(names), frozenset(references),
        tuple(_outputs(method.input_type)), method.server_streaming)


def _outputs(message: Any) -> Iterator[tuple[str, str, Any]]:
    """The fields with OUTPUT_ONLY (AIP-203) of the messages in a request."""
    behavior = field_behavior_pb2
    for field in message.fields:
        for inner in field.message_type.fields if field.message_type is not None else ():
            if behavior.OUTPUT_ONLY in inner.GetOptions().Extensions[behavior.field_behavior]:
                yield field.json_name, inner.json_name, _sample(inner)


def _sample(field: Any) -> Any:
    """A value in JSON that is not the default."""
    if field.enum_type is not None:
        return field.enum_type.values[-1].name
    if field.message_type is not None:
        is_time = field.message_type.full_name == "google.protobuf.Timestamp"
        return "2026-01-01T00:00:00Z" if is_time else {}
    return {field.TYPE_STRING: "x", field.TYPE_BOOL: True}.get(field.type, 1)


def _resources(message: Any, rules: Any, outer: tuple[Any, ...]) -> tuple[list[str], list[str]]:
    """The fields that name a resource: what the call is about, and what it refers to."""
    names, references = [], []
    for field in message.fields:
        if field.GetOptions().Extensions[rules].resource:
            about = not outer and field.name in ("name", "parent")
            (names if about else references).append(field.name)
        if field.message_type is not None and field.message_type not in outer:
            inner = _resources(field.message_type, rules, (*outer, message))
            references += inner[0] + inner[1]
    return names, references


def principal(number: int) -> str:
    """`user`, `partner`, `service` or `administrator`."""
    return _word(grpc_door.options("policy").PrincipalKind, "PRINCIPAL_KIND_", number)


def tenant_kind(number: int) -> str:
    """As the command line has it: `residential`, `bank` and so on."""
    return _word(grpc_door.options("policy").TenantKind, "TENANT_KIND_", number)


def _word(enumeration: Any, prefix: str, number: int) -> str:
    return str(enumeration.Name(number)).removeprefix(prefix).lower()


@functools.cache
def scopes() -> tuple[str, ...]:
    """Every scope that a method asks for."""
    return tuple(sorted({
        scope for method in methods().values() for scope in method.policy.access.scopes}))
