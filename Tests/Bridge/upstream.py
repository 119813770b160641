"""The server behind the bridge: the contract of these tests, by grpcio."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from typing import Any

import grpc
from google.protobuf import any_pb2, empty_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_reflection.v1alpha import reflection

from contract import shelf

LARGE = 300


class Shelf:
    """The service: books in memory, each with a number for its etag."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.books: dict[str, Any] = {}
        self.covers: dict[str, Any] = {}
        self.began: dict[str, threading.Event] = {}
        self.ended: dict[str, float] = {}
        self.masks: list[list[str]] = []

    def GetBook(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A book."""
        return self._book(request.name, context)

    def ListBooks(self, request: Any, context: grpc.ServicerContext) -> Any:
        """As many books as are asked for."""
        if request.page_size < 0:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "page_size is negative")
        messages = shelf().messages
        count = request.page_size or 3
        books = [
            messages.Book(name=f"{request.parent}/books/{number}", title="x" * 40, pages=number)
            for number in range(count)]
        return messages.ListBooksResponse(books=books, titles=[book.title for book in books])

    def CreateBook(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A new book."""
        book = request.book
        book.name = f"{request.parent}/books/{request.book_id or len(self.books) + 1}"
        return self._store(book)

    def UpdateBook(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What the mask names."""
        book = self._book(request.book.name, context)
        self._match(book, request.book.etag, context)
        self.masks.append(list(request.update_mask.paths))
        for path in request.update_mask.paths or ["title", "pages", "tags"]:
            if path == "tags":
                del book.tags[:]
                book.tags.extend(request.book.tags)
            else:
                setattr(book, path, getattr(request.book, path))
        return self._store(book)

    def DeleteBook(self, request: Any, context: grpc.ServicerContext) -> Any:
        """No book any more."""
        self._match(self._book(request.name, context), request.etag, context)
        with self._lock:
            del self.books[request.name]
        return empty_pb2.Empty()

    def SearchBooks(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What was searched for."""
        return shelf().messages.SearchBooksResponse(request=request)

    def ImportBook(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What came."""
        scan = self._scan(request.parent, [request.file])
        scan.metadata.CopyFrom(request.metadata)
        return scan

    def PutCover(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Keeps bytes."""
        self.covers[request.name] = request.cover
        return self._scan(request.name, [request.cover])

    def GetCover(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Gives bytes."""
        if request.name not in self.covers:
            context.abort(grpc.StatusCode.NOT_FOUND, "there is no cover")
        return self.covers[request.name]

    def UploadText(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
        """What came, piece by piece."""
        pieces = list(requests)
        return self._scan(pieces[0].name, [piece.text for piece in pieces])

    def DownloadText(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Pieces of one text."""
        from google.api import httpbody_pb2

        for number in range(request.pieces):
            yield httpbody_pb2.HttpBody(
                content_type="text/plain; charset=utf-8" if number == 0 else "",
                data=bytes([0x61 + number % 26]) * request.size)

    def WatchBooks(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Books, one after the other."""
        for number in range(request.count):
            if request.fail_after and number == request.fail_after:
                context.abort(grpc.StatusCode.DATA_LOSS, "the rest is lost")
            yield shelf().messages.Book(name=f"{request.parent}/books/{number}", pages=number + 1)

    def Discuss(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        """Each word, louder."""
        for word in requests:
            if word.text == "fail":
                context.abort(grpc.StatusCode.PERMISSION_DENIED, "not this word")
            yield shelf().messages.Word(name=word.name, text=word.text.upper())
        token = dict(context.invocation_metadata()).get("authorization", "")
        yield shelf().messages.Word(text=f"end {token}".strip())

    def FollowWords(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Two words more than the caller has."""
        begin = int(request.resume_token or 0)
        for number in (begin + 1, begin + 2):
            yield shelf().messages.Word(
                name=request.name, text=f"word {number}", resume_token=str(number))

    def Mirror(self, request: Any, context: grpc.ServicerContext) -> Any:
        """What it was called with; metadata of both kinds comes back."""
        context.send_initial_metadata((("x-first", "1"), ("etag", '"m"')))
        context.set_trailing_metadata((("x-last", "2"),))
        left = context.time_remaining()
        lines = sorted(
            f"{key}: {value.hex() if isinstance(value, bytes) else value}"
            for key, value in context.invocation_metadata())
        return shelf().messages.MirrorResponse(
            text=request.text, request_id=request.request_id, metadata=lines,
            left_milliseconds=0 if left is None or left > 1e9 else int(left * 1000))

    Hidden = Mirror

    def Fail(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Fails with details."""
        detail = any_pb2.Any()
        detail.Pack(error_details_pb2.ErrorInfo(reason=request.reason, domain="shelf.example"))
        status = status_pb2.Status(code=request.code, message=request.message, details=[detail])
        codes = {code.value[0]: code for code in grpc.StatusCode}
        if request.reason:
            context.set_trailing_metadata(
                (("grpc-status-details-bin", status.SerializeToString()),))
        context.abort(codes.get(request.code, grpc.StatusCode.UNKNOWN), request.message)

    def Wait(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Notes when the call has ended."""
        ended = threading.Event()
        context.add_callback(ended.set)
        self.began.setdefault(request.id, threading.Event()).set()
        ended.wait(30)
        self.ended[request.id] = time.monotonic()
        return empty_pb2.Empty()

    def _book(self, name: str, context: grpc.ServicerContext) -> Any:
        with self._lock:
            book = self.books.get(name)
        if book is None:
            context.abort(grpc.StatusCode.NOT_FOUND, f"there is no {name}")
        copy = shelf().messages.Book()
        copy.CopyFrom(book)
        return copy

    def _store(self, book: Any) -> Any:
        with self._lock:
            before = self.books.get(book.name)
            number = int(before.etag.strip('"')) + 1 if before is not None else 1
            book.etag = f'"{number}"'
            self.books[book.name] = book
        return book

    def _match(self, book: Any, etag: str, context: grpc.ServicerContext) -> None:
        if etag and etag.strip('"') != book.etag.strip('"'):
            context.abort(grpc.StatusCode.ABORTED, "the book is another by now")

    def _scan(self, name: str, pieces: list[Any]) -> Any:
        whole = b"".join(piece.data for piece in pieces)
        return shelf().messages.Scan(
            name=name, content_type=pieces[0].content_type, size=len(whole),
            sha256=hashlib.sha256(whole).hexdigest(), messages=len(pieces))


class Upstream:
    """A server of the shelf, on a port of loopback."""

    def __init__(
        self, address: str = "127.0.0.1:0", credentials: grpc.ServerCredentials | None = None,
        reflects: bool = True,
    ) -> None:
        """Starts it."""
        contract = shelf()
        self.shelf = Shelf()
        self._server = grpc.server(
            futures.ThreadPoolExecutor(32), options=[("grpc.so_reuseport", 0)])
        contract.services.add_ShelfServicer_to_server(self.shelf, self._server)
        if reflects:
            reflection.enable_server_reflection(
                ["shelf.v1.Shelf", reflection.SERVICE_NAME], self._server)
        self.port = (
            self._server.add_insecure_port(address) if credentials is None
            else self._server.add_secure_port(address, credentials))
        self._server.start()

    @property
    def target(self) -> str:
        """What a client connects to."""
        return f"127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Ends it, and every call."""
        self._server.stop(None).wait()
