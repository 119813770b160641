"""Messages and enums as types of TypeScript, by the proto3 JSON mapping."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from typescript.contract import Contract, Enumeration, Field, Message, Method

_HTTP_BODY = "google.api.HttpBody"

_SCALARS = {
    Field.TYPE_DOUBLE: "number | Irregular", Field.TYPE_FLOAT: "number | Irregular",
    Field.TYPE_INT32: "number", Field.TYPE_SINT32: "number", Field.TYPE_SFIXED32: "number",
    Field.TYPE_UINT32: "number", Field.TYPE_FIXED32: "number", Field.TYPE_BOOL: "boolean",
    Field.TYPE_INT64: "Int64", Field.TYPE_SINT64: "Int64", Field.TYPE_SFIXED64: "Int64",
    Field.TYPE_UINT64: "Int64", Field.TYPE_FIXED64: "Int64", Field.TYPE_STRING: "string",
    Field.TYPE_BYTES: "Base64"}
_WELL_KNOWN = {
    "Timestamp": "Timestamp", "Duration": "Duration", "FieldMask": "string",
    "Struct": "Record<string, Json>", "Value": "Json", "ListValue": "Json[]",
    "Any": "AnyMessage", "Empty": "Record<string, never>",
    "DoubleValue": "number | Irregular", "FloatValue": "number | Irregular",
    "Int64Value": "Int64", "UInt64Value": "Int64", "Int32Value": "number",
    "UInt32Value": "number", "BoolValue": "boolean", "StringValue": "string",
    "BytesValue": "Base64"}


# What the runtime calls its own types: one of a contract takes another name.
SHARED = (
    "AnyMessage", "Base64", "Bytes", "CallOptions", "Caller", "Download", "Duration", "Int64",
    "Irregular", "Json", "Messages", "Method", "RawBody", "Timestamp", "Upload")


def well_known(name: str) -> str | None:
    """The type of a message that JSON writes in a way of its own."""
    package, _, short = name.rpartition(".")
    return _WELL_KNOWN.get(short) if package == "google.protobuf" else None


def _member(name: str) -> str:
    """A member's name; one that is no identifier, such as `x5t#S256`, in quotes."""
    return name if re.fullmatch(r"[A-Za-z_$][\w$]*", name, re.ASCII) else json.dumps(name)


def json_name(name: str) -> str:
    """lowerCamelCase, as protoc makes it."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def comment(text: str, indent: str = "") -> list[str]:
    """A comment of documentation."""
    if not text:
        return []
    # What a contract says cannot end the comment.
    lines = text.replace("*/", "* /").split("\n")
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def files_of(message: Message) -> list[str]:
    """The fields that a part of a form fills with its bytes."""
    return [
        one.name for one in message.proto.field
        if one.type == Field.TYPE_BYTES or one.type_name == f".{_HTTP_BODY}"]


@dataclass
class Types:
    """The types that some methods need, each under a name of its own."""

    contract: Contract
    answered: set[str]
    asked: set[str]
    # Requests whose key the runtime makes, and those that may be forms.
    keyed: set[str]
    forms: set[str]

    @staticmethod
    def of(contract: Contract, methods: list[Method]) -> Types:
        """The types of methods."""
        types = Types(contract, set(), set(), set(), set())
        for method in methods:
            request = method.proto.input_type.lstrip(".")
            types._collect(request, types.asked)
            types._collect(method.proto.output_type.lstrip("."), types.answered)
            if method.policy.get("idempotency") == "IDEMPOTENCY_KEYED":
                types.keyed.add(request)
            if method.policy.get("rest", {}).get("accepts_forms"):
                types.forms.add(request)
        return types

    def _collect(self, name: str, seen: set[str]) -> None:
        if name in seen or well_known(name):
            return
        # What is sent as it is has a type of its own.
        if name == _HTTP_BODY and seen is self.asked:
            return
        seen.add(name)
        for field in self.contract.messages[name].proto.field:
            if field.type == Field.TYPE_MESSAGE:
                self._collect(field.type_name.lstrip("."), seen)

    def name(self, full: str, asked: bool = False) -> str:
        """`Command.State` becomes `CommandState`; of a message that goes both ways the one that is
        asked for is an `Input`."""
        known = self.contract.messages.get(full) or self.contract.enums[full]
        short = full.removeprefix(known.package + ".").replace(".", "")
        if short in SHARED:
            short += "Message"
        return short + ("Input" if asked and full in self.answered else "")

    def write(self) -> list[str]:
        """All of them, in the order of their names."""
        lines: list[str] = []
        enums: set[str] = set()
        messages = {(one, False) for one in self.answered} | {(one, True) for one in self.asked}
        for full, asked in sorted(messages, key=lambda one: self.name(*one)):
            message = self.contract.messages[full]
            if message.proto.options.map_entry:
                continue
            lines += self._message(message, asked)
        for full in sorted(self.answered | self.asked):
            for field in self.contract.messages[full].proto.field:
                if field.type == Field.TYPE_ENUM:
                    enums.add(field.type_name.lstrip("."))
        enums.discard("google.protobuf.NullValue")
        _refuse_doubles([self.name(*one) for one in messages] + [self.name(one) for one in enums])
        for full in sorted(enums):
            lines += self._enumeration(self.contract.enums[full])
        return lines

    def _message(self, message: Message, asked: bool) -> list[str]:
        lines = comment(message.comment)
        lines.append(f"export interface {self.name(message.name, asked)} {{")
        for field in message.proto.field:
            behavior = message.behaviors[field.name]
            if ("OUTPUT_ONLY" if asked else "INPUT_ONLY") in behavior:
                continue
            text = message.comments[field.name]
            if field.options.deprecated:
                text = f"{text}\n@deprecated".strip()
            lines += comment(text, "  ")
            needed = asked and "REQUIRED" in behavior and not _in_oneof(field)
            if message.name in self.keyed and field.name == "request_id":
                needed = False
            is_file = asked and message.name in self.forms and field.name in files_of(message)
            lines.append(
                f"  {_member(field.json_name or json_name(field.name))}{'' if needed else '?'}: "
                f"{self.type(field, asked, is_file)};")
        return [*lines, "}", ""]

    def type(self, field: Field, asked: bool, is_file: bool = False) -> str:
        """The type of a field; one that a form may fill takes bytes, too."""
        if field.type == Field.TYPE_MESSAGE:
            full = field.type_name.lstrip(".")
            message = self.contract.messages[full].proto
            if message.options.map_entry:
                return f"Record<string, {self.type(message.field[1], asked)}>"
            single = well_known(full) or (
                "Upload" if asked and full == _HTTP_BODY else self.name(full, asked))
        elif field.type == Field.TYPE_ENUM:
            full = field.type_name.lstrip(".")
            single = "null" if full == "google.protobuf.NullValue" else self.name(full)
        else:
            single = _SCALARS[field.type] + (" | Bytes" if is_file else "")
        if field.label != Field.LABEL_REPEATED:
            return single
        return f"Array<{single}>" if "|" in single else f"{single}[]"

    def _enumeration(self, kind: Enumeration) -> list[str]:
        lines = comment(kind.comment)
        lines.append(f"export type {self.name(kind.name)} =")
        for index, (value, text) in enumerate(kind.values):
            lines += comment(text, "  ")
            end = ";" if index == len(kind.values) - 1 else ""
            lines.append(f'  | "{value}"{end}')
        return [*lines, ""]


def _refuse_doubles(names: list[str]) -> None:
    """Two types of one name would be one interface to TypeScript."""
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise ValueError(f"these names stand for two types: {', '.join(doubles)}")


def _in_oneof(field: Field) -> bool:
    return bool(field.HasField("oneof_index") and not field.proto3_optional)
