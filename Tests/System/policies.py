"""What the contracts say of who may call: read from the descriptors, as the program reads them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

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
        name, policy, frozenset(names), frozenset(references), method.server_streaming)


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
