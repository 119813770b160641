"""A contract of one service in a temporary folder, and what our plug-in makes of it."""

import pathlib
import tempfile

import tools

POLICY = """
  access: {principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN}
  idempotency: IDEMPOTENCY_READ_ONLY
  audit: AUDIT_LEVEL_NONE
  cost: COST_CLASS_LOW
"""

PROTO = """
syntax = "proto3";
package test.v1;
import "artel/options/v1/policy.proto";
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
%s
message Input { string name = 1; }
message KeyedInput { string request_id = 1; }
message CountedInput { int32 request_id = 1; }
message Output {}
message Thing {
  string name = 1;
  repeated string tags = 2;
  int32 number = 3;
  string etag = 4;
}
message ChangeInput { Thing thing = 1; }
message PutInput { string name = 1; google.api.HttpBody file = 2; }
"""


def method(policy=POLICY, name="Get", types="(Input) returns (Output)", http=""):
    """The text of a method; without a policy where it is None."""
    options = [http] if http else []
    if policy is not None:
        options.append("option (artel.options.v1.policy) = {%s};" % policy)
    return "rpc %s%s { %s }" % (name, types, "\n".join(options))


def service(*methods):
    """The text of a service."""
    return "service Things {\n%s\n}" % "\n".join(methods)


class Generated:
    """What the plug-in wrote, or said."""

    def __init__(self, text, policies=None, parameters=(), folder=True):
        """Runs it over the text, with policies as {file name: text}, in a folder or without one."""
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            (work / "out").mkdir()
            (work / "policy").mkdir()
            proto = work / "protos/test/v1/things.proto"
            proto.parent.mkdir(parents=True)
            proto.write_text(PROTO % text)
            for name, content in (policies or {}).items():
                (work / "policy" / name).write_text(content)
            options = [*([f"policy={work}/policy"] if folder else []), *parameters]
            result = tools.run(
                "protoc", f"--proto_path={work}/protos", f"--proto_path={tools.ROOT}/proto",
                f"--proto_path={tools.packages()}",
                f"--plugin={tools.binaries()}/protoc-gen-artel",
                f"--artel_out={work}/out", f"--artel_opt={','.join(options)}",
                "test/v1/things.proto")
            self.error = result.stderr if result.returncode else ""
            self.files = {
                str(file.relative_to(work / "out")): file.read_text()
                for file in (work / "out").rglob("*.swift")
            }
