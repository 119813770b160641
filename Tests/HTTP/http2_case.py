"""What the tests of HTTP/2 have in common."""

from case import HTTPCase
from http2 import Client


class HTTP2Case(HTTPCase):
    """Tests on the shared server; somebody who speaks HTTP/1.1 is beside them."""

    def client(self, seconds: float = 10) -> Client:
        """A connection that ends with the test."""
        client = Client(self.server.port, seconds)
        self.addCleanup(client.close)
        # What is sent before may still find the settings that every peer begins with.
        client.until(lambda: client.http.remote_settings.max_concurrent_streams == 100)
        return client
