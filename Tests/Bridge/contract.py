"""What protoc makes of the test's own contract, at the first use."""

from __future__ import annotations

import atexit
import functools
import importlib
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from google.protobuf import descriptor_pb2
from grpc_tools import protoc

from environment import ROOT

_PROTO = Path(__file__).parent / "proto"


@dataclass(frozen=True)
class Contract:
    """The package shelf.v1."""

    messages: ModuleType
    services: ModuleType
    descriptors: Path


@functools.cache
def folder() -> Path:
    """A folder that lives as long as the process."""
    made = tempfile.TemporaryDirectory(prefix="artel-bridge-")
    atexit.register(made.cleanup)
    return Path(made.name)


@functools.cache
def shelf() -> Contract:
    """Writes and imports the modules, and the descriptor set."""
    descriptors = folder() / "shelf.binpb"
    packages = sysconfig.get_path("purelib")
    _protoc(
        f"-I{_PROTO}", f"-I{ROOT / 'proto'}", f"-I{packages}", f"--python_out={folder()}",
        f"--grpc_python_out={folder()}", "shelf/v1/shelf.proto", "artel/options/v1/policy.proto")
    _protoc(
        f"-I{_PROTO}", f"-I{ROOT / 'proto'}", f"-I{packages}", "--include_imports",
        f"--descriptor_set_out={descriptors}", "shelf/v1/shelf.proto")
    sys.path.append(str(folder()))
    messages, services = (
        importlib.import_module(f"shelf.v1.shelf_{name}") for name in ("pb2", "pb2_grpc"))
    return Contract(messages, services, descriptors)


@functools.cache
def interop() -> Path:
    """The descriptor set of grpc.testing."""
    descriptors = folder() / "interop.binpb"
    proto = ROOT / "tools" / "interop" / "proto"
    _protoc(
        f"-I{proto}", "--include_imports", f"--descriptor_set_out={descriptors}",
        "grpc/testing/test.proto")
    return descriptors


def compiled(text: str, name: str = "test.proto") -> bytes:
    """The descriptor set of a contract of a test's own, imports included."""
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / name).write_text(text)
        out = Path(work) / "out.binpb"
        _protoc(
            f"-I{work}", f"-I{ROOT / 'proto'}", f"-I{sysconfig.get_path('purelib')}",
            "--include_imports", f"--descriptor_set_out={out}", name)
        return out.read_bytes()


def without_rule(descriptors: Path, method: str) -> bytes:
    """A descriptor set in which a method has no options."""
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    for file in files.file:
        for service in file.service:
            for one in service.method:
                if one.name == method:
                    one.ClearField("options")
    return files.SerializeToString()


def _protoc(*arguments: str) -> None:
    own = str(Path(str(importlib.import_module("grpc_tools").__file__)).parent / "_proto")
    status = protoc.main(["protoc", f"-I{own}", *arguments])
    if status != 0:
        raise RuntimeError(f"protoc ended with {status}")
