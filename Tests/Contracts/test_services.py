"""Rules of services, of their HTTP bindings, and of who may call."""

from case import ContractCase

_TYPES = "message A { string name = 1; } message B { string name = 1; A a = 2; }"


class Methods(ContractCase):
    """Services and methods."""

    def change(self, old: str, new: str, *rules: str) -> None:
        """Methods of one service."""
        self.assert_found(
            f"{_TYPES} service S {{ {old} }}", f"{_TYPES} service S {{ {new} }}", *rules)

    def test_service_gone(self) -> None:
        """A service stays; of its methods nothing more is said."""
        self.assert_found(
            f"{_TYPES} service S {{ rpc M(A) returns (B); }}", _TYPES, "SERVICE_NO_DELETE")

    def test_method_gone(self) -> None:
        """A method stays; of its binding nothing more is said."""
        self.change(
            'rpc M(A) returns (B) { option (google.api.http) = {get: "/v1/a"}; }', "",
            "RPC_NO_DELETE")

    def test_types(self) -> None:
        """Both types stay."""
        self.change("rpc M(A) returns (B);", "rpc M(B) returns (B);", "RPC_SAME_REQUEST_TYPE")
        self.change("rpc M(A) returns (B);", "rpc M(A) returns (A);", "RPC_SAME_RESPONSE_TYPE")

    def test_streams(self) -> None:
        """Both sides stay one message, or a stream."""
        self.change(
            "rpc M(A) returns (B);", "rpc M(stream A) returns (B);", "RPC_SAME_CLIENT_STREAMING")
        self.change(
            "rpc M(A) returns (stream B);", "rpc M(A) returns (B);", "RPC_SAME_SERVER_STREAMING")

    def test_idempotency_level(self) -> None:
        """Some clients decide by it whether to repeat a call, or to use GET."""
        self.change(
            "rpc M(A) returns (B) { option idempotency_level = IDEMPOTENT; }",
            "rpc M(A) returns (B);", "RPC_SAME_IDEMPOTENCY_LEVEL")


class Bindings(ContractCase):
    """Paths of HTTP."""

    def change(self, old: str, new: str, *rules: str) -> None:
        """The rule of one method; none where it is empty."""
        def method(rule: str) -> str:
            option = f"option (google.api.http) = {{{rule}}};" if rule else ""
            return f"{_TYPES} service S {{ rpc M(A) returns (B) {{ {option} }} }}"

        self.assert_found(method(old), method(new), *rules)

    def test_gone(self) -> None:
        """A path that somebody calls does not vanish."""
        self.change('get: "/v1/a"', "", "HTTP_BINDING_NO_DELETE")
        self.change(
            'get: "/v1/a" additional_bindings {get: "/v1/b"}', 'get: "/v1/a"',
            "HTTP_BINDING_NO_DELETE")

    def test_changed(self) -> None:
        """Neither does a verb."""
        self.change('get: "/v1/a"', 'post: "/v1/a"', "HTTP_BINDING_NO_DELETE")
        self.change('get: "/v1/a"', 'get: "/v1/{name}"', "HTTP_BINDING_NO_DELETE")
        self.change(
            'custom {kind: "PURGE" path: "/v1/a"}', 'custom {kind: "LIST" path: "/v1/a"}',
            "HTTP_BINDING_NO_DELETE")

    def test_additions(self) -> None:
        """Another binding, before the others or behind, breaks nothing."""
        self.change("", 'get: "/v1/a"')
        self.change('get: "/v1/a"', 'get: "/v1/b" additional_bindings {get: "/v1/a"}')

    def test_bodies(self) -> None:
        """A body fills what it filled, and shows what it showed."""
        self.change('post: "/v1/a"', 'post: "/v1/a" body: "*"', "HTTP_BINDING_SAME_BODY")
        self.change(
            'post: "/v1/a" body: "name"', 'post: "/v1/a" body: "*"', "HTTP_BINDING_SAME_BODY")
        self.change(
            'get: "/v1/a"', 'get: "/v1/a" response_body: "a"', "HTTP_BINDING_SAME_RESPONSE_BODY")


class Policies(ContractCase):
    """What a policy promises."""

    def change(self, old: str, new: str, *rules: str) -> None:
        """The policy of one method."""
        def method(policy: str) -> str:
            option = f"option (artel.options.v1.policy) = {{{policy}}};"
            return f"{_TYPES} service S {{ rpc M(A) returns (B) {{ {option} }} }}"

        self.assert_found(method(old), method(new), *rules)

    def test_rest_profile(self) -> None:
        """What an answer of the REST door is."""
        for one in (
                "form: true", "oauth_errors: true", "success_status: 201", 'location: "/v1/{name}"',
                'error_statuses {reason: "X" http_status: 402}', "decodes_reserved: true"):
            self.change("", f"rest {{{one}}}", "REST_SAME_PROFILE")
            self.change(f"rest {{{one}}}", "", "REST_SAME_PROFILE")
        self.change("", 'rest {cache_control: "no-cache" entity_tag: ENTITY_TAG_HASH}')

    def test_rest_strictness(self) -> None:
        """What the REST door took, it takes."""
        for one in ("lenient: true", "accepts_forms: true"):
            self.change("", f"rest {{{one}}}")
            self.change(f"rest {{{one}}}", "", "REST_NOT_STRICTER")
        self.change("", "rest {require_if_match: true}", "REST_NOT_STRICTER")
        for limit in ("max_body_bytes", "max_part_bytes"):
            self.change("", f"rest {{{limit}: 5}}", "REST_NOT_STRICTER")
            self.change(f"rest {{{limit}: 5}}", f"rest {{{limit}: 4}}", "REST_NOT_STRICTER")
            self.change(f"rest {{{limit}: 5}}", f"rest {{{limit}: 6}}")
            self.change(f"rest {{{limit}: 5}}", "")

    def test_idempotency(self) -> None:
        """Who repeats a call may go on doing so."""
        self.change("idempotency: IDEMPOTENCY_KEYED", "idempotency: IDEMPOTENCY_IDEMPOTENT")
        for less in ("idempotency: IDEMPOTENCY_NONE", ""):
            self.change("idempotency: IDEMPOTENCY_KEYED", less, "IDEMPOTENCY_NOT_WEAKER")

    def test_access(self) -> None:
        """Who may not call any more is noted."""
        note = "ACCESS_TIGHTENED*"

        def access(old: str, new: str, *rules: str) -> None:
            self.change(f"access {{{old}}}", f"access {{{new}}}", *rules)

        access("public: true", 'scopes: "a"', note)
        access('scopes: "a"', 'scopes: ["a", "b"]', note)
        access('scopes: ["a", "b"]', 'scopes: "a"')
        both = "principals: [PRINCIPAL_KIND_USER, PRINCIPAL_KIND_PARTNER]"
        access(both, "principals: PRINCIPAL_KIND_USER", note)
        access("principals: PRINCIPAL_KIND_USER", both)
        access("", 'roles: "admin"', note)
        access('roles: "admin"', "")
        access('roles: ["admin", "guard"]', 'roles: "admin"', note)
        access("", "tenant_kinds: TENANT_KIND_BANK", note)
        access("", "step_up_seconds: 60", note)
        access("step_up_seconds: 60", "step_up_seconds: 30", note)
        access("step_up_seconds: 60", "step_up_seconds: 90")
