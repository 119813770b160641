"""Services as classes, and what the runtime has to know of their methods."""

from __future__ import annotations

import json
import re
from typing import Any

from typescript.contract import Binding, Contract, Message, Method
from typescript.types import Types, comment, json_name, well_known

_IDEMPOTENCY = "IDEMPOTENCY_"


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
        kind = f"AsyncIterable<{answer}>" if method.proto.server_streaming else f"Promise<{answer}>"
        call = "stream" if method.proto.server_streaming else "call"
        lines += [
            "", *comment(about, "  "),
            f"  {_lower(method.name)}(request: {request}, options?: CallOptions): {kind} {{",
            f"    return this.caller.{call}("
            f"{_lower(name)}Methods.{_lower(method.name)}, request, options);", "  }"]
    return [*lines, "}", ""]


def _types(contract: Contract, types: Types, method: Method) -> tuple[str, str]:
    request = method.proto.input_type.lstrip(".")
    answer = method.proto.output_type.lstrip(".")
    shown = (
        "RawBody" if answer == "google.api.HttpBody" else well_known(answer) or types.name(answer))
    part = method.bindings[0].response_body
    if part:
        field = next(
            one for one in contract.messages[answer].proto.field if one.name == part)
        shown = types.type(field, False)
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
    if method.proto.server_streaming:
        facts["streams"] = True
        if "resume_token" in names & {one.name for one in answer.proto.field}:
            facts["resumes"] = True
    if answer.name == "google.api.HttpBody":
        facts["raw"] = True
    if method.policy.get("access", {}).get("public"):
        facts["public"] = True
    if rest.get("form"):
        facts["form"] = True
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
