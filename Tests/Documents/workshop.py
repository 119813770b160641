"""The server behind the bridge: it gives back what it is given."""

from __future__ import annotations

import atexit
import functools
import importlib
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import grpc
from google.api import httpbody_pb2
from google.protobuf import duration_pb2, empty_pb2
from grpc_tools import protoc

from environment import ROOT

_PROTO = Path(__file__).parent / "proto"


@dataclass(frozen=True)
class Contract:
    """The package atelier.v1, with its comments."""

    messages: ModuleType
    services: ModuleType
    descriptors: Path


@functools.cache
def contract() -> Contract:
    """Writes and imports the modules, and the descriptor set."""
    made = tempfile.TemporaryDirectory(prefix="artel-documents-")
    atexit.register(made.cleanup)
    folder = Path(made.name)
    descriptors = folder / "atelier.binpb"
    own = str(Path(str(importlib.import_module("grpc_tools").__file__)).parent / "_proto")
    status = protoc.main([
        "protoc", f"-I{own}", f"-I{_PROTO}", f"-I{ROOT / 'proto'}",
        f"-I{sysconfig.get_path('purelib')}", f"--python_out={folder}",
        f"--grpc_python_out={folder}", "--include_imports", "--include_source_info",
        f"--descriptor_set_out={descriptors}", "atelier/v1/atelier.proto",
        "artel/options/v1/policy.proto", "artel/options/v1/field.proto"])
    if status != 0:
        raise RuntimeError(f"protoc ended with {status}")
    sys.path.append(str(folder))
    messages, services = (
        importlib.import_module(f"atelier.v1.atelier_{name}") for name in ("pb2", "pb2_grpc"))
    return Contract(messages, services, descriptors)


class Atelier:
    """The service."""

    def GetThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What the query said, as a thing."""
        thing = contract().messages.Thing(
            name=request.name, title=request.title, weight=request.weight, count=request.count,
            serial=request.serial, great=request.great, ready=request.ready, image=request.image,
            color=request.color, tags=request.tags, labels={"a": 1, "b": -(1 << 60)})
        for name in ("time", "span", "part"):
            if request.HasField(name):
                getattr(thing, name).CopyFrom(getattr(request, name))
        thing.packed.Pack(duration_pb2.Duration(seconds=90))
        return thing

    def OldThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A thing with a name and a number."""
        return contract().messages.Thing(
            name=request.name, count=request.count, labels={"a": 1, "b": -(1 << 60)}, tags=["t"])

    GetLabels = OldThing

    def CreateThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What the body said."""
        request.thing.name = f"{request.parent}/things/1"
        request.thing.ClearField("pass")
        return request.thing

    def UpdateThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What the body said."""
        request.thing.ClearField("pass")
        return request.thing

    def DeleteThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Nothing; of what nobody knows, that it is not there."""
        if request.name.endswith("/things/none"):
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no such thing")
        return empty_pb2.Empty()

    def ShapeThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What body or form said."""
        return contract().messages.Thing(
            name=request.name, title=request.title, count=request.turns, tags=request.tags)

    def WatchThings(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """The same thing twice."""
        for _ in range(2):
            yield self.OldThing(request, context)

    def GatherThings(self, requests: Any, context: grpc.ServicerContext) -> Any:
        """How many have come, and what they are called."""
        gathered = contract().messages.GatheredThings()
        for request in requests:
            gathered.parent = request.parent
            gathered.count += 1
            gathered.titles.append(request.thing.title)
        return gathered

    def TalkThings(self, requests: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Each as it comes; `fail` ends it."""
        for request in requests:
            if request.title == "fail":
                context.abort(grpc.StatusCode.ABORTED, "that was wished for")
            yield contract().messages.Thing(name=request.name, title=request.title)

    def FollowThings(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Numbers, behind the one that the token names."""
        begin = int(request.resume_token) + 1 if request.resume_token.isdecimal() else 1
        for number in range(begin, begin + (request.count % 100 or 3)):
            yield contract().messages.FollowedThing(
                name=request.name, number=number, resume_token=str(number))

    def OrderThing(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A thing that has the key as its name."""
        return contract().messages.Thing(name=request.request_id, title=request.title)

    def DecorateRoom(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What has come."""
        return contract().messages.Decoration(
            content_type=request.picture.content_type, filename=request.picture_filename,
            sizes=[len(request.picture.data), *(len(one) for one in request.sketches)],
            part=request.part if request.HasField("part") else None, tags=request.tags)

    def UploadPicture(self, requests: Any, context: grpc.ServicerContext) -> Any:
        """What is known of the bytes of all pieces."""
        picture = contract().messages.Picture()
        for request in requests:
            picture.name = picture.name or request.name
            picture.content_type = picture.content_type or request.picture.content_type
            picture.size += len(request.picture.data)
        return picture

    def DownloadPicture(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Three pieces."""
        yield httpbody_pb2.HttpBody(content_type="image/gif", data=b"GIF")
        yield httpbody_pb2.HttpBody(data=b"89")
        yield httpbody_pb2.HttpBody(data=b"a")

    def PutPicture(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What is known of the bytes."""
        return contract().messages.Picture(
            name=request.name, content_type=request.picture.content_type,
            size=len(request.picture.data))

    def GetPicture(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Some bytes."""
        return httpbody_pb2.HttpBody(content_type="image/gif", data=b"GIF89a")


class Upstream:
    """A server of it, on a port of loopback."""

    def __init__(self) -> None:
        """Starts it."""
        self._server = grpc.server(
            futures.ThreadPoolExecutor(16), options=[("grpc.so_reuseport", 0)])
        contract().services.add_AtelierServicer_to_server(Atelier(), self._server)
        self.target = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        """Ends it, and every call."""
        self._server.stop(None).wait()
