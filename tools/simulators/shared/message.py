"""A request and an answer, as the simulators see them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qsl, unquote


class Refusal(Exception):
    """Ends a request with an answer that is not the usual one."""

    def __init__(self, answer: Answer) -> None:
        """Takes the answer to give."""
        super().__init__(str(answer.status))
        self.answer = answer


@dataclass(frozen=True)
class Answer:
    """What goes back: a status, a body, headers; or nothing, and the connection ends."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    disconnect: bool = False

    @staticmethod
    def json(status: int, value: object, **headers: str) -> Answer:
        """Makes a JSON answer; `Cache_Control` as a name stands for `Cache-Control`."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        body = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return Answer(status, body, {"Content-Type": "application/json", **named})


def error(status: int, code: str, **headers: str) -> Refusal:
    """Makes a refusal in the shape {"error": {"code": …}}."""
    return Refusal(Answer.json(status, {"error": {"code": code}}, **headers))


@dataclass(frozen=True)
class Request:
    """What came in, the body wholly read."""

    method: str
    target: str
    headers: Message
    body: bytes
    # The certificate that the client has shown, in DER.
    certificate: bytes | None = None

    @property
    def path(self) -> str:
        """The path as it was sent, without the query."""
        path = self.target.partition("?")[0]
        if path.startswith("/"):
            return path
        # The absolute form, which every server must take (RFC 9112 section 3.2.2).
        return "/" + path.partition("://")[2].partition("/")[2]

    @property
    def segments(self) -> list[str]:
        """The parts of the path, each percent-decoded by itself."""
        return [unquote(part, errors="replace") for part in self.path.split("/")[1:]]

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the query."""
        try:
            return dict(parse_qsl(self.target.partition("?")[2], max_num_fields=100))
        except ValueError:
            raise error(400, "bad_query") from None

    def header(self, name: str) -> str | None:
        """Returns a header that may come once at most."""
        values = self.headers.get_all(name, [])
        if len(values) > 1:
            raise error(400, "header_repeated")
        return str(values[0]).strip() if values else None

    def media_type(self) -> str:
        """Returns the type of the body in lower case, without parameters."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()

    def json_object(self) -> dict[str, object]:
        """Returns the body as a JSON object."""
        if self.media_type() != "application/json":
            raise error(415, "json_wanted")
        try:
            value = json.loads(self.body.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise error(400, "bad_json") from None
        if not isinstance(value, dict):
            raise error(400, "object_wanted")
        return value


def _no_constant(name: str) -> object:
    """Refuses NaN and Infinity, which are no JSON."""
    raise ValueError(name)
