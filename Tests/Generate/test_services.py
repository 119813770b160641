"""What protoc-gen-artel writes for a service."""

import unittest

from contract import Generated, method, service

FILE = "test_v1_things.artel.swift"
STREAM = "(Input) returns (stream Output)"


class ServiceTests(unittest.TestCase):
    def test_writes_the_same_twice(self):
        text = service(method(name="Get"), method(name="Watch", types=STREAM))
        parameters = ["descriptors=Descriptors"]
        self.assertEqual(
            Generated(text, parameters=parameters).files,
            Generated(text, parameters=parameters).files)

    def test_carries_comments_over(self):
        text = "// Keeps things.\nservice Things {\n  // Returns a thing.\n  %s\n}" % method()
        written = Generated(text).files[FILE]
        self.assertIn("/// Keeps things.\npublic enum Test_V1_Things {", written)
        self.assertIn("    /// Returns a thing.\n    func get(", written)

    def written(self, types):
        return Generated(service(method(types=types))).files[FILE]

    def assert_writes(self, written, *expected):
        for text in expected:
            self.assertIn(text, written)

    def test_writes_a_unary_method_with_messages_and_with_metadata(self):
        self.assert_writes(
            self.written("(Input) returns (Output)"),
            "kind: .unary)", "router.registerUnary(", "fullHandler: { request, context in",
            "request: RPC.ServerRequest<Test_V1_Input>,",
            ") async throws -> RPC.ServerResponse<Test_V1_Output>\n",
            "request: Test_V1_Input,", ") async throws -> Test_V1_Output\n",
            "_ message: Test_V1_Input,", "_ request: RPC.ClientRequest<Test_V1_Input>,",
            ") async throws -> RPC.ClientResponse<Test_V1_Output> {", "try await client.unary(")

    def test_writes_a_client_stream_with_messages_and_with_metadata(self):
        self.assert_writes(
            self.written("(stream Input) returns (Output)"),
            "kind: .clientStreaming)", "router.registerClientStreaming(",
            "fullHandler: { request, context in",
            "request: RPC.ServerRequest<RPC.RPCRequestStream<Test_V1_Input>>,",
            ") async throws -> RPC.ServerResponse<Test_V1_Output>\n",
            "request: RPC.RPCRequestStream<Test_V1_Input>,",
            "requestProducer: @escaping @Sendable (RPC.RPCWriter<Test_V1_Input>) async throws"
            " -> Void",
            "_ request: RPC.StreamingClientRequest<Test_V1_Input>,",
            ") async throws -> RPC.ClientResponse<Test_V1_Output> {",
            "try await client.clientStreaming(")

    def test_writes_a_server_stream_that_returns_what_trails(self):
        written = self.written(STREAM)
        self.assert_writes(
            written,
            "kind: .serverStreaming)", "router.registerServerStreaming(",
            "fullHandler: { request, response, context in",
            "request: RPC.ServerRequest<Test_V1_Input>,",
            "response: RPC.RPCWriter<Test_V1_Output>,", ") async throws -> RPC.Metadata\n",
            "return [:]", "_ message: Test_V1_Input,",
            "onResponse: (RPC.RPCResponseStream<Test_V1_Output>) async throws -> Result",
            "try await client.serverStreaming(")
        self.assertNotIn("ClientResponse", written)

    def test_writes_a_stream_both_ways(self):
        written = self.written("(stream Input) returns (stream Output)")
        self.assert_writes(
            written,
            "kind: .bidirectionalStreaming)", "router.registerBidirectionalStreaming(",
            "fullHandler: { request, response, context in",
            "request: RPC.ServerRequest<RPC.RPCRequestStream<Test_V1_Input>>,",
            "response: RPC.RPCWriter<Test_V1_Output>,", ") async throws -> RPC.Metadata\n",
            "requestProducer: @escaping @Sendable (RPC.RPCWriter<Test_V1_Input>) async throws"
            " -> Void,",
            "onResponse: (RPC.RPCResponseStream<Test_V1_Output>) async throws -> Result",
            "try await client.bidirectionalStreaming(")
        self.assertNotIn("ClientResponse", written)

    def test_escapes_names_that_are_words_of_swift(self):
        text = service(method(name="Import"), method(name="Type"), method(name="Self"))
        written = Generated(text).files[FILE]
        for expected in ("func `import`(", "enum Import {", "enum Type_ {", "enum `Self` {"):
            self.assertIn(expected, written)

    def test_writes_nothing_for_a_contract_without_services(self):
        self.assertEqual(Generated("").files, {})

    def test_refuses_parameters_that_it_does_not_know(self):
        self.assertIn("no parameter polisy", Generated("", parameters=["polisy=a"]).error)
        self.assertIn("modules needs a value", Generated("", parameters=["modules="]).error)
        self.assertIn(
            "policies takes `none` alone", Generated("", parameters=["policies=some"]).error)

    def test_refuses_a_policy_folder_that_is_not_there(self):
        error = Generated("", parameters=["policy=/nowhere/at/all"]).error
        self.assertIn("the policy folder /nowhere/at/all cannot be read", error)


if __name__ == "__main__":
    unittest.main()
