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

    def test_says_how_a_method_streams(self):
        written = Generated(service(method(types=STREAM))).files[FILE]
        self.assertIn("kind: .serverStreaming)", written)
        self.assertIn("router.registerServerStreaming(", written)
        self.assertIn("response: RPC.RPCWriter<Test_V1_Output>,", written)

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

    def test_refuses_a_policy_folder_that_is_not_there(self):
        error = Generated("", parameters=["policy=/nowhere/at/all"]).error
        self.assertIn("the policy folder /nowhere/at/all cannot be read", error)


if __name__ == "__main__":
    unittest.main()
