"""The TypeScript client, compiled once; of the platform's contracts, or of a test's own."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "typescript"


@functools.cache
def _folder() -> Path:
    made = tempfile.TemporaryDirectory(prefix="artel-client-")
    atexit.register(made.cleanup)
    return Path(made.name)


def compile(project: Path, out: Path) -> str:
    """What tsc says of a project: nothing where all is well."""
    tsc = shutil.which("tsc")
    if tsc is None:
        raise AssertionError("there is no tsc: apt-get install node-typescript")
    done = subprocess.run(
        [tsc, "--project", str(project), "--outDir", str(out)], capture_output=True, text=True,
        timeout=120, check=False)
    return done.stdout + done.stderr


@functools.cache
def own() -> Path:
    """The platform's client."""
    out = _folder() / "own"
    said = compile(CLIENT, out)
    assert said == "", said
    (out / "package.json").write_text('{"type": "module"}')
    return out


@functools.cache
def foreign(descriptors: Path) -> Path:
    """The client of other contracts: the same runtime."""
    source = _folder() / "foreign"
    shutil.copytree(CLIENT, source)
    subprocess.run(
        [ROOT / "tools" / "clients", "--descriptors", descriptors, source / "src" / "generated"],
        check=True, timeout=60)
    out = _folder() / "foreign-out"
    said = compile(source, out)
    assert said == "", said
    (out / "package.json").write_text('{"type": "module"}')
    return out


@functools.cache
def _options() -> dict[str, str]:
    """WebSockets, which Node 20 has for whoever asks, and Node 18 not at all."""
    flag = "--experimental-websocket"
    done = subprocess.run(
        ["node", "-p", f"process.allowedNodeEnvironmentFlags.has('{flag}')"],
        capture_output=True, text=True, timeout=60, check=True)
    return {"NODE_OPTIONS": flag} if done.stdout.strip() == "true" else {}


def run(script: Path, client: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of node:test with a client."""
    return subprocess.run(
        ["node", "--test", str(script)], capture_output=True, text=True,
        timeout=180, check=False,
        env={"PATH": os.environ["PATH"], "CLIENT": str(client / "index.js")}
        | _options() | environment)
