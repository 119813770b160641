"""Services as classes, and what the runtime has to know of their methods."""

from __future__ import annotations

import json
import re
from typing import Any

from typescript.contract import Binding, Contract, Field, Message, Method
from typescript.types import Types, comment, files_of, json_name, well_known

_IDEMPOTENCY = "IDEMPOTENCY_"
_HTTP_BODY = "google.api.HttpBody"


def write(contract: Contract, types: Types, service: str) -> list[str]:
    """The class of a service, with its methods' descriptions."""
    text, methods = contract.services[service]
    name = service.rpartition(".")[2]
    lines = [f"export const {_lower(name)}Methods = {{"]
    for method in methods:
        request, answer = _types(contract, types, method)
        lines.append(f"  {_lower(method.name)}: {{")
        for key, value in _facts(contract, method).items():
            lines.append(f"    {key}: {json.dumps(value, ensure_ascii=False)},")
        lines.append(f"  }} as Method<{request}, {answer}>,")
    lines += ["} as const;", "", *comment(text), f"export class {name} {{",
              "  constructor(private readonly caller: Caller) {}"]
    for method in methods:
        request, answer = _types(contract, types, method)
        about = method.comment
        lifetime = method.policy.get("deprecation")
        if lifetime or method.proto.options.deprecated:
            since = f" Since {lifetime['date']}." if lifetime else ""
            about = f"{about}\n\n@deprecated{since}".strip()
        call = _call(contract, method)
        kind = {
            "call": f"Promise<{answer}>", "send": f"Promise<{answer}>",
            "stream": f"AsyncIterable<{answer}>", "talk": f"AsyncIterable<{answer}>",
            "download": "Promise<Download>"}[call]
        asked = f"request: {request}"
        if call in ("send", "talk"):
            asked = f"requests: Messages<{request}>"
        lines += [
            "", *comment(about, "  "),
            f"  {_lower(method.name)}({asked}, options?: CallOptions): {kind} {{",
            f"    return this.caller.{call}("
            f"{_lower(name)}Methods.{_lower(method.name)}, {asked.partition(':')[0]}, options);",
            "  }"]
    return [*lines, "}", ""]


def _call(contract: Contract, method: Method) -> str:
    """How the runtime calls a method."""
    if method.proto.client_streaming and method.proto.server_streaming:
        return "talk"
    if method.proto.client_streaming:
        # The door cuts a body into the messages of an upload.
        request = contract.messages[method.proto.input_type.lstrip(".")]
        raw = all("rawBody" in _binding(request, one) for one in method.bindings)
        return "call" if raw else "send"
    if not method.proto.server_streaming:
        return "call"
    return "download" if _is_raw(contract, method) else "stream"


def _is_raw(contract: Contract, method: Method) -> bool:
    """Whether the answer is bytes as they are."""
    answer = contract.messages[method.proto.output_type.lstrip(".")]
    part = method.bindings[0].response_body
    if not part:
        return answer.name == _HTTP_BODY
    return any(
        one.name == part and one.type_name == f".{_HTTP_BODY}"
        and one.label != Field.LABEL_REPEATED for one in answer.proto.field)


def _types(contract: Contract, types: Types, method: Method) -> tuple[str, str]:
    request = method.proto.input_type.lstrip(".")
    answer = method.proto.output_type.lstrip(".")
    shown = well_known(answer) or types.name(answer)
    part = method.bindings[0].response_body
    if _is_raw(contract, method):
        shown = "RawBody"
    elif part:
        field = next(
            one for one in contract.messages[answer].proto.field if one.name == part)
        shown = types.type(field, False)
    if request == _HTTP_BODY:
        return "Upload", shown
    return well_known(request) or types.name(request, True), shown


def _facts(contract: Contract, method: Method) -> dict[str, Any]:
    """What the runtime has to know."""
    request = contract.messages[method.proto.input_type.lstrip(".")]
    answer = contract.messages[method.proto.output_type.lstrip(".")]
    rest = method.policy.get("rest", {})
    facts: dict[str, Any] = {
        "name": f"{method.service}/{method.name}",
        "bindings": [_binding(request, one) for one in method.bindings],
        "idempotency": method.policy.get("idempotency", "").removeprefix(_IDEMPOTENCY)
        or ("READ_ONLY" if method.bindings[0].verb == "GET" else "NONE")}
    names = {one.name for one in request.proto.field}
    if facts["idempotency"] == "KEYED":
        facts["key"] = _field_name(request, "request_id")
    if "idempotency_key" in method.policy:
        facts["keyed"] = True
    if method.proto.server_streaming:
        facts["streams"] = True
        if "resume_token" in names & {one.name for one in answer.proto.field}:
            facts["resumes"] = True
    if _is_raw(contract, method):
        facts["raw"] = True
    if method.policy.get("access", {}).get("public"):
        facts["public"] = True
    if rest.get("form"):
        facts["form"] = True
    if rest.get("accepts_forms") and (files := files_of(request)):
        facts["files"] = [_field_name(request, one) for one in files]
    return facts


def _binding(request: Message, binding: Binding) -> dict[str, Any]:
    """A binding by the names of JSON."""
    def renamed(match: re.Match[str]) -> str:
        path, equals, pattern = match.group(1).partition("=")
        return "{" + ".".join(json_name(part) for part in path.split(".")) + equals + pattern + "}"

    shown: dict[str, Any] = {
        "verb": binding.verb, "path": re.sub(r"\{([^}]*)\}", renamed, binding.template)}
    if binding.body:
        shown["body"] = "*" if binding.body == "*" else _field_name(request, binding.body)
        for field in request.proto.field:
            if field.name == binding.body and field.type_name == ".google.api.HttpBody":
                shown["rawBody"] = True
        if binding.body == "*" and request.name == "google.api.HttpBody":
            shown["rawBody"] = True
    return shown


def _field_name(message: Message, name: str) -> str:
    for field in message.proto.field:
        if field.name == name:
            return str(field.json_name or json_name(name))
    raise ValueError(f"{message.name} has no field {name}")


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
