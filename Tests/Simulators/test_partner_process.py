"""The partner's process: start, end, kill, hostile bytes, control."""

from __future__ import annotations

import socket
import sqlite3
import ssl
from contextlib import closing

from partner_case import PartnerCase
from process import start_badly


class Life(PartnerCase):
    """What survives, and what ends it."""

    open_delay = 0.4

    def test_opens_after_a_kill_what_it_had_acknowledged(self) -> None:
        keys = [self.new_key() for _ in range(3)]
        token = self.token()
        for key in keys:
            self.assertEqual(self.open(key, token=token).status, 202)
        self.process.kill()
        self.process.start()
        self.connect()
        for key in keys:
            self.assertEqual(self.open(key, token=token).status, 202)
        self.platform.wait(3)
        for key in keys:
            self.opened(key)

    def test_goes_on_where_the_store_failed_for_a_time(self) -> None:
        key = self.new_key()
        self.open(key)
        with closing(sqlite3.connect(self.folder / "partner.sqlite", timeout=20)) as store:
            store.execute("alter table command rename to hidden")
            self.until(lambda: any(e["event"] == "store_failed" for e in self.process.log()))
            self.assertEqual(self.open(key).status, 500)
            store.execute("alter table hidden rename to command")
        self.opened(key)

    def test_ends_cleanly_on_sigterm(self) -> None:
        key = self.new_key()
        self.open(key)
        self.assertEqual(self.process.stop(), 0)
        events = [line["event"] for line in self.process.log()]
        self.assertEqual((events[0], events[-1]), ("ready", "stopped"))
        self.process.start()
        self.connect()
        self.opened(key)

    def test_says_on_one_line_where_it_listens(self) -> None:
        ready = self.process.ready
        self.assertEqual((ready["ready"], ready["simulator"]), (True, "partner"))
        self.assertEqual(ready["address"], f"https://127.0.0.1:{ready['port']}")
        self.assertEqual(ready["control_address"], f"http://127.0.0.1:{ready['control_port']}")

    def test_keeps_the_secrets_out_of_store_and_log(self) -> None:
        token = self.token()
        self.open(self.new_key(), token=token)
        self.process.stop()
        log = "".join(str(line) for line in self.process.log())
        stored = b"".join(file.read_bytes() for file in self.folder.glob("partner.sqlite*"))
        for secret in (token, "alpha+secret %:", "sec ret+%", "control-secret"):
            self.assertNotIn(secret, log)
            self.assertNotIn(secret.encode(), stored)

    def test_outlives_hostile_bytes(self) -> None:
        for sent, wanted in [
            (b"GARBAGE\r\n\r\n", b" 400 "),
            (b"GET /\r\n\r\n", b" 400 "),
            (b"GET / HTTP/9.9\r\n\r\n", b" 505 "),
            (b"\x00\xff\xfe\r\n\r\n", b" 400 "),
            (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b" 414 "),
            (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b" 431 "),
            (b"FROB / HTTP/1.1\r\n\r\n", b" 501 "),
            (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b" 400 "),
            (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b" 400 "),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b" 411 "),
            (b"GET //%ff%00/..?a=%zz HTTP/1.1\r\nConnection: close\r\n\r\n", b" 404 "),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 0\r\nExpect: 100-continue\r\n"
                b"Connection: close\r\n\r\n",
                b" 100 ",
            ),
            (b"GET https://h/x HTTP/1.1\r\nConnection: close\r\n\r\n", b" 404 "),
            (
                b"GET /v1/commands/x HTTP/1.1\r\nAuthorization: a\r\nAuthorization: b\r\n"
                b"Connection: close\r\n\r\n",
                b" 400 ",
            ),
        ]:
            answer = self.exchange(sent)
            self.assertIn(wanted, answer.partition(b"\r\n")[0], sent[:60])
        self.exchange(b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nshort", finish=True)
        self.token()

    def test_answers_413_to_ten_megabytes(self) -> None:
        response = self.client.call("POST", "/oauth2/token", b"x" * (10 << 20))
        self.assertEqual((response.status, response.code()), (413, "request_entity_too_large"))
        self.token()

    def test_a_silent_client_holds_up_nobody(self) -> None:
        port = int(str(self.process.ready["port"]))
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
        silent[0].sendall(b"this is no TLS\r\n")
        self.token()
        for connection in silent:
            connection.close()

    def test_keeps_connections_alive(self) -> None:
        self.token()
        first = self.client.connection.sock
        self.assertIsNotNone(first)
        self.token()
        self.assertIs(self.client.connection.sock, first)

    def test_names_routes_and_methods(self) -> None:
        self.assertEqual(self.client.call("GET", "/nowhere").code(), "not_found")
        response = self.client.call("GET", "/oauth2/token")
        self.assertEqual((response.status, response.headers["Allow"]), (405, "POST"))
        response = self.client.call("DELETE", "/v1/commands/x")
        self.assertEqual((response.status, response.headers["Allow"]), (405, "GET"))
        self.assertEqual(self.client.call("GET", "/v1/commands/x").code(), "token_missing")

    def test_control_wants_its_token(self) -> None:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic \xe9"}):
            response = self.control.call("GET", "/control/state", **headers)
            self.assertEqual((response.status, response.code()), (401, "control_token_wanted"))
        self.assertEqual(self.client.call("GET", "/control/state").status, 404)
        good = {"Authorization": "Bearer control-secret"}
        self.assertEqual(self.control.call("GET", "/control/x", **good).status, 404)
        self.assertEqual(self.control.call("GET", "/control/faults", **good).status, 405)

    def test_refuses_wrong_settings(self) -> None:
        good = self.settings()
        partner = good["partners"][0]
        http = {**partner["report"], "base_uri": "http://example.com"}
        for settings, said in [
            ("{", "bad.json"),
            ("[]", "an object is wanted"),
            ({**good, "tls": None}, "tls: an object is wanted"),
            ({**good, "tls": {"certificate_file": "no", "key_file": "no"}}, "tls: "),
            ({**good, "listen": {"host": "0.0.0.0"}}, "a loopback address is wanted"),
            ({**good, "listen": {"port": "x"}}, "listen.port: a number is wanted"),
            ({**good, "control": {"token_file": "missing"}}, "control.token_file"),
            ({**good, "lisen": {}}, "lisen: is unknown"),
            ({**good, "store": "no/such/folder/x"}, "unable to open"),
            ({**good, "partners": [partner, partner]}, "came twice"),
            ({**good, "partners": [{**partner, "report": http}]}, "http is for loopback alone"),
            ({**good, "partners": [{**partner, "devices": [{"id": ""}]}]}, "devices[0].id"),
        ]:
            status, log = start_badly("partner", settings, self.folder)
            self.assertEqual(status, 78, settings)
            self.assertIn(said, log)

    def exchange(self, sent: bytes, finish: bool = False) -> bytes:
        """Sends bytes over TLS and returns all that comes back."""
        context = ssl.create_default_context(cafile=self.certificate)
        port = int(str(self.process.ready["port"]))
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
                connection.sendall(sent)
                if finish:
                    return b""
                answer = b""
                while piece := connection.recv(1 << 16):
                    answer += piece
                return answer
