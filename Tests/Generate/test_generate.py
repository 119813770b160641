"""tools/generate: what is committed is what the contracts say."""

import base64
import pathlib
import re
import shutil
import tempfile
import unittest

import tools

GENERATED = tools.ROOT / "Sources/Generated"


class CheckTests(unittest.TestCase):
    def test_finds_the_committed_tree_fresh(self):
        result = tools.run("tools/generate", "--check")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_names_what_is_changed_missing_and_left_over_and_touches_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder) / "tree"
            shutil.copytree(GENERATED, tree)
            changed = tree / "Peer/peer_v1_directory.artel.swift"
            changed.write_text(changed.read_text() + "// More.\n")
            missing = tree / "Auth/artel_auth_v1_token_service.pb.swift"
            missing.unlink()
            left_over = tree / "Gone/gone.artel.swift"
            left_over.parent.mkdir()
            left_over.write_text("")
            result = tools.run("tools/generate", "--check", tree)
            self.assertEqual(result.returncode, 1)
            named = [line for line in result.stderr.splitlines() if str(tree) in line]
            self.assertEqual(
                named, [f"tools/generate: {file}" for file in (missing, left_over, changed)])
            self.assertTrue(changed.read_text().endswith("// More.\n"))
            self.assertFalse(missing.exists())
            self.assertTrue(left_over.exists())

    def test_finds_stale_options_before_it_builds_with_them(self):
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder) / "tree"
            shutil.copytree(GENERATED, tree)
            (tree / "Options/artel_options_v1_policy.pb.swift").unlink()
            (tree / "Peer/peer_v1_directory.pb.swift").unlink()
            result = tools.run("tools/generate", "--check", tree)
            self.assertEqual(result.returncode, 1)
            self.assertIn("Options/artel_options_v1_policy.pb.swift", result.stderr)
            self.assertNotIn("Peer/", result.stderr)

    def test_refuses_what_it_does_not_know(self):
        self.assertEqual(tools.run("tools/generate", "--chek").returncode, 64)
        self.assertEqual(tools.run("tools/generate", "--check", "/nowhere/at/all").returncode, 66)


class DescriptorTests(unittest.TestCase):
    """The descriptors that the bridge loads, as protoc reads them."""

    @classmethod
    def setUpClass(cls):
        source = (GENERATED / "Descriptors/ArtelDescriptors.swift").read_text()
        texts = re.findall(r'"""\n(.*?)\n\s*"""', source, re.DOTALL)
        text, cls.comments = (
            base64.b64decode(re.sub(r"[\s\\]", "", text), validate=True) for text in texts)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name) / "set.pb"
        cls.path.write_bytes(text)

    def decoded(self):
        with self.path.open("rb") as file:
            return tools.run(
                "protoc", f"--proto_path={tools.ROOT}/proto",
                "--decode=google.protobuf.FileDescriptorSet",
                "google/protobuf/descriptor.proto", "artel/options/v1/policy.proto",
                stdin=file).stdout

    def test_hold_every_contract_and_all_that_it_needs(self):
        for contract in ("peer/v1/directory.proto", "grpc/health/v1/health.proto",
                         "grpc/channelz/v1/channelz.proto", "grpc/reflection/v1/reflection.proto",
                         "grpc/reflection/v1alpha/reflection.proto",
                         "artel/residential/v1/access_point_service.proto"):
            result = tools.run(
                "protoc", f"--descriptor_set_in={self.path}", "--descriptor_set_out=/dev/null",
                "--include_imports", contract)
            self.assertEqual(result.returncode, 0, result.stderr)

    def test_hold_comments_beside(self):
        self.assertIn(b"Opens an access point for a unit of which the caller", self.comments)
        self.assertNotIn(b"Opens an access point", self.path.read_bytes())
        self.assertNotIn(b"google/protobuf/", self.comments)

    def test_hold_nothing_that_is_no_part_of_the_product(self):
        text = self.decoded()
        self.assertNotIn("grpc/testing/", text)
        self.assertNotIn("greeter/", text)

    def test_hold_reflection_in_both_versions_alike(self):
        versions = {
            version: self.file(f"grpc/reflection/{version}/reflection.proto")
            for version in ("v1", "v1alpha")}

        def contract(version):
            text = versions[version].replace("v1alpha", "v1")
            return re.sub(r"^  options \{.*?^  \}\n", "", text, flags=re.MULTILINE | re.DOTALL)

        self.assertEqual(contract("v1"), contract("v1alpha"))
        self.assertNotIn("v1alpha", versions["v1"])

    def file(self, name):
        """The text of one file's descriptor."""
        return re.search(
            r'^file \{\n  name: "%s".*?^\}$' % name, self.decoded(),
            re.MULTILINE | re.DOTALL).group(0)

    def test_keep_channelz_for_administrators_with_its_scope(self):
        text = self.file("grpc/channelz/v1/channelz.proto")
        self.assertEqual(re.findall(r"principals: (\w+)", text),
                         ["PRINCIPAL_KIND_ADMINISTRATOR"] * 7)
        self.assertEqual(re.findall(r'scopes: "(.*)"', text), ["platform.channelz:read"] * 7)
        self.assertNotIn("public: true", text)

    def test_keep_reflection_and_the_list_of_services_from_strangers(self):
        for version in ("v1", "v1alpha"):
            self.assertNotIn(
                "public: true", self.file(f"grpc/reflection/{version}/reflection.proto"))
        health = self.file("grpc/health/v1/health.proto")
        self.assertEqual(health.count("public: true"), 2)
        listing = re.search(r'name: "List".*?^    \}$', health, re.MULTILINE | re.DOTALL).group(0)
        self.assertNotIn("public: true", listing)

    def test_hold_a_policy_for_every_method(self):
        text = self.decoded()
        methods = len(re.findall(r"^    method \{$", text, re.MULTILINE))
        policies = len(re.findall(r"^        \[artel.options.v1.policy\] \{$", text, re.MULTILINE))
        self.assertGreater(methods, 20)
        self.assertEqual(methods, policies)

    def test_hold_no_comments(self):
        self.assertNotIn("source_code_info {", self.decoded())

    def test_name_a_file_after_those_that_it_imports(self):
        seen = set()
        for block in re.split(r"^file \{$", self.decoded(), flags=re.MULTILINE)[1:]:
            imports = re.findall(r'^  dependency: "(.*)"$', block, re.MULTILINE)
            self.assertLessEqual(set(imports), seen)
            seen.add(re.search(r'^  name: "(.*)"$', block, re.MULTILINE).group(1))


if __name__ == "__main__":
    unittest.main()
