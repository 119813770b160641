"""The JSON mapping, beside protobuf's own in Python: both directions of random messages."""

from __future__ import annotations

import http.client
import json
import unittest
from typing import Any

from bridge import Bridge
from google.protobuf import json_format
from mirror import Generator, Mirror

COUNT = 1500


class Mapping(unittest.TestCase):
    """Every message goes through the bridge as JSON, to a server as bytes, and back as JSON."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts both."""
        cls.mirror = Mirror()
        cls.addClassCleanup(cls.mirror.stop)
        cls.bridge = Bridge(
            "--descriptors", cls.mirror.descriptors, "--upstream",
            f"127.0.0.1:{cls.mirror.port}", "--auto-map", "--refresh", "0")
        cls.addClassCleanup(cls.bridge.stop)
        cls.connection = http.client.HTTPConnection("127.0.0.1", cls.bridge.port, timeout=60)
        cls.addClassCleanup(cls.connection.close)

    def post(self, text: str) -> tuple[int, str]:
        """The status and the body of the answer. If none comes, says how far the request came."""
        calls = self.mirror.calls
        try:
            self.connection.request(
                "POST", "/mapping.v1.Mirror/Echo", text.encode(),
                {"content-type": "application/json"})
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except TimeoutError:
            came = "came" if self.mirror.calls > calls else "did not come"
            raise AssertionError(
                f"no answer; the request {came} to the server\n{self.bridge.process.log_text()}"
            ) from None

    def exchange(self, seed: int, **options: bool) -> None:
        """Sends random messages, printed as the options say."""
        generator = Generator(self.mirror, seed)
        for number in range(COUNT):
            message = generator.message()
            text = json_format.MessageToJson(
                message, indent=None, descriptor_pool=self.mirror.pool, **options)
            with self.subTest(number=number, text=text):
                status, answer = self.post(text)
                self.assertEqual(status, 200, answer)
                expected = self.canonical(self.parsed(text))
                received = self.mirror.everything.FromString(self.mirror.received)
                self.assertEqual(self.canonical(received), expected)
                self.assertEqual(self.canonical(self.parsed(answer)), expected, answer)

    def parsed(self, text: str) -> Any:
        """The message that Python reads in a text. Its integers have no -0, which ours writes so."""
        values = json.loads(text, parse_int=lambda one: -0.0 if one == "-0" else int(one))
        return json_format.ParseDict(
            values, self.mirror.everything(), descriptor_pool=self.mirror.pool)

    def canonical(self, message: Any) -> str:
        """A message as a text that is the same for equal ones: maps, also those that an Any has as
        bytes, have no order, and a NaN is not equal to itself."""
        values = json_format.MessageToDict(message, descriptor_pool=self.mirror.pool)
        return json.dumps(values, sort_keys=True)

    def test_random_messages_are_read_and_written_as_python_does(self) -> None:
        self.exchange(1)

    def test_the_names_of_the_contract_are_read_too(self) -> None:
        self.exchange(2, preserving_proto_field_name=True)


if __name__ == "__main__":
    unittest.main()
