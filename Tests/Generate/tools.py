"""Runs the tools of the repository for their tests."""

import functools
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def run(*command, cwd=ROOT, environment=None, stdin=None):
    """Runs a command to its end; the result has returncode, stdout and stderr."""
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=os.environ | (environment or {}),
        stdin=stdin, capture_output=True, text=True, check=False)


@functools.cache
def binaries():
    """The folder of the plug-ins, which are built first."""
    for product in ("protoc-gen-swift", "protoc-gen-artel"):
        build = run("swift", "build", "--product", product)
        assert build.returncode == 0, build.stdout + build.stderr
    return pathlib.Path(run("swift", "build", "--show-bin-path").stdout.strip())


@functools.cache
def packages():
    """Where google/api is: what tools/generate installed for its present requirements."""
    check = run("tools/generate", "--check")
    assert check.returncode == 0, check.stderr
    newest = max(ROOT.glob(".cache/generate/*/complete"), key=lambda file: file.stat().st_mtime)
    return next(newest.parent.glob("lib/python*/site-packages"))
