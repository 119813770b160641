"""The partner's interface: token, open, status."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from dataclasses import dataclass

from partner import dialect
from partner.commands import Commands, KeyReused, Order
from partner.database import Database
from partner.devices import Devices
from partner.opener import Opener
from partner.requests import Requests
from partner.settings import Partner
from partner.tokens import Tokens, invalid_token
from shared.clock import now, parse_rfc3339, rfc3339
from shared.faults import Fault, Faults
from shared.form import NO_STORE, oauth_error
from shared.log import log
from shared.message import Answer, Refusal, Request, error
from shared.process import Stop

EVERYWHERE = ("open", "status", "token")
FAULTS: dict[str, tuple[str, ...]] = {
    "slow": EVERYWHERE,
    "error500": EVERYWHERE,
    "bad_json": EVERYWHERE,
    "oversize": EVERYWHERE,
    "redirect": EVERYWHERE,
    "drop_before_effect": EVERYWHERE,
    "die_after_effect": ("open",),
    "refuse": ("open",),
    "no_callback": ("open",),
    "reject_token": ("open", "status"),
    "token_error": ("token",),
}
KILLED = 70
"""The exit status of a process that a fault ended."""

_KEY = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)
_SCOPE = "devices:open"
_OVERSIZE = 16 << 20


@dataclass
class _Visit:
    """What is known of the caller while a request is answered."""

    partner: str | None = None
    speaks_xml: bool = False


class API:
    """Answers the platform's requests."""

    def __init__(
        self,
        partners: dict[str, Partner],
        database: Database,
        tokens: Tokens,
        commands: Commands,
        devices: Devices,
        opener: Opener,
        faults: Faults,
        stop: Stop,
    ) -> None:
        """Takes everything that it works with."""
        self._partners = partners
        self._requests = Requests(database)
        self._tokens = tokens
        self._commands = commands
        self._devices = devices
        self._opener = opener
        self._faults = faults
        self._stop = stop

    def answer(self, request: Request) -> Answer:
        """Answers one request, and notes it before and after."""
        number = self._requests.begin(request)
        visit = _Visit()
        answer = error(500, "bug").answer
        try:
            answer = self._route(request, visit)
        except Refusal as refusal:
            answer = refusal.answer
        finally:
            if visit.speaks_xml and answer.body:
                answer = dialect.write(answer)
            status = 0 if answer.disconnect else answer.status
            self._requests.end(number, visit.partner, status)
        return answer

    def _route(self, request: Request, visit: _Visit) -> Answer:
        match request.segments:
            case ["oauth2", "token"]:
                _allow(request, "POST")
                return self._token(request, visit)
            case ["v1", "devices", device, "open"]:
                _allow(request, "POST")
                return self._open(request, visit, device)
            case ["v1", "commands", key]:
                _allow(request, "GET")
                return self._status(request, visit, key)
        raise error(404, "not_found")

    def _token(self, request: Request, visit: _Visit) -> Answer:
        partner, client = self._tokens.authenticate(request)
        visit.partner = partner.name
        fault = self._faults.take("token", partner=partner.name)
        self._before(fault, request)
        if fault and fault.name == "token_error":
            raise oauth_error(400, "unauthorized_client", "the simulator was told to refuse")
        return self._after(fault, self._tokens.issue(request, partner, client))

    def _status(self, request: Request, visit: _Visit, key: str) -> Answer:
        partner = self._enter(request, visit)
        fault = self._faults.take("status", partner=partner)
        self._before(fault, request, partner)
        row = self._commands.find(partner, key)
        if row is None:
            return self._after(fault, error(404, "command_unknown").answer)
        return self._after(fault, Answer.json(200, _describe(row), **NO_STORE))

    def _open(self, request: Request, visit: _Visit, device: str) -> Answer:
        partner = self._enter(request, visit)
        body = dialect.read(request) if visit.speaks_xml else request.json_object()
        order, deadline = _read_order(request, partner, device, body)
        known = self._commands.find(partner, order.key)
        if known is None:
            self._check_device(order, deadline)
        elif known["fingerprint"] != order.fingerprint:
            raise error(422, "idempotency_key_reused")
        fault = self._faults.take("open", partner=partner, device=device)
        self._before(fault, request, partner)
        delay = self._partners[partner].delays.get(device, 0.0)
        if fault and fault.name == "slow":
            # The command is taken at once, the answer is late, and the device opens after it.
            delay += fault.seconds
        try:
            report = not (fault and fault.name == "no_callback")
            row, repeated = self._commands.accept(order, delay, report)
        except KeyReused:
            raise error(422, "idempotency_key_reused") from None
        self._opener.wake()
        if fault and fault.name == "die_after_effect":
            self._die(fault, order)
            return Answer(disconnect=True)
        body = {"id": row["id"], "state": "ACKNOWLEDGED"}
        headers = {"Idempotency_Replayed": "true"} if repeated else {}
        return self._after(fault, Answer.json(202, body, **headers))

    def _enter(self, request: Request, visit: _Visit) -> str:
        """Returns the partner whose token the request has, and notes its dialect."""
        partner = visit.partner = self._tokens.check(request, _SCOPE)
        visit.speaks_xml = self._partners[partner].format == "xml"
        return partner

    def _check_device(self, order: Order, deadline: float) -> None:
        """Refuses what cannot be done; a refusal binds no key."""
        state = self._devices.state(order.partner, order.device)
        if state is None:
            raise error(404, "device_unknown")
        if state == "offline":
            raise error(409, "device_offline")
        if deadline <= now():
            raise error(409, "deadline_passed")

    def _before(self, fault: Fault | None, request: Request, partner: str = "") -> None:
        """Does what a fault does instead of the effect."""
        match fault.name if fault else "":
            case "error500":
                raise error(500, "internal")
            case "refuse":
                raise error(409, "command_refused")
            case "drop_before_effect":
                raise Refusal(Answer(disconnect=True))
            case "reject_token":
                self._tokens.revoke_all(partner)
                raise invalid_token()
            case "redirect":
                location = (fault.location if fault else "") or f"/elsewhere{request.path}"
                raise Refusal(Answer(307, headers={"Location": location}))

    def _after(self, fault: Fault | None, answer: Answer) -> Answer:
        """Does what a fault does to the answer, after the effect."""
        match fault.name if fault else "":
            case "slow":
                self._stop.sleep(fault.seconds if fault else 0)
            case "bad_json":
                return Answer(answer.status, answer.body[:-1] + b",,", answer.headers)
            case "oversize":
                return Answer(answer.status, answer.body + b" " * _OVERSIZE, answer.headers)
        return answer

    def _die(self, fault: Fault, order: Order) -> None:
        """Opens the device; then the process ends as if it were killed, where that is asked."""
        self._opener.complete(order.partner, order.key, order.device)
        if fault.exit:
            log("killed_by_fault", key=order.key)
            os._exit(KILLED)


def _allow(request: Request, method: str) -> None:
    if request.method != method:
        raise error(405, "method_not_allowed", Allow=method)


def _read_order(
    request: Request, partner: str, device: str, body: dict[str, object]
) -> tuple[Order, float]:
    """Returns what is asked for, and until when."""
    key = request.header("Idempotency-Key")
    if key is None:
        raise error(400, "idempotency_key_missing")
    # The IETF draft writes the key as a quoted string, most clients write it bare.
    if len(key) > 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.fullmatch(key):
        raise error(400, "idempotency_key_bad")
    command, deadline = body.get("command"), body.get("deadline")
    if not isinstance(command, str) or not re.fullmatch(r"[\x21-\x7e]{1,255}", command):
        raise error(400, "command_bad")
    try:
        if not isinstance(deadline, str):
            raise ValueError
        instant = parse_rfc3339(deadline)
    except ValueError:
        raise error(400, "deadline_bad") from None
    try:
        whole = json.dumps([device, body], sort_keys=True).encode()
    except RecursionError:
        raise error(400, "bad_json") from None
    return Order(partner, key, device, command, hashlib.sha256(whole).digest()), instant


def _describe(row: sqlite3.Row) -> dict[str, object]:
    """Returns a command as the platform sees it."""
    described: dict[str, object] = {
        "id": row["id"],
        "command": row["command"],
        "device": row["device"],
        "state": row["state"],
        "acknowledgeTime": rfc3339(row["acknowledge_time"]),
    }
    if row["occur_time"] is not None:
        described["occurTime"] = rfc3339(row["occur_time"])
    if row["failure_code"] is not None:
        described["failureCode"] = row["failure_code"]
    return described
