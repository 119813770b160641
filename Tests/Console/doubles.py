"""Methods that answer what a test wants, in the page of a real console."""

from __future__ import annotations

import json
import re
from typing import Any

from vectors import TENANT, journal


def method(template: str, scope: str = "openid", **query: str) -> dict[str, Any]:
    """What the API's description says of a method."""
    return {
        "x-http-template": template, "x-artel-policy": {"scopes": [scope]},
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "string"} | (
                {"format": kind} if kind else {})} for name, kind in query.items()]}


METHODS: dict[str, tuple[str, dict[str, Any]]] = {
    "AuditService_ListAuditEntries": ("get", method(
        "/v1/auditEntries", actor="", action="", resource="", code="", call="",
        startTime="date-time", endTime="date-time", pageToken="")),
    "AuditService_GetAuditEntry": ("get", method("/v1/{name=auditEntries/*}")),
    "AuditService_GetCheckpoint": ("get", method("/v1/auditCheckpoint")),
    "AuditService_GetInclusionProof": (
        "get", method("/v1/{name=auditEntries/*}:inclusionProof", treeSize="")),
    "AuditService_GetConsistencyProof": (
        "get", method("/v1/auditCheckpoint:consistencyProof", fromSize="", toSize="")),
    "BreakerService_ListBreakers": ("get", method("/v1/breakers")),
    "BreakerService_ResetBreaker": ("post", method("/v1/{name=breakers/*}:reset")),
    "LimitService_ListUsages": ("get", method("/v1/usages")),
    "ObjectiveService_ListObjectives": ("get", method("/v1/operations/objectives")),
}


def script(answers: dict[str, Any]) -> str:
    """What a page runs before its own modules: calls of these methods are answered here.

    The others go to the server; the tenant has the UUID of the vectors.
    """
    return f"""
    (() => {{
      const methods = {json.dumps(METHODS)};
      const answers = window.answers = {json.dumps(answers)};
      window.asked = [];
      const real = window.fetch;
      const reply = (body) => new Response(JSON.stringify(body));
      const patterns = {json.dumps({name: _pattern(one) for name, (_, one) in METHODS.items()})};
      window.fetch = async (path, options) => {{
        const {{pathname, search}} = new URL(path, location.href);
        if (pathname === "/console/openapi.json") {{
          const document = await (await real(path, options)).json();
          for (const item of Object.values(document.paths)) {{
            for (const [verb, one] of Object.entries(item)) {{
              if (one.operationId in methods) delete item[verb];
            }}
          }}
          for (const [id, [verb, one]] of Object.entries(methods)) {{
            document.paths["double " + id] = {{[verb]: {{operationId: id, ...one}}}};
          }}
          return reply(document);
        }}
        if (pathname === "/v1/tenant") {{
          return reply({{...await (await real(path, options)).json(), uid: {json.dumps(TENANT)}}});
        }}
        for (const [id, [verb, one]] of Object.entries(methods)) {{
          if (verb === (options?.method ?? "GET").toLowerCase()
            && new RegExp(patterns[id]).test(pathname)) {{
            window.asked.push([id, pathname, search]);
            return reply(answers[id]);
          }}
        }}
        return real(path, options);
      }};
    }})();
    """


def _pattern(one: dict[str, Any]) -> str:
    """The paths of a method."""
    template = re.sub(r"\{name=(.*?)\*\}", r"\1@", one["x-http-template"])
    return f"^{re.escape(template).replace('@', '[^/:]+')}$"


def audit() -> dict[str, Any]:
    """The answers of a log with one entry to look at."""
    given = journal()
    return {
        "AuditService_ListAuditEntries": {"auditEntries": [given["entry"]]},
        "AuditService_GetAuditEntry": given["entry"],
        **{name: given[name] for name in given if name.startswith("AuditService_")},
    }


def operations() -> dict[str, Any]:
    """The answers of a platform with a partner that fails."""
    return {
        "BreakerService_ListBreakers": {"breakers": [
            {"name": "breakers/lifts.open", "partner": "partners/lifts", "operation": "open",
             "state": "OPEN", "stateTime": "2026-01-15T08:30:00Z", "failures": "7"},
            {"name": "breakers/lifts.state", "state": "CLOSED"}], "process": "p1"},
        "BreakerService_ResetBreaker": {"name": "breakers/lifts.open", "state": "CLOSED"},
        "LimitService_ListUsages": {"usages": [
            {"name": "usages/daily-calls", "used": "12", "limit": "100000000",
             "resetTime": "2026-01-16T00:00:00Z"}]},
        "ObjectiveService_ListObjectives": {"objectives": [
            {"name": "objectives/critical-availability", "kind": "OBJECTIVE_KIND_AVAILABILITY",
             "target": 0.999, "window": "2592000s", "goodCount": "10", "totalCount": "10",
             "budgetRemaining": 1, "burnRates": [{"window": "300s", "rate": 0}]}]},
    }
