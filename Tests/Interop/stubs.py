"""What protoc writes for Python from the contracts of tools/interop, made at the first use."""

from __future__ import annotations

import functools
import importlib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import grpc_health.v1.health_pb2 as health
from google.protobuf import descriptor_pb2
from grpc_tools import protoc

from server import ROOT

_PROTO = ROOT / "tools" / "interop" / "proto"
_FILES = ("messages", "empty", "test")


@dataclass(frozen=True)
class Testing:
    """The package grpc.testing."""

    messages: ModuleType
    empty: ModuleType
    contract: ModuleType
    services: ModuleType
    descriptors: Path
    _folder: tempfile.TemporaryDirectory[str]


@functools.cache
def testing() -> Testing:
    """Writes and imports the modules, and the file of descriptors that reflection serves; they live
    as long as the process."""
    folder = tempfile.TemporaryDirectory(prefix="artel-stubs-")
    descriptors = Path(folder.name) / "descriptors.binpb"
    status = protoc.main([
        "protoc", f"-I{_PROTO}", f"--python_out={folder.name}", f"--grpc_python_out={folder.name}",
        f"--descriptor_set_out={descriptors}", "--include_imports",
        *(f"grpc/testing/{name}.proto" for name in _FILES),
    ])
    if status != 0:
        raise RuntimeError(f"protoc ended with {status}")
    _add_health(descriptors)
    # grpc is a package of its own in Python: its path has to grow to hold grpc.testing's modules.
    import grpc

    grpc.__path__.append(str(Path(folder.name) / "grpc"))
    sys.path.append(folder.name)
    modules = [importlib.import_module(f"grpc.testing.{name}") for name in (
        "messages_pb2", "empty_pb2", "test_pb2", "test_pb2_grpc")]
    return Testing(*modules, descriptors, folder)


def _add_health(descriptors: Path) -> None:
    """Adds the descriptor of grpc.health.v1: the server serves that too."""
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    health.DESCRIPTOR.CopyToProto(files.file.add())
    descriptors.write_bytes(files.SerializeToString())
