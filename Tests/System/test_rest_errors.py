"""Requests that are wrong, over REST: each has its status and says what is wrong."""

from __future__ import annotations

import unittest
import uuid

from case import SystemCase
from covers import covers
from curl import Response
from stack.tenants import ALPHA, BETA

_PROPERTIES = "/v1/properties"


class RestErrorTests(SystemCase):
    """AIP-193 bodies for every failure."""

    @classmethod
    def connect(cls) -> None:
        """Calls as alpha's service."""
        super().connect()
        cls.token = cls.stack.demo.token(ALPHA.console, cls.stack.server.rest)

    def create(self, body: object, name: str = "") -> Response:
        """Creates a property with a body that is probably wrong."""
        name = name or f"p-{uuid.uuid4().hex[:12]}"
        return self.rest.post(f"{_PROPERTIES}?propertyId={name}", body, self.token)

    @covers("T47", "T48", "T55", "T59")
    def test_malformed_json(self) -> None:
        """answers malformed JSON with 400"""
        for body in (
            "{", "", "nul", '{"displayName": "a"', '{"displayName": "a"} x', "[1]", '"text"',
            "null", '{"displayName": "\\uD800"}', '{"displayName": "a",}', "{'displayName': 'a'}",
            b'{"displayName": "\xff"}', b"\xff\xfe{\x00}\x00", '\ufeff{"displayName": "a"}',
            '{"displayName": 1e999}', '{"displayName": "a\nb"}',
        ):
            with self.subTest(body=body):
                response = self.create(body)
                self.assert_error(response, 400, "INVALID_ARGUMENT")

    @covers("T49", "T50", "T51", "T56", "S-D22")
    def test_fields(self) -> None:
        """names the field that is unknown, of a wrong type, repeated, or output only"""
        for body, field in (
            ('{"nobody": 1}', "nobody"),
            ('{"displayName": 1}', "display_name"),
            ('{"displayName": {"a": 1}}', "display_name"),
            ('{"displayName": "a", "displayName": "b"}', "display"),
            ('{"displayName": "a", "display_name": "b"}', "display"),
            ('{"createTime": "yesterday"}', "create_time"),
            ('{"name": "properties/other"}', "name"),
            ('{"displayName": "%s"}' % ("x" * 201), "display_name"),
        ):
            with self.subTest(body=body[:60]):
                response = self.create(body)
                self.assert_error(response, 400, "INVALID_ARGUMENT")
                self.assertIn(field, self.violations(response))
        path = f"{_PROPERTIES}/{ALPHA.property}/accessPoints?accessPointId=wrong"
        for body, field in (
            ({"kind": "WINDOW"}, "kind"),
            ({"kind": "DOOR", "partner": "nobody", "deviceRef": "d"}, "partner"),
            ({"kind": "DOOR", "partner": f"partners/{ALPHA.partner}"}, "device_ref"),
        ):
            with self.subTest(body=body):
                response = self.rest.post(path, body, self.token)
                self.assert_error(response, 400, "INVALID_ARGUMENT")
                self.assertIn(field, self.violations(response))

    @covers("T39", "T41", "T42", "T28", "T33")
    def test_parameters(self) -> None:
        """names the parameter that is unknown, of a wrong type, repeated, or part of the path"""
        for query, field in (
            ("nobody=1", "nobody"),
            ("pageSize=x", "page_size"),
            ("pageSize=-1", "page_size"),
            ("pageSize=1&pageSize=2", "page"),
            ("pageToken=a&page_token=b", "page"),
            ("pageToken=garbage", "page_token"),
        ):
            with self.subTest(query=query):
                response = self.rest.get(f"{_PROPERTIES}?{query}", self.token)
                self.assert_error(response, 400, "INVALID_ARGUMENT")
                self.assertIn(field, response.body.decode())
        name = self.rest.get(f"{_PROPERTIES}/{ALPHA.property}?name=properties/other", self.token)
        self.assert_error(name, 400, "INVALID_ARGUMENT")

    @covers("S-D12")
    def test_a_page_token_of_another_tenant(self) -> None:
        """refuses a page token that another tenant or another list gave out"""
        for number in range(2):
            self.assertEqual(self.create({"displayName": "x"}, f"page-{number}").status, 200)
        page = self.rest.get(f"{_PROPERTIES}?pageSize=1", self.token).json()
        token = page["nextPageToken"]
        good = self.rest.get(f"{_PROPERTIES}?pageSize=1&pageToken={token}", self.token)
        self.assertEqual(good.status, 200, good.body)
        self.assertNotEqual(good.json()["properties"], page["properties"])
        beta = self.stack.demo.token(BETA.console, self.stack.server.rest)
        foreign = self.rest.get(f"{_PROPERTIES}?pageSize=1&pageToken={token}", beta)
        self.assert_error(foreign, 400, "INVALID_ARGUMENT")
        other = self.rest.get(f"/v1/units?pageToken={token}", self.token)
        self.assert_error(other, 400, "INVALID_ARGUMENT")

    @covers("T69", "S-F13")
    def test_routes(self) -> None:
        """answers unknown paths with 404, and known ones with another method by 405 and Allow"""
        for path in (
            "/", "/v1", "/v2/properties", "/v1/nobody", "/v1/properties/", "/v1//properties",
            "/v1/properties/a/b", "/v1/./properties", "/v1/units/../properties",
            "/V1/properties", "/v1/properties;a=b", "/v1/%70roperties/..",
        ):
            with self.subTest(path=path):
                self.assert_error(self.rest.get(path, self.token), 404, "NOT_FOUND")
        for method, path, allow in (
            ("DELETE", "/v1/tenant", {"GET"}),
            ("PUT", _PROPERTIES, {"GET", "POST"}),
            ("POST", "/v1/tenant", {"GET"}),
            ("PATCH", f"{_PROPERTIES}/{ALPHA.property}", {"GET"}),
            ("TRACE", "/v1/tenant", {"GET"}),
            ("GET", f"/v1/{ALPHA.access_point('gate')}:open", {"POST"}),
        ):
            with self.subTest(method=method, path=path):
                response = self.rest.send(method, path, token=self.token)
                self.assertEqual(response.status, 405, response.body)
                allowed = {each.strip() for each in (response.header("allow") or "").split(",")}
                self.assertLessEqual(allow, allowed)
                self.assertNotIn(method, allowed)

    @covers("T63", "T62")
    def test_types(self) -> None:
        """takes JSON by any name, and answers other types with 415"""
        for number, kind in enumerate((
            "application/json", "application/json; charset=utf-8", "APPLICATION/JSON",
        )):
            response = self.rest.post(
                f"{_PROPERTIES}?propertyId=type-{number}", {}, self.token, **{"content-type": kind})
            self.assertEqual(response.status, 200, response.body)
        for kind in (
            "text/plain", "application/x-www-form-urlencoded", "application/xml",
            "multipart/form-data; boundary=x", "application/json; charset=utf-16", "",
        ):
            with self.subTest(kind=kind):
                response = self.rest.post(
                    f"{_PROPERTIES}?propertyId=type", {}, self.token, **{"content-type": kind})
                self.assertEqual(response.status, 415, response.body)

    @covers("S-F14", "T57")
    def test_sizes(self) -> None:
        """answers a body of 10 MB with 413, a large head with 431, and depth with 400"""
        body = b'{"displayName": "' + b"x" * 10_000_000 + b'"}'
        response = self.create(body)
        self.assert_error(response, 413, "RESOURCE_EXHAUSTED")
        unknown_length = self.rest.send(
            "POST", f"{_PROPERTIES}?propertyId=large", body, self.token,
            {"content-type": "application/json", "transfer-encoding": "chunked"})
        self.assert_error(unknown_length, 413, "RESOURCE_EXHAUSTED")
        # What HTTP/2 does with such a head is its own tests' matter.
        one = ("--http1.1",)
        head = self.rest.send(
            "GET", "/v1/tenant", token=self.token, headers={"more": "x" * 40_000}, more=one)
        self.assertEqual(head.status, 431)
        target = self.rest.send(
            "GET", f"{_PROPERTIES}?pageToken={'x' * 40_000}", token=self.token, more=one)
        self.assertEqual(target.status, 414)
        deep = self.create('{"a":' * 10_000 + "1" + "}" * 10_000)
        self.assert_error(deep, 400, "INVALID_ARGUMENT")
        # All of that hurt nobody else.
        self.assertEqual(self.rest.get("/v1/tenant", self.token).status, 200)

    @covers("T82", "T69")
    def test_errors_say_nothing_of_the_inside(self) -> None:
        """gives errors without SQL, stack or file names"""
        for response in (
            self.create({"displayName": "a\u0000b"}),
            self.create({"displayName": "x"}, "Upper-Case"),
            self.create({"displayName": "x"}, "a" * 64),
            self.rest.get("/v1/commands/not-a-uuid", self.token),
            self.rest.get("/v1/units/%00", self.token),
            self.rest.get("/v1/units/%ff", self.token),
        ):
            self.assertIn(response.status, (400, 404), response.body)
            text = response.body.decode().lower()
            for word in ("select", "insert", "sqlstate", ".swift", "postgres", "artel_app"):
                self.assertNotIn(word, text)

    @covers("T69")
    def test_resources_that_exist(self) -> None:
        """creates once for equal requests, and answers a different one with 409"""
        name = f"p-{uuid.uuid4().hex[:12]}"
        first = self.create({"displayName": "One"}, name)
        again = self.create({"displayName": "One"}, name)
        other = self.create({"displayName": "Two"}, name)
        self.assertEqual((first.status, again.status), (200, 200))
        self.assertEqual(first.json(), again.json())
        self.assert_error(other, 409, "ALREADY_EXISTS", "RESOURCE_EXISTS")

    def violations(self, response: Response) -> str:
        """The fields that google.rpc.BadRequest names."""
        details = response.json()["error"].get("details", [])
        return " ".join(
            violation["field"]
            for detail in details if detail["@type"].endswith("BadRequest")
            for violation in detail["fieldViolations"])


if __name__ == "__main__":
    unittest.main()
