"""Forms and HTTP Basic, as RFC 6749 wants them."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import parse_qsl, unquote_plus

from shared.message import Answer, Refusal, Request

NO_STORE = {"Cache_Control": "no-store", "Pragma": "no-cache"}


def oauth_error(status: int, code: str, description: str, **headers: str) -> Refusal:
    """Makes an error of RFC 6749 section 5.2."""
    body = {"error": code, "error_description": description}
    return Refusal(Answer.json(status, body, **NO_STORE, **headers))


def read_form(request: Request) -> dict[str, str]:
    """Returns the parameters of a form; one without a value counts as left out (section 3.2)."""
    if request.media_type() != "application/x-www-form-urlencoded":
        raise oauth_error(400, "invalid_request", "a form is wanted")
    try:
        pairs = parse_qsl(
            request.body.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=bool(request.body),
            errors="strict",
            max_num_fields=50,
        )
    except ValueError:
        raise oauth_error(400, "invalid_request", "the form is malformed") from None
    form: dict[str, str] = {}
    for name, value in pairs:
        if name in form:
            raise oauth_error(400, "invalid_request", "a parameter came twice")
        form[name] = value
    return {name: value for name, value in form.items() if value}


def read_basic(request: Request) -> tuple[str, str] | None:
    """Returns the client's identifier and secret from `Authorization: Basic`, form-decoded."""
    authorization = request.header("Authorization")
    if authorization is None:
        return None
    scheme, _, coded = authorization.partition(" ")
    try:
        if scheme.lower() != "basic":
            raise ValueError(scheme)
        name, colon, secret = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
        if not colon:
            raise ValueError("no colon")
        return unquote_plus(name, errors="strict"), unquote_plus(secret, errors="strict")
    except (ValueError, binascii.Error):
        raise invalid_client() from None


def invalid_client(description: str = "the client is unknown or its secret is wrong") -> Refusal:
    """Makes the answer to a client that did not authenticate."""
    challenge = 'Basic realm="simulator", charset="UTF-8"'
    return oauth_error(401, "invalid_client", description, WWW_Authenticate=challenge)
