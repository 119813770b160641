"""Runs the printed commands as a user would, and checks what they answer."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from stack.errors import StackError
from stack.process import clean_environment
from stack.stack import Stack
from stack.steps import Step, steps
from stack.tenants import ALPHA, BETA, GAMMA
from stack.wait import until

_MISSING = "units/nowhere/accessEvents"


class Smoke:
    """One run of all the commands against a stack."""

    def __init__(self, stack: Stack, say: Callable[[str], None]) -> None:
        """Takes the stack that runs."""
        self._stack = stack
        self._say = say
        self._steps = {step.name: step for step in steps(stack)}

    def run(self) -> None:
        """Runs everything; raises StackError where an answer is not as it must be."""
        with self._watching() as watched:
            opened = self._opened_and_watched(watched)
            self._check_journal(opened)
        self._check_audit(opened)
        self._check_others(opened)
        self._check_grpc()

    # --- The way of a door ----------------------------------------------------------------------

    def _opened_and_watched(self, watched: Callable[[], str]) -> str:
        """Opens the door; the device opens once, and the stream shows it."""
        command = self._json("open")
        name = command.get("name", "")
        _expect(command.get("state") in ("ACKNOWLEDGED", "EXECUTED"), "the door opens", command)
        _expect(command.get("decision", {}).get("allowed") is True, "the decision is yes", command)
        until("the device opens", lambda: self._stack.partners.openings(name))
        until(
            f"the watch stream shows {name}",
            lambda: any(e.get("command") == name for e in _events(watched())), 15)
        _expect(self._stack.partners.openings(name) == 1, "the door opened once", name)
        self._say("the front door opened once, and the watch stream showed it")
        return str(name)

    def _check_journal(self, command: str) -> None:
        journal = self._json("journal")
        events = [e for e in journal.get("accessEvents", []) if e.get("command") == command]
        _expect(len(events) == 1, "the journal has the opening once", journal)
        event = events[0]
        _expect(event["result"] == "GRANTED", "the journal says GRANTED", event)
        _expect(event["accessPoint"] == ALPHA.access_point("front-door"), "where it was", event)
        _expect(event["unit"] == ALPHA.unit_name, "which unit it was", event)
        self._say("the journal has it")

    def _check_audit(self, command: str) -> None:
        self._json("audit")
        of_command = Step(
            "", "", self._steps["audit"].text.replace("pageSize=5", f"resource={command}"))

        def entries() -> list[dict[str, Any]]:
            return list(json.loads(self._bash(of_command)).get("auditEntries", []))

        # What the device did is known when its partner has reported it.
        for state in ("ACKNOWLEDGED", "EXECUTED"):
            until(
                f"the audit has {state}",
                lambda state=state: any(state in entry["change"] for entry in entries()))
        self._say("the audit has every change of it")

    def _check_others(self, command: str) -> None:
        """Nobody else learns of it: not even that there is such a unit."""
        refused = self._json("stranger")
        _expect(refused.get("error", {}).get("code") == 404, "a stranger gets 404", refused)
        unknown = self._bash(
            Step("", "", self._steps["stranger"].text.replace(
                f"{ALPHA.unit_name}/accessEvents", _MISSING)))
        _expect(json.loads(unknown) == refused, "as for a unit that does not exist", unknown)
        beta = self._stack.demo.console(BETA, self._stack.server.rest)
        audit = beta.get("/v1/auditEntries?pageSize=500")
        _expect(command not in json.dumps(audit), "the other tenant's audit has nothing", audit)
        events = beta.get(f"/v1/properties/{BETA.property}/accessEvents")
        _expect(not events.get("accessEvents"), "the other tenant's journal is empty", events)
        bank = self._json("bank")
        _expect(bank.get("error", {}).get("code") == 403, f"{GAMMA.name} gets 403", bank)
        self._say("another tenant sees nothing of it, and a bank has no doors")

    def _check_grpc(self) -> None:
        command = self._json("grpc-open")
        name = command.get("name", "")
        _expect(command.get("state") in ("ACKNOWLEDGED", "EXECUTED"), "gRPC opens it", command)

        def journaled() -> bool:
            return any(
                e.get("command") == name for e in self._json("grpc-journal")["accessEvents"])

        until("the journal over gRPC has it", journaled, 15)
        _expect(self._stack.partners.openings(name) == 1, "the door opened once by gRPC", name)
        _expect(
            _without_tokens(self._json("journal")) == _without_tokens(self._json("grpc-journal")),
            "both doors give the same journal", "they differ")
        self._say("gRPC opened the door too, and both doors give the same journal")

    # --- Commands -------------------------------------------------------------------------------

    def _json(self, name: str) -> dict[str, Any]:
        text = self._bash(self._steps[name])
        try:
            return json.loads(text)
        except ValueError:
            raise StackError(f"the command {name!r} printed: {text[:1000]}") from None

    def _script(self, step: Step) -> str:
        """The command behind those that set its variables, as if pasted one after the other."""
        before: list[str] = []
        for each in self._steps.values():
            if each.name == step.name:
                break
            if each.prepares and _uses(step.text, each):
                before.append(each.text)
        return "\n".join(["set -euo pipefail", *before, step.text])

    def _bash(self, step: Step) -> str:
        done = subprocess.run(
            ["bash", "-c", self._script(step)], capture_output=True, text=True, check=False,
            timeout=60, env=clean_environment())
        if done.returncode != 0:
            raise StackError(
                f"the command {step.name!r} ended with {done.returncode}: {done.stderr.strip()}\n"
                f"{done.stdout}\n{step.text}")
        return done.stdout

    @contextmanager
    def _watching(self) -> Iterator[Callable[[], str]]:
        """The watch command in the background; what it has printed so far."""
        # A terminal, as the user has one: into a pipe, curl would keep the head to itself.
        terminal, inner = pty.openpty()
        os.set_blocking(terminal, False)
        script = self._script(self._steps["watch"])
        # `exec` makes the last command the process itself, which can then be ended by its id.
        child = subprocess.Popen(
            ["bash", "-c", script.replace("\ncurl", "\nexec curl", 1)], stdout=inner,
            stdin=subprocess.DEVNULL, env=clean_environment(), start_new_session=True)
        os.close(inner)
        seen = bytearray()

        def text() -> str:
            try:
                while part := os.read(terminal, 65536):
                    seen.extend(part)
            except OSError:
                pass  # Nothing more for now, or nobody at the other end: which, comes next.
            if child.poll() is not None:
                raise StackError(f"the watch ended: {seen.decode()}")
            return seen.decode().replace("\r", "")

        try:
            until("the stream begins", lambda: "\n\n" in text(), 15)
            _expect(" 200 " in text().partition("\n")[0], "the watch is allowed", text())
            yield text
        finally:
            child.terminate()
            child.wait(10)
            os.close(terminal)


def _uses(text: str, preparation: Step) -> bool:
    """Whether a command needs what a preparation sets; all need the paths and addresses."""
    variable = preparation.text.partition("=")[0]
    return preparation.name == "variables" or f"${variable}" in text


def _events(stream: str) -> list[dict[str, Any]]:
    """The events of a stream of Server-Sent Events so far."""
    lines = stream.splitlines(keepends=True)
    return [
        json.loads(line.removeprefix("data: "))
        for line in lines if line.startswith("data: ") and line.endswith("\n")
    ]


def _without_tokens(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a page; what only marks places for its reader is left out."""
    return [
        {name: value for name, value in event.items() if name != "resumeToken"}
        for event in page.get("accessEvents", [])
    ]


def _expect(holds: bool, what: str, seen: object) -> None:
    if not holds:
        raise StackError(f"not so: {what}. Seen: {json.dumps(seen, ensure_ascii=False)[:2000]}")
