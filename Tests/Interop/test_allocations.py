"""What a call costs in allocations: counted in the process, so that nobody adds one unseen."""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

import grpc

from server import ROOT, Server
from stubs import testing

# An empty unary call in a debug build: the call, the request's and the response's bytes, the list
# of metadata and one value of it that is longer than 15 bytes, the handler's task and closures.
MOST_PER_CALL = 13


class AllocationTests(unittest.TestCase):
    """The unary path's allocations by Swift."""

    def test_a_unary_call(self) -> None:
        """allocates no more per unary call than it did"""
        compiler = shutil.which("clang") or shutil.which("cc")
        self.assertIsNotNone(compiler, "Swift comes with clang")
        with tempfile.TemporaryDirectory(prefix="artel-allocations-") as folder:
            library, counts = Path(folder) / "count.so", Path(folder) / "counts"
            subprocess.run(
                [compiler, "-O2", "-shared", "-fPIC", "-o", library,
                 ROOT / "tools/bench/allocations/count.c"], check=True)
            prefix = ("env", f"LD_PRELOAD={library}", f"ALLOCATIONS_FILE={counts}")
            with Server(prefix=prefix) as server:
                with grpc.insecure_channel(server.target) as channel:
                    stub = testing().services.TestServiceStub(channel)
                    per_call = self.measure(stub, counts)
        print(f"\n{per_call:.2f} allocations of Swift per unary call", flush=True)
        # Connections, timers and growing arrays make a fraction more.
        self.assertLess(per_call, MOST_PER_CALL + 0.5)
        self.assertGreater(per_call, 2, "the counter counts nothing")

    def measure(self, stub: object, counts: Path) -> float:
        """The allocations per call, behind calls that warm caches up."""
        calls = 1000
        for _ in range(200):
            stub.EmptyCall(testing().empty.Empty())  # type: ignore[attr-defined]
        before = struct.unpack("3Q", counts.read_bytes())[0]
        for _ in range(calls):
            stub.EmptyCall(testing().empty.Empty())  # type: ignore[attr-defined]
        return (struct.unpack("3Q", counts.read_bytes())[0] - before) / calls


if __name__ == "__main__":
    unittest.main()
