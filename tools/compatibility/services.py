"""Rules of services: calls go on, by gRPC and by HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from compatibility.facts import Facts, of_kind
from compatibility.finding import Finding

RULES = {
    "SERVICE_NO_DELETE": "a service stays",
    "RPC_NO_DELETE": "a method stays",
    "RPC_SAME_REQUEST_TYPE": "a method keeps the type of its request",
    "RPC_SAME_RESPONSE_TYPE": "a method keeps the type of its response",
    "RPC_SAME_CLIENT_STREAMING": "requests stay one, or a stream",
    "RPC_SAME_SERVER_STREAMING": "responses stay one, or a stream",
    "RPC_SAME_IDEMPOTENCY_LEVEL": "a method keeps its idempotency_level",
    "HTTP_BINDING_NO_DELETE": "a verb and a path that reach a method go on reaching it",
    "HTTP_BINDING_SAME_BODY": "a request body fills what it filled",
    "HTTP_BINDING_SAME_RESPONSE_BODY": "a response body shows what it showed",
    "REST_SAME_PROFILE": "statuses and media types of the REST door stay",
    "REST_NOT_STRICTER": "requests that the REST door took are taken",
    "IDEMPOTENCY_NOT_WEAKER": "a call that may be repeated may go on being repeated",
    "ACCESS_TIGHTENED": "note: somebody who could call may be refused",
}

_TYPES = (
    ("request", "RPC_SAME_REQUEST_TYPE"), ("response", "RPC_SAME_RESPONSE_TYPE"),
    ("client_streaming", "RPC_SAME_CLIENT_STREAMING"),
    ("server_streaming", "RPC_SAME_SERVER_STREAMING"),
    ("idempotency", "RPC_SAME_IDEMPOTENCY_LEVEL"))
# Options of RestProfile that say what an answer, or a request, is.
_SAME = ("form", "oauth_errors", "success_status", "location", "error_statuses", "decodes_reserved")
_REPEATABLE = ("IDEMPOTENCY_READ_ONLY", "IDEMPOTENCY_IDEMPOTENT", "IDEMPOTENCY_KEYED")


def compare(old: Facts, new: Facts) -> Iterator[Finding]:
    """What of services breaks."""
    services, calls = of_kind(new, "service"), of_kind(new, "rpc")
    for name in of_kind(old, "service"):
        if name not in services:
            yield Finding(name, "SERVICE_NO_DELETE", "the service is gone")
    for path, was in of_kind(old, "rpc").items():
        if path.partition("/")[0] not in services:
            continue  # Said of the service.
        if path not in calls:
            yield Finding(path, "RPC_NO_DELETE", "the method is gone")
            continue
        for name, rule in _TYPES:
            if was.get(name) != calls[path].get(name):
                yield Finding(
                    path, rule,
                    f"{name} is {calls[path].get(name, 'not set')} "
                    f"and was {was.get(name, 'not set')}")
    yield from _bindings(old, new, calls)
    policies, before = of_kind(new, "policy"), of_kind(old, "policy")
    for path in of_kind(old, "rpc").keys() & calls.keys():
        was, now = before.get(path, {}), policies.get(path, {})
        yield from _rest(path, was.get("rest", {}), now.get("rest", {}))
        yield from _access(path, was, now)
        if was.get("idempotency") in _REPEATABLE and now.get("idempotency") not in _REPEATABLE:
            yield Finding(path, "IDEMPOTENCY_NOT_WEAKER", "a repeated call has its own effect")


def _bindings(old: Facts, new: Facts, calls: Facts) -> Iterator[Finding]:
    bindings = of_kind(new, "http")
    for key, was in of_kind(old, "http").items():
        path, _, route = key.partition(" ")
        if path not in calls:
            continue  # Said of the method.
        if key not in bindings:
            yield Finding(path, "HTTP_BINDING_NO_DELETE", f"{route} does not reach it any more")
            continue
        for name, rule in (
                ("body", "HTTP_BINDING_SAME_BODY"),
                ("response_body", "HTTP_BINDING_SAME_RESPONSE_BODY")):
            if was.get(name) != bindings[key].get(name):
                yield Finding(
                    path, rule,
                    f"{name} of {route} is {bindings[key].get(name, 'not set')} "
                    f"and was {was.get(name, 'not set')}")


def _rest(path: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Finding]:
    for name in _SAME:
        if was.get(name) != now.get(name):
            yield Finding(
                path, "REST_SAME_PROFILE",
                f"{name} is {now.get(name, 'not set')} and was {was.get(name, 'not set')}")
    for name in ("lenient", "accepts_forms"):
        if was.get(name) and not now.get(name) and not now.get("form"):
            yield Finding(path, "REST_NOT_STRICTER", f"{name} is not set any more")
    if now.get("require_if_match") and not was.get("require_if_match"):
        yield Finding(path, "REST_NOT_STRICTER", "If-Match is required now")
    for name in ("max_body_bytes", "max_part_bytes"):
        limit = int(now.get(name, 0))
        if limit and (name not in was or limit < int(was[name])):
            yield Finding(path, "REST_NOT_STRICTER", f"{name} is less")


def _access(path: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[Finding]:
    before, after = was.get("access", {}), now.get("access", {})

    def tightened(text: str) -> Finding:
        return Finding(path, "ACCESS_TIGHTENED", text, breaks=False)

    if before.get("public") and not after.get("public"):
        yield tightened("it is not public any more")
        return
    for scope in sorted(set(after.get("scopes", [])) - set(before.get("scopes", []))):
        yield tightened(f"the scope {scope} is needed")
    for kind in sorted(set(before.get("principals", [])) - set(after.get("principals", []))):
        yield tightened(f"{kind} may not call any more")
    # Empty stands for all of them.
    for name in ("roles", "tenant_kinds"):
        had, has = set(before.get(name, [])), set(after.get(name, []))
        if has and not had:
            yield tightened(f"{name} are limited to {', '.join(sorted(has))}")
        elif has and had - has:
            yield tightened(f"{name} lack {', '.join(sorted(had - has))}")
    seconds, had_seconds = after.get("step_up_seconds", 0), before.get("step_up_seconds", 0)
    if seconds and (not had_seconds or seconds < had_seconds):
        yield tightened(f"a second factor within {seconds} s is needed")
