"""The facts of proto files, by protoc."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

from compatibility.facts import Facts

_FieldProto = descriptor_pb2.FieldDescriptorProto
_VERBS = ("get", "put", "post", "delete", "patch")


class ContractError(Exception):
    """Contracts that do not compile."""


def facts(folder: Path, imports: Sequence[Path] = ()) -> Facts:
    """The facts of every proto file below a folder."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.proto"))
    if not names:
        raise ContractError(f"there are no contracts in {folder}")
    with tempfile.NamedTemporaryFile(suffix=".pb") as out:
        command = [
            "protoc", f"--proto_path={folder}", *(f"--proto_path={path}" for path in imports),
            "--include_imports", f"--descriptor_set_out={out.name}", *names]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise ContractError(done.stderr.strip() or f"protoc ended with {done.returncode}")
        compiled = Path(out.name).read_bytes()
    found: Facts = {}
    for file in _parsed(compiled).file:
        if file.name in names:
            found.update(_File(file).facts())
    return found


def _parsed(compiled: bytes) -> Any:
    """The descriptor set, its options by their own contracts where it has those."""
    plain = descriptor_pb2.FileDescriptorSet.FromString(compiled)
    pool = descriptor_pool.DescriptorPool()
    for file in plain.file:
        pool.Add(file)
    if not any(file.name == "google/protobuf/descriptor.proto" for file in plain.file):
        return plain
    kind = pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet")
    classes = message_factory.GetMessageClassesForFiles([file.name for file in plain.file], pool)
    assert classes
    return message_factory.GetMessageClass(kind).FromString(compiled)


class _File:
    """One file of a set."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def facts(self) -> Facts:
        """What callers depend on in it."""
        found: Facts = {}
        scope = self._file.package
        for message in self._file.message_type:
            found.update(self._message(message, scope))
        for kind in self._file.enum_type:
            found.update(self._enum(kind, scope))
        for field in self._file.extension:
            found.update(self._extension(field, scope))
        for service in self._file.service:
            found.update(self._service(service, scope))
        return found

    def _message(self, message: Any, scope: str) -> Iterator[tuple[str, dict[str, Any]]]:
        name = _joined(scope, message.name)
        if message.options.map_entry:
            return
        yield f"message {name}", _said(
            # Ends are exclusive in a message, inclusive in an enum.
            reserved=[[one.start, one.end - 1] for one in message.reserved_range],
            names=sorted(message.reserved_name),
            message_set=message.options.message_set_wire_format)
        maps = {
            _joined(name, nested.name): nested for nested in message.nested_type
            if nested.options.map_entry}
        for field in message.field:
            oneof = None
            if field.HasField("oneof_index") and not field.proto3_optional:
                oneof = message.oneof_decl[field.oneof_index].name
            yield f"field {name} {field.number}", self._field(field, oneof, maps)
        for field in message.extension:
            yield from self._extension(field, name)
        for nested in message.nested_type:
            yield from self._message(nested, name)
        for kind in message.enum_type:
            yield from self._enum(kind, name)

    def _field(self, field: Any, oneof: str | None, maps: dict[str, Any]) -> dict[str, Any]:
        kind = _FieldProto.Type.Name(field.type).removeprefix("TYPE_").lower()
        cardinality = "repeated" if field.label == _FieldProto.LABEL_REPEATED else ""
        if field.label == _FieldProto.LABEL_REQUIRED:
            cardinality = "required"
        named = field.type_name.lstrip(".")
        if named in maps:
            key, value = maps[named].field
            parts = [self._field(one, None, {}) for one in (key, value)]
            kind, cardinality = ",".join(part["type"] for part in parts), "map"
            named = parts[1].get("of", "")
        return _said(
            name=field.name, json=field.json_name, type=kind, of=named, cardinality=cardinality,
            oneof=oneof, default=field.default_value,
            rules=_option(field.options, "artel.options.v1.rules"))

    def _extension(self, field: Any, scope: str) -> Iterator[tuple[str, dict[str, Any]]]:
        fact = self._field(field, None, {})
        fact["name"] = _joined(scope, field.name)
        fact["json"] = f"[{fact['name']}]"
        yield f"extension {field.extendee.lstrip('.')} {field.number}", fact

    def _enum(self, kind: Any, scope: str) -> Iterator[tuple[str, dict[str, Any]]]:
        name = _joined(scope, kind.name)
        yield f"enum {name}", _said(
            reserved=[[one.start, one.end] for one in kind.reserved_range],
            names=sorted(kind.reserved_name), closed=self._file.syntax in ("", "proto2"))
        values: dict[int, list[str]] = {}
        for value in kind.value:
            values.setdefault(value.number, []).append(value.name)
        for number, names in values.items():
            yield f"value {name} {number}", {"names": names}

    def _service(self, service: Any, scope: str) -> Iterator[tuple[str, dict[str, Any]]]:
        name = _joined(scope, service.name)
        yield f"service {name}", {}
        for method in service.method:
            path = f"{name}/{method.name}"
            level = method.options.idempotency_level
            yield f"rpc {path}", _said(
                request=method.input_type.lstrip("."), response=method.output_type.lstrip("."),
                client_streaming=method.client_streaming,
                server_streaming=method.server_streaming, idempotency=level)
            rule = _option(method.options, "google.api.http")
            for one in [rule, *rule.get("additional_bindings", [])] if rule else []:
                verb, template = _pattern(one)
                yield f"http {path} {verb} {template}", _said(
                    body=one.get("body"), response_body=one.get("response_body"))
            if policy := _option(method.options, "artel.options.v1.policy"):
                yield f"policy {path}", policy


def _pattern(rule: dict[str, Any]) -> tuple[str, str]:
    for verb in _VERBS:
        if verb in rule:
            return verb.upper(), rule[verb]
    custom = rule.get("custom", {})
    return custom.get("kind", ""), custom.get("path", "")


def _option(options: Any, name: str) -> dict[str, Any]:
    """An option of a message type as JSON; empty without it."""
    for field, value in options.ListFields():
        if field.full_name == name:
            return json_format.MessageToDict(value, preserving_proto_field_name=True)
    return {}


def _said(**more: Any) -> dict[str, Any]:
    """What is not as it would be without a word."""
    return {
        name: value for name, value in more.items() if value not in (None, "", [], {}, False, 0)}


def _joined(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name
