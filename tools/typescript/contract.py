"""What of contracts a client needs: messages, enums and methods, with their comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

Field = descriptor_pb2.FieldDescriptorProto
_VERBS = ("get", "put", "post", "delete", "patch")


@dataclass
class Message:
    """A message type."""

    name: str
    package: str
    proto: Any
    comment: str
    comments: dict[str, str]
    behaviors: dict[str, list[str]]


@dataclass
class Enumeration:
    """An enum type."""

    name: str
    package: str
    values: list[tuple[str, str]]
    comment: str


@dataclass
class Binding:
    """A verb and a path."""

    verb: str
    template: str
    body: str
    response_body: str


@dataclass
class Method:
    """A method that HTTP can speak."""

    name: str
    service: str
    package: str
    proto: Any
    comment: str
    bindings: list[Binding]
    policy: dict[str, Any]


@dataclass
class Contract:
    """Everything, by full names without the dot before them."""

    messages: dict[str, Message] = field(default_factory=dict)
    enums: dict[str, Enumeration] = field(default_factory=dict)
    services: dict[str, tuple[str, list[Method]]] = field(default_factory=dict)


def read(compiled: bytes) -> Contract:
    """The contract of a serialized descriptor set."""
    contract = Contract()
    for file in _parsed(compiled).file:
        comments = {
            tuple(one.path): (one.leading_comments or one.trailing_comments)
            for one in file.source_code_info.location
            if one.leading_comments or one.trailing_comments}
        reader = _File(contract, file, comments)
        for index, message in enumerate(file.message_type):
            reader.message(message, file.package, (4, index))
        for index, kind in enumerate(file.enum_type):
            reader.enumeration(kind, file.package, (5, index))
        for index, service in enumerate(file.service):
            reader.service(service, (6, index))
    return contract


def _parsed(compiled: bytes) -> Any:
    """The set, its options by their own contracts."""
    plain = descriptor_pb2.FileDescriptorSet.FromString(compiled)
    pool = descriptor_pool.DescriptorPool()
    for file in plain.file:
        pool.Add(file)
    kind = pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet")
    message_factory.GetMessageClassesForFiles([file.name for file in plain.file], pool)
    return message_factory.GetMessageClass(kind).FromString(compiled)


def _options(options: Any) -> dict[str, Any]:
    shown: dict[str, Any] = json_format.MessageToDict(options, preserving_proto_field_name=True)
    return shown


@dataclass
class _File:
    contract: Contract
    file: Any
    comments: dict[tuple[int, ...], str]

    def comment(self, path: tuple[int, ...]) -> str:
        lines = self.comments.get(path, "").rstrip("\n").split("\n")
        return "\n".join(line.removeprefix(" ") for line in lines).strip()

    def message(self, message: Any, scope: str, path: tuple[int, ...]) -> None:
        name = f"{scope}.{message.name}" if scope else message.name
        behaviors = {
            one.name: _options(one.options).get("[google.api.field_behavior]", [])
            for one in message.field}
        self.contract.messages[name] = Message(
            name, self.file.package, message, self.comment(path),
            {one.name: self.comment((*path, 2, index))
             for index, one in enumerate(message.field)}, behaviors)
        for index, nested in enumerate(message.nested_type):
            self.message(nested, name, (*path, 3, index))
        for index, kind in enumerate(message.enum_type):
            self.enumeration(kind, name, (*path, 4, index))

    def enumeration(self, kind: Any, scope: str, path: tuple[int, ...]) -> None:
        name = f"{scope}.{kind.name}" if scope else kind.name
        self.contract.enums[name] = Enumeration(
            name, self.file.package,
            [(value.name, self.comment((*path, 2, index)))
             for index, value in enumerate(kind.value)], self.comment(path))

    def service(self, service: Any, path: tuple[int, ...]) -> None:
        name = f"{self.file.package}.{service.name}"
        methods = []
        for index, method in enumerate(service.method):
            options = _options(method.options)
            bindings = list(_bindings(options.get("[google.api.http]", {})))
            if bindings and _is_spoken(method, bindings):
                methods.append(Method(
                    method.name, name, self.file.package, method,
                    self.comment((*path, 2, index)), bindings,
                    options.get("[artel.options.v1.policy]", {})))
        if methods:
            self.contract.services[name] = (self.comment(path), methods)


def _is_spoken(method: Any, bindings: list[Binding]) -> bool:
    """A stream of requests has to be in a body, or in a WebSocket."""
    return (
        not method.client_streaming or method.server_streaming
        or all(one.body for one in bindings))


def _bindings(rule: dict[str, Any]) -> Iterator[Binding]:
    for verb in _VERBS:
        if verb in rule:
            yield Binding(
                verb.upper(), rule[verb], rule.get("body", ""), rule.get("response_body", ""))
    for more in rule.get("additional_bindings", []):
        yield from _bindings(more)
