"""Reads OpenAPI documents: whether they are valid, and whether a door does what they say."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance")
Document = dict[str, Any]


def faults(document: Document) -> list[str]:
    """What keeps a document from being one of OpenAPI 3.1."""
    return [
        f"{list(error.absolute_path)}: {error.message[:300]}"
        for error in OpenAPIV31SpecValidator(document).iter_errors()]


def example_faults(document: Document) -> list[str]:
    """The examples that their own schemas refuse; says so, too, where there are none at all."""
    registry: Any = Registry().with_resource(
        "urn:document", Resource(document, DRAFT202012))
    found, count = [], 0
    for where, schema, example in _examples(document):
        count += 1
        validator = jsonschema.Draft202012Validator(
            _absolute(schema), registry=registry, format_checker=jsonschema.FormatChecker())
        found += [f"{where}: {error.message[:300]}" for error in validator.iter_errors(example)]
    return found if count else ["there are no examples"]


def _examples(document: Document) -> Iterator[tuple[str, Any, Any]]:
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            where = f"{verb} {path}"
            for parameter in operation.get("parameters", []):
                if "example" in parameter:
                    yield f"{where} {parameter['name']}", parameter["schema"], parameter["example"]
            for part in [operation.get("requestBody", {}), *operation["responses"].values()]:
                for kind, media in part.get("content", {}).items():
                    for schema, example in _media(kind, media):
                        yield f"{where} {kind}", schema, example
    for name, schema in document["components"]["schemas"].items():
        if "example" in schema:
            yield name, schema, schema["example"]


def _media(kind: str, media: Any) -> Iterator[tuple[Any, Any]]:
    """A schema and the example of it; of a stream, of each message."""
    if "example" not in media:
        return
    example = media["example"]
    if kind.endswith(("/json", "+json", "urlencoded")):
        yield media["schema"], example
    elif kind in ("application/x-ndjson", "text/event-stream"):
        yield media["schema"], example
        for line in example.split("\n"):
            if text := line.removeprefix("data: "):
                yield media["schema"]["x-item-schema"], json.loads(text)


def stream_faults(document: Document, operation: Document, kind: str, text: str) -> list[str]:
    """What keeps a stream's messages from being those that its operation promises; says so, too,
    where there are none."""
    media = operation["responses"]["200"]["content"][kind]
    registry: Any = Registry().with_resource("urn:document", Resource(document, DRAFT202012))

    def errors(schema: Any, value: Any) -> list[str]:
        validator = jsonschema.Draft202012Validator(
            _absolute(schema), registry=registry, format_checker=jsonschema.FormatChecker())
        return [f"{kind}: {error.message[:300]}" for error in validator.iter_errors(value)]

    messages = stream_messages(kind, text)
    if not messages:
        return [f"{kind}: nothing came"]
    if kind == "application/json":
        return errors(media["schema"], messages)
    return [one for message in messages for one in errors(media["schema"]["x-item-schema"], message)]


def stream_messages(kind: str, text: str) -> list[Any]:
    """The messages of a stream in one of its three forms."""
    if kind == "application/json":
        messages: list[Any] = json.loads(text)
        return messages
    begin = "data: " if kind == "text/event-stream" else "{"
    return [
        json.loads(line.removeprefix("data: ")) for line in text.splitlines()
        if line.startswith(begin)]


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            name: f"urn:document{value}" if name == "$ref" else _absolute(value)
            for name, value in schema.items()}
    return [_absolute(one) for one in schema] if isinstance(schema, list) else schema


def strict(document: Document) -> Document:
    """A document without `default` answers, so that a status nobody has named is found, and without
    the bodies that schemathesis cannot write: lines, beside the same as an array."""
    changed = copy.deepcopy(document)
    for item in changed["paths"].values():
        for operation in item.values():
            del operation["responses"]["default"]
            operation.get("requestBody", {}).get("content", {}).pop("application/x-ndjson", None)
    return changed


def explore(
    document: Document, address: str, token: str = "", count: int = 10,
    excluded: tuple[str, ...] = (), included: tuple[str, ...] = (), deadline: str = "",
    authority: Path | None = None,
) -> tuple[int, str]:
    """Has schemathesis call every operation with much that is valid and much that is not, the same
    each time; returns its status and what it says. With a deadline (`grpc-timeout`), 504 is an answer
    like any other, and 500 still none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "openapi.json"
        checked = strict(document)
        checks = [one for one in _CHECKS if not deadline or one != "not_a_server_error"]
        if deadline:
            for item in checked["paths"].values():
                for operation in item.values():
                    del operation["responses"]["500"]
        file.write_text(json.dumps(checked))
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", str(file), "--url",
            address, "--checks", ",".join(checks), "--phases", "examples,coverage,fuzzing",
            "--max-examples", str(count), "--generation-deterministic", "--workers", "1",
            "--no-color", "--warnings", "off",
            "--request-timeout", "30", "--continue-on-failure",
            "--suppress-health-check", "all"]
        for name in excluded:
            command += ["--exclude-operation-id", name]
        for name in included:
            command += ["--include-operation-id", name]
        if deadline:
            command += ["--header", f"grpc-timeout: {deadline}"]
        if authority is not None:
            command += ["--tls-verify", str(authority)]
        if token:
            command += ["--header", f"Authorization: Bearer {token}"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=1200, check=False)
        return done.returncode, done.stdout + done.stderr
