"""Prometheus and Alertmanager, Debian's own, with the rules of tools/observability."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import unittest
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import environment
from case import ACCESS_POINTS
from covers import covers
from curl import Curl
from residents import move_in
from stack.artel import Server
from stack.ports import Ports
from stack.process import Process, clean_environment
from stack.stack import Stack
from stack.tenants import ALPHA
from stack.wait import until
from test_metrics import OBSERVABILITY


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        command, cwd=OBSERVABILITY, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


class FileTests(unittest.TestCase):
    """The files themselves, checked by the programs that read them."""

    @covers("A32", "S-H11", "E189")
    def test_rules(self) -> None:
        """are rules, each alert with a test that it fires, and one that it does not"""
        rules = sorted(OBSERVABILITY.glob("rules/*.yml"))
        tests = sorted(OBSERVABILITY.glob("tests/*.test.yml"))
        _run("promtool", "check", "rules", *rules)
        _run("promtool", "check", "config", "prometheus.yml")
        _run("amtool", "check-config", "alertmanager.yml")
        _run("promtool", "test", "rules", *tests)
        alerts = re.findall(r"- alert: (\S+)", "".join(rule.read_text() for rule in rules))
        proved = re.findall(r"- name: (\S+)", "".join(test.read_text() for test in tests))
        self.assertEqual(sorted(alerts), sorted(proved))

    @covers("A31", "C138", "E188")
    def test_dashboards(self) -> None:
        """are dashboards whose every query Prometheus can read"""
        boards = sorted(OBSERVABILITY.glob("dashboards/*.json"))
        self.assertGreaterEqual(len(boards), 3)
        rules = []
        for board in (json.loads(file.read_text()) for file in boards):
            self.assertTrue(board["title"] and board["uid"] and board["schemaVersion"])
            ids = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(ids), len(set(ids)))
            for panel in board["panels"]:
                self.assertTrue(panel["title"] and panel["targets"])
                rules += [target["expr"] for target in panel["targets"]]
        with TemporaryDirectory() as folder:
            file = Path(folder) / "dashboards.yml"
            file.write_text(json.dumps({"groups": [{"name": "dashboards", "rules": [
                {"record": f"query:{number}", "expr": expression}
                for number, expression in enumerate(rules)]}]}))
            _run("promtool", "check", "rules", file)


class Pager:
    """Takes what Alertmanager sends."""

    def __init__(self) -> None:
        """Listens on a free port."""
        self.alerts: list[dict[str, Any]] = []
        pager = self

        class Handler(BaseHTTPRequestHandler):
            """One notification."""

            def do_POST(self) -> None:  # noqa: N802 (http.server's)
                """Keeps the alerts."""
                body = self.rfile.read(int(self.headers["content-length"]))
                pager.alerts += json.loads(body)["alerts"]
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def names(self, **labels: str) -> set[str]:
        """The alerts that fired, with these labels."""
        return {
            alert["labels"]["alertname"] for alert in self.alerts
            if alert["status"] == "firing" and labels.items() <= alert["labels"].items()}

    def stop(self) -> None:
        """Takes no more."""
        self._server.shutdown()
        self._server.server_close()


class AlertTests(unittest.TestCase):
    """A stack of its own that breaks, watched by the real Prometheus and Alertmanager."""

    def monitor(self, stack: Stack, server: Server) -> tuple[str, Pager]:
        """Starts both; alerts wait for nothing, the windows are as they are."""
        pager = Pager()
        self.addCleanup(pager.stop)
        folder = Path(stack.certificates.authority).parent / "monitoring"
        shutil.copytree(OBSERVABILITY / "rules", folder / "rules")
        for file in (folder / "rules").iterdir():
            file.write_text(re.sub(r"for: \w+", "for: 0s", file.read_text()))
        routes = (OBSERVABILITY / "alertmanager.yml").read_text()
        routes = re.sub(r"http://127\.0\.0\.1:9095", pager.address, routes)
        routes = routes.replace("group_wait: 10s", "group_wait: 0s")
        (folder / "alertmanager.yml").write_text(routes)
        prometheus, alertmanager = _free_ports()
        (folder / "prometheus.yml").write_text(json.dumps({
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": ["rules/*.yml"],
            "alerting": {"alertmanagers": [{"static_configs": [
                {"targets": [f"127.0.0.1:{alertmanager}"]}]}]},
            "scrape_configs": [{"job_name": "artel", "static_configs": [
                {"targets": [server.metrics.split("/")[2]]}]}]}))
        self._start(folder, "alertmanager", [
            "prometheus-alertmanager", f"--config.file={folder}/alertmanager.yml",
            f"--storage.path={folder}/alerts", "--cluster.listen-address=",
            f"--web.listen-address=127.0.0.1:{alertmanager}"])
        self._start(folder, "prometheus", [
            "prometheus", f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={folder}/series",
            f"--web.listen-address=127.0.0.1:{prometheus}"])
        address = f"http://127.0.0.1:{prometheus}"
        until("Prometheus scrapes", lambda: _query(address, "up == 1"), 60)
        return address, pager

    def _start(self, folder: Path, name: str, command: list[str | Path]) -> None:
        process = Process(name, command, folder, clean_environment())
        self.addCleanup(process.stop)

    @covers("A30", "A32", "B32", "B35", "C138", "E188", "E189", "S-H11")
    def test_what_breaks_is_told(self) -> None:
        """tells of a partner that is away, of a door that is slow and of a database that is gone"""
        with environment.own_stack() as stack:
            server = stack.server
            address, pager = self.monitor(stack, server)
            rest = Curl(server.rest, stack.certificates.authority)

            def keep(what: str, work: Callable[[], object], done: Callable[[], bool]) -> None:
                def look() -> bool:
                    work()
                    return done()

                until(what, look, 120)

            anna = move_in(stack, ALPHA)

            def opening() -> None:
                wish = anna.wish(None)
                name = wish.pop("name")
                rest.post(f"/v1/{name}:open", wish, anna.token())

            # Somebody waits at the door for longer than it is promised.
            anna.fault("slow", seconds=1.3)
            keep(
                "slow doors are told", opening, lambda: bool(pager.names(
                    objective="critical-latency") & {"ArtelObjectiveBurnsFast"}))
            stack.partners.fault("none")
            calls = _query(
                address, f'sum(artel_requests_total{{method="{ACCESS_POINTS}/OpenAccessPoint"}})')
            self.assertGreater(float(calls[0]["value"][1]), 0)

            # The partner goes away.
            stack.partners.stop()
            keep("the partner is told", opening, lambda: "ArtelPartnerFails" in pager.names())
            until("its objective is told", lambda: any(
                alert["labels"].get("objective", "").startswith("partner-availability:")
                for alert in pager.alerts), 120)

            # The database goes away.
            def asking() -> None:
                rest.get("/v1/tenant", anna.token())

            stack.cluster.stop()
            keep("the database is told", asking, lambda: "ArtelNotReady" in pager.names())
            keep(
                "the broken promise is told", asking, lambda: "ArtelObjectiveBurnsFast"
                in pager.names(objective="standard-availability"))
            stack.cluster.start()


def _free_ports() -> tuple[int, int]:
    ports = Ports.free()
    return ports.rest, ports.grpc


def _query(address: str, expression: str) -> list[Any]:
    try:
        with urlopen(f"{address}/api/v1/query?{urlencode({'query': expression})}", timeout=5) as it:
            return list(json.load(it)["data"]["result"])
    except OSError:
        return []


if __name__ == "__main__":
    unittest.main()
