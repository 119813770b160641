"""grpcio, as a gRPC client that is not ours, with stubs that protoc writes from proto/."""

from __future__ import annotations

import functools
import importlib
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pool, json_format, message_factory
from google.rpc import error_details_pb2, status_pb2
from grpc_tools import protoc

from environment import ROOT

_ERROR_INFO = error_details_pb2.ErrorInfo.DESCRIPTOR.full_name


@functools.cache
def _stubs() -> tempfile.TemporaryDirectory[str]:
    """Writes and imports the modules of every contract; the folder lives as long as we do."""
    folder = tempfile.TemporaryDirectory(prefix="artel-stubs-")
    protos = sorted(str(f.relative_to(ROOT / "proto")) for f in (ROOT / "proto").rglob("*.proto"))
    packages = sysconfig.get_path("purelib")
    builtin = str(Path(protoc.__file__).parent / "_proto")
    status = protoc.main([
        "protoc", f"-I{ROOT / 'proto'}", f"-I{packages}", f"-I{builtin}",
        f"--python_out={folder.name}", f"--grpc_python_out={folder.name}", *protos,
    ])
    if status != 0:
        raise RuntimeError(f"protoc ended with {status}")
    sys.path.append(folder.name)
    for proto in protos:
        module = proto.removesuffix(".proto").replace("/", ".")
        importlib.import_module(f"{module}_pb2")
        importlib.import_module(f"{module}_pb2_grpc")
    return folder


def load_stubs() -> None:
    """Makes every contract known to the pool of descriptors."""
    _stubs()


def options(file: str) -> Any:
    """The extensions and enumerations of a file of `artel.options.v1`."""
    load_stubs()
    return sys.modules[f"artel.options.v1.{file}_pb2"]


@functools.cache
def _method(name: str) -> tuple[Any, str]:
    """The descriptor of `package.Service/Method`, and the module of its stub."""
    _stubs()
    service_name, _, method = name.partition("/")
    service = descriptor_pool.Default().FindServiceByName(service_name)
    module = service.file.name.removesuffix(".proto").replace("/", ".")
    return service.methods_by_name[method], f"{module}_pb2_grpc"


@dataclass(frozen=True)
class Answer:
    """What came back of a call."""

    code: str
    message: str = ""
    details: bytes = b""
    json: dict[str, Any] | None = None

    @property
    def reason(self) -> str:
        """The reason of google.rpc.ErrorInfo; empty without one."""
        for detail in status_pb2.Status.FromString(self.details).details:
            if detail.type_url.endswith(_ERROR_INFO):
                return error_details_pb2.ErrorInfo.FromString(detail.value).reason
        return ""

    @property
    def metadata(self) -> dict[str, str]:
        """The metadata of google.rpc.ErrorInfo."""
        for detail in status_pb2.Status.FromString(self.details).details:
            if detail.type_url.endswith(_ERROR_INFO):
                return dict(error_details_pb2.ErrorInfo.FromString(detail.value).metadata)
        return {}


class GRPCDoor:
    """A channel to the gRPC door of an `artel serve`."""

    def __init__(
        self, address: str, authority: Path | None = None,
        identity: tuple[Path, Path] | None = None, name: str = "", called: str = "",
    ) -> None:
        """Takes the address; for TLS the server's authority, our certificate with its key, and
        the name to ask for: a tenant's, whose clients alone come in under it. Calls are for that
        name, too, unless they are for another."""
        options = [("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1)]
        if name:
            options.append(("grpc.ssl_target_name_override", name))
        if called:
            options.append(("grpc.default_authority", called))
        if authority is None:
            self.channel = grpc.insecure_channel(address, options)
            return
        certificate, key = identity or (None, None)
        credentials = grpc.ssl_channel_credentials(
            authority.read_bytes(), key.read_bytes() if key else None,
            certificate.read_bytes() if certificate else None)
        self.channel = grpc.secure_channel(address, credentials, options)

    def call(
        self, method: str, request: dict[str, Any] | None = None, token: str | None = None,
        timeout: float = 30, metadata: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        """Makes an unary call; the request and the answer are JSON objects."""
        descriptor, stub, message = self._prepare(method, request)
        if token is not None:
            metadata = (*metadata, ("authorization", f"Bearer {token}"))
        try:
            answer = stub(message, timeout=timeout, metadata=metadata)
        except grpc.RpcError as error:
            return answer_of(error)
        return Answer("OK", json=json_format.MessageToDict(answer))

    def stream(
        self, method: str, request: dict[str, Any], token: str | None = None,
        timeout: float = 60,
    ) -> tuple[grpc.Call, Iterator[dict[str, Any]]]:
        """Begins a server stream."""
        _, stub, message = self._prepare(method, request)
        metadata = (("authorization", f"Bearer {token}"),) if token is not None else ()
        call = stub(message, timeout=timeout, metadata=metadata)
        return call, (json_format.MessageToDict(each) for each in call)

    def close(self) -> None:
        """Closes the channel."""
        self.channel.close()

    def _prepare(self, method: str, request: dict[str, Any] | None) -> tuple[Any, Any, Any]:
        descriptor, module = _method(method)
        service = descriptor.containing_service.name
        stub = getattr(sys.modules[module], f"{service}Stub")(self.channel)
        message = message_factory.GetMessageClass(descriptor.input_type)()
        json_format.ParseDict(request or {}, message)
        return descriptor, getattr(stub, descriptor.name), message


def answer_of(error: grpc.RpcError) -> Answer:
    """A failed call."""
    trailers = dict(error.trailing_metadata() or ())
    details = trailers.get("grpc-status-details-bin", b"")
    return Answer(error.code().name, error.details() or "", details)
