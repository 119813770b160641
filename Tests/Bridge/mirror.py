"""A server that gives back what it is sent, and random messages to send it, by protobuf's own Python."""

from __future__ import annotations

import random
import struct
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from contract import compiled, folder

_TEXTS = ["", "a", "é€😀", '"\\/\b\f\n\r\t', "\x00\x1f\x7f", "\u2028</script>", "x" * 300]
_WHOLE = [0, 1, 127, 128, 255, 16_384, 10**9, 10**10]
_DOUBLES = [0.0, -0.0, 1.0, -1.5, 0.1, 1e22, 1e23, 5e-324, 1.7976931348623157e308, 2.0**53 + 2,
            float("inf"), float("-inf"), float("nan")]
_LIMIT = 2


class Mirror:
    """Serves mapping.v1.Mirror, by descriptors alone."""

    def __init__(self) -> None:
        """Starts it on a free port of loopback."""
        text = (Path(__file__).parent / "proto" / "mapping.proto").read_text()
        content = compiled(text, "mapping.proto")
        self.descriptors = folder() / "mapping.binpb"
        self.descriptors.write_bytes(content)
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(content).file:
            pool.Add(file)
        self.pool = pool
        found = pool.FindMessageTypeByName("mapping.v1.Everything")
        self.everything: Any = message_factory.GetMessageClass(found)
        self.received = b""
        self.calls = 0
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        handler = grpc.unary_unary_rpc_method_handler(self._echo)
        self._server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("mapping.v1.Mirror", {"Echo": handler}),))
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    def _echo(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        self.received = request
        self.calls += 1
        return request

    def stop(self) -> None:
        """Ends it."""
        self._server.stop(None).wait()


class Generator:
    """Random messages whose JSON is defined, the same for the same seed."""

    def __init__(self, mirror: Mirror, seed: int) -> None:
        """Begins a sequence."""
        self._mirror = mirror
        self._random = random.Random(seed)

    def message(self, depth: int = 0) -> Any:
        """An Everything with a few fields."""
        made = self._mirror.everything()
        self._fill(made, depth)
        return made

    def _fill(self, made: Any, depth: int) -> None:
        fields = list(made.DESCRIPTOR.fields)
        for field in self._random.sample(fields, self._random.randint(1, 12 if depth == 0 else 4)):
            if field.message_type is not None and field.message_type.GetOptions().map_entry:
                self._entries(made, field, depth)
            elif field.label == field.LABEL_REPEATED:
                self._elements(made, field, depth)
            elif field.message_type is not None:
                self._inner(getattr(made, field.name), depth + 1)
            else:
                setattr(made, field.name, self._scalar(field))

    def _elements(self, made: Any, field: Any, depth: int) -> None:
        values = getattr(made, field.name)
        for _ in range(self._random.randint(0, 3)):
            if field.message_type is not None:
                self._inner(values.add(), depth + 1)
            else:
                values.append(self._scalar(field))

    def _entries(self, made: Any, field: Any, depth: int) -> None:
        key, value = field.message_type.fields
        entries = getattr(made, field.name)
        for _ in range(self._random.randint(0, 3)):
            if value.message_type is not None:
                self._inner(entries[self._scalar(key)], depth + 1)
            else:
                entries[self._scalar(key)] = self._scalar(value)

    def _inner(self, made: Any, depth: int) -> None:
        made.SetInParent()
        pick = self._random
        match made.DESCRIPTOR.full_name:
            case "google.protobuf.Timestamp":
                made.seconds = pick.choice([0, -1, -62_135_596_800, 253_402_300_799, 1_709_164_800])
                made.nanos = pick.choice([0, 1, 1000, 500_000_000, 999_999_999])
            case "google.protobuf.Duration":
                sign = pick.choice([1, -1])
                made.seconds = sign * pick.choice([0, 1, 315_576_000_000])
                made.nanos = sign * pick.choice([0, 1, 20_000, 500_000_000])
            case "google.protobuf.FieldMask":
                made.paths.extend(pick.sample(["a", "b_c", "d.e_f.g", "h1"], pick.randint(0, 4)))
            case "google.protobuf.Struct":
                made.update(self._json(depth, dict))
            case "google.protobuf.ListValue":
                made.extend(self._json(depth, list))
            case "google.protobuf.Value":
                self._value(made, depth)
            case "google.protobuf.Any":
                name = pick.choice(
                    ["mapping.v1.Everything", *(f"google.protobuf.{one}" for one in (
                        "Timestamp", "Duration", "FieldMask", "Struct", "Value", "ListValue",
                        "Int64Value", "BytesValue", "Any"))])
                found = self._mirror.pool.FindMessageTypeByName(name)
                content = message_factory.GetMessageClass(found)()
                if depth <= _LIMIT + 2:
                    self._inner(content, depth + 1)
                    made.Pack(content)
            case "mapping.v1.Everything":
                if depth <= _LIMIT:
                    self._fill(made, depth)
            case "google.protobuf.Empty":
                pass
            case _:
                made.value = self._scalar(made.DESCRIPTOR.fields[0])

    def _value(self, made: Any, depth: int) -> None:
        match self._json(depth, None):
            case None:
                made.null_value = 0
            case bool() as value:
                made.bool_value = value
            case float() as value:
                made.number_value = value
            case str() as value:
                made.string_value = value
            case dict() as value:
                made.struct_value.SetInParent()
                made.struct_value.update(value)
            case list() as value:
                made.list_value.SetInParent()
                made.list_value.extend(value)

    def _json(self, depth: int, kind: type | None) -> Any:
        pick = self._random
        if kind is None:
            kinds = [type(None), bool, float, str, *([dict, list] if depth <= _LIMIT + 1 else [])]
            kind = pick.choice(kinds)
        if kind is dict:
            return {pick.choice(_TEXTS): self._json(depth + 1, None)
                    for _ in range(pick.randint(0, 3))}
        if kind is list:
            return [self._json(depth + 1, None) for _ in range(pick.randint(0, 3))]
        if kind is bool:
            return pick.random() < 0.5
        if kind is float:
            return pick.choice(_DOUBLES[:-3])
        return pick.choice(_TEXTS) if kind is str else None

    def _scalar(self, field: Any) -> Any:
        pick = self._random
        if field.enum_type is not None:
            isNull = field.enum_type.name == "NullValue"
            return 0 if isNull else pick.choice([0, 1, -3, 2_147_483_647, 42, -42])
        match field.cpp_type:
            case field.CPPTYPE_STRING:
                text = pick.choice(_TEXTS)
                isBytes = field.type == field.TYPE_BYTES
                return pick.randbytes(pick.randint(0, 9)) if isBytes else text
            case field.CPPTYPE_BOOL:
                return pick.random() < 0.5
            case field.CPPTYPE_DOUBLE:
                return pick.choice([*_DOUBLES, self._bits("<d", 8)])
            case field.CPPTYPE_FLOAT:
                return self._bits("<f", 4)
        isSigned = field.cpp_type in (field.CPPTYPE_INT32, field.CPPTYPE_INT64)
        isWide = field.cpp_type in (field.CPPTYPE_INT64, field.CPPTYPE_UINT64)
        top = 2 ** ((64 if isWide else 32) - isSigned) - 1
        value = pick.choice([*_WHOLE, top, top - 1])
        value = min(value, top)
        return -value - 1 if isSigned and pick.random() < 0.5 else value

    def _bits(self, form: str, size: int) -> float:
        return float(struct.unpack(form, self._random.randbytes(size))[0])
