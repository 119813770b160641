"""The control interface: a port of its own on loopback, behind a token of its own."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from shared.message import Answer, Request, error
from shared.server import Listening
from shared.settings import Section, SettingsError


@dataclass(frozen=True)
class ControlSettings:
    """Where the control interface listens, and who may use it."""

    listening: Listening
    token: str

    @staticmethod
    def read(section: Section | None) -> ControlSettings | None:
        """Reads {"host": …, "port": …, "token_file": …}."""
        if section is None:
            return None
        token = section.secret("token")
        members = ((name, section.value(name)) for name in ("host", "port") if section.has(name))
        listening = Listening.read(Section(dict(members), "control"))
        section.finish()
        return ControlSettings(listening, token)


class Control:
    """Checks the token, finds the operation, answers its errors."""

    def __init__(self, token: str) -> None:
        """Takes the token that callers must show."""
        self._token = token.encode()
        self._operations: dict[tuple[str, str], Callable[[Request], Answer]] = {}

    def add(self, method: str, path: str, operation: Callable[[Request], Answer]) -> None:
        """Adds an operation."""
        self._operations[(method, path)] = operation

    def post(self, path: str, operation: Callable[[Section], object]) -> None:
        """Adds an operation that takes a JSON object and returns what goes back as JSON."""

        def answer(request: Request) -> Answer:
            return Answer.json(200, operation(Section(request.json_object())))

        self.add("POST", path, answer)

    def answer(self, request: Request) -> Answer:
        """Answers a request."""
        scheme, _, token = (request.header("Authorization") or "").partition(" ")
        shown = token.strip().encode("utf-8", "surrogateescape")
        if scheme.lower() != "bearer" or not hmac.compare_digest(shown, self._token):
            raise error(401, "control_token_wanted", WWW_Authenticate="Bearer")
        operation = self._operations.get((request.method, request.path))
        if operation is None:
            allowed = [method for method, path in self._operations if path == request.path]
            if not allowed:
                raise error(404, "not_found")
            raise error(405, "method_not_allowed", Allow=", ".join(allowed))
        try:
            return operation(request)
        except SettingsError as problem:
            return Answer.json(400, {"error": {"code": "bad_request", "message": str(problem)}})
