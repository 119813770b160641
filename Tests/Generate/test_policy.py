"""protoc-gen-artel refuses contracts whose policies are missing or contradict themselves."""

import unittest

from contract import POLICY, Generated, method, service


def changed(old, new):
    """The good policy with one part replaced."""
    assert old in POLICY
    return POLICY.replace(old, new)


def entry(name, policy=POLICY):
    """An entry of a file of foreign policies."""
    return 'methods { name: "%s" %s }' % (name, "policy {%s}" % policy if policy else "")


FORM = changed('{principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN}', "{public: true}").replace(
    "READ_ONLY", "NONE").replace("AUDIT_LEVEL_NONE", "AUDIT_LEVEL_CHANGE") + "rest: {form: true}"


class PolicyTests(unittest.TestCase):
    def assert_refused(self, message, text, policies=None):
        generated = Generated(text, policies)
        self.assertIn(message, generated.error)
        self.assertEqual(generated.files, {})

    def assert_method_refused(self, message, policy=POLICY, **parts):
        self.assert_refused(message, service(method(policy, **parts)))

    def test_takes_a_method_with_a_whole_policy(self):
        self.assertEqual(Generated(service(method())).error, "")

    def test_refuses_a_method_without_a_policy_and_names_it_and_its_line(self):
        self.assert_method_refused(
            "test/v1/things.proto:8: test.v1.Things/Get: the method has no policy", None)

    def test_names_every_problem_at_once(self):
        error = Generated(service(method(None, "Get"), method(None, "List"))).error
        self.assertIn("Things/Get", error)
        self.assertIn("Things/List", error)

    def test_refuses_a_policy_that_does_not_say_who_may_call(self):
        for access in ("", "access: {}", "access: {public: false}"):
            policy = changed(
                'access: {principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN}', access)
            self.assert_method_refused("does not say who may call", policy)

    def test_refuses_anything_beside_public(self):
        for other in ('scopes: "a"', 'roles: "a"', "principals: PRINCIPAL_KIND_USER",
                      "tenant_kinds: TENANT_KIND_BANK", "step_up_seconds: 60",
                      "rows: ROWS_OWN"):
            policy = changed(
                '{principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN}',
                "{public: true %s}" % other)
            self.assert_method_refused("a public method takes no credential", policy)

    def test_refuses_unspecified_kinds(self):
        self.assert_method_refused(
            "access.principals names an unspecified",
            changed("PRINCIPAL_KIND_USER", "PRINCIPAL_KIND_UNSPECIFIED"))
        self.assert_method_refused(
            "access.tenant_kinds names an unspecified",
            changed("scopes", "tenant_kinds: TENANT_KIND_UNSPECIFIED scopes"))

    def test_refuses_empty_scopes_and_roles(self):
        self.assert_method_refused("empty scope or role", changed('"test:read"', '""'))
        self.assert_method_refused("empty scope or role", changed("scopes", 'roles: "" scopes'))

    def test_refuses_a_second_factor_that_is_negative_or_asked_of_no_person(self):
        self.assert_method_refused(
            "step_up_seconds is negative", changed("scopes", "step_up_seconds: -1 scopes"))
        self.assert_method_refused(
            "no person may call",
            changed("PRINCIPAL_KIND_USER", "PRINCIPAL_KIND_PARTNER step_up_seconds: 60"))

    def test_refuses_a_method_that_does_not_say_which_rows_people_reach(self):
        forgotten = "access.rows does not say which rows a person reaches"
        self.assert_method_refused(forgotten, changed(" rows: ROWS_OWN", ""))
        self.assert_method_refused(forgotten, changed("ROWS_OWN", "ROWS_UNSPECIFIED"))
        # Without a kind everybody may call, people among them.
        self.assert_method_refused(
            forgotten, changed('principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN',
                               'scopes: "test:read"'))
        self.assert_method_refused(
            "but no person may call", changed("PRINCIPAL_KIND_USER", "PRINCIPAL_KIND_SERVICE"))

    def test_refuses_what_is_unspecified(self):
        for part, line in (("idempotency", "idempotency: IDEMPOTENCY_READ_ONLY"),
                           ("audit", "audit: AUDIT_LEVEL_NONE"),
                           ("cost", "cost: COST_CLASS_LOW")):
            self.assert_method_refused(f"the policy's {part} is unspecified", changed(line, ""))

    def test_refuses_keyed_calls_without_a_key(self):
        keyed = changed("IDEMPOTENCY_READ_ONLY", "IDEMPOTENCY_KEYED").replace(
            "AUDIT_LEVEL_NONE", "AUDIT_LEVEL_CHANGE")
        message = "IDEMPOTENCY_KEYED needs a string field request_id in test.v1."
        self.assert_method_refused(message + "Input", keyed)
        self.assert_method_refused(
            message + "CountedInput", keyed, types="(CountedInput) returns (Output)")
        text = service(method(keyed, types="(KeyedInput) returns (Output)"))
        self.assertEqual(Generated(text).error, "")

    def test_refuses_reads_that_change_something(self):
        self.assert_method_refused(
            "AUDIT_LEVEL_CHANGE contradicts", changed("AUDIT_LEVEL_NONE", "AUDIT_LEVEL_CHANGE"))
        self.assert_method_refused(
            "emits contradicts", POLICY + 'emits: "test.thing.created"')

    def test_refuses_changes_that_the_audit_does_not_hold(self):
        for idempotency in ("IDEMPOTENCY_IDEMPOTENT", "IDEMPOTENCY_NONE"):
            for audit in ("AUDIT_LEVEL_NONE", "AUDIT_LEVEL_METADATA"):
                policy = changed("IDEMPOTENCY_READ_ONLY", idempotency).replace(
                    "AUDIT_LEVEL_NONE", audit)
                self.assert_method_refused("may have less than AUDIT_LEVEL_CHANGE", policy)

    def test_takes_less_of_the_audit_where_the_contract_says_why(self):
        less = changed("IDEMPOTENCY_READ_ONLY", "IDEMPOTENCY_NONE")
        exempt = 'audit_exemption: "telemetry, of which the audit would be flooded"'
        self.assertEqual(Generated(service(method(less + exempt))).error, "")
        self.assert_method_refused(
            "does not say why, in a sentence", less + 'audit_exemption: "telemetry"')
        self.assert_method_refused(
            "audit_exemption contradicts emits", less + exempt + ' emits: "test.thing.created"')
        for policy in (POLICY, less.replace("AUDIT_LEVEL_NONE", "AUDIT_LEVEL_CHANGE")):
            self.assert_method_refused("audit_exemption exempts from nothing", policy + exempt)

    def test_refuses_forms_that_are_not_posted_whole(self):
        for http in ("",
                     'option (google.api.http) = {get: "/a"};',
                     'option (google.api.http) = {post: "/a"};',
                     'option (google.api.http) = {put: "/a" body: "*"};',
                     'option (google.api.http) = {post: "/a" body: "*"'
                     ' additional_bindings {get: "/b"}};'):
            self.assert_method_refused("rest.form needs google.api.http with POST", FORM, http=http)

    def test_takes_posted_forms_however_the_option_is_written(self):
        for http in ('option (google.api.http) = {post: "/a" body: "*"};',
                     'option (google.api.http).post = "/a";'
                     ' option (google.api.http).body = "*";'):
            self.assertEqual(Generated(service(method(FORM, http=http))).error, "")

    def test_takes_streams_of_requests(self):
        for types in self.REQUEST_STREAMS:
            self.assertEqual(Generated(service(method(types=types))).error, "")

    def test_refuses_a_path_of_a_method_that_the_rest_door_cannot_serve(self):
        for types in self.REQUEST_STREAMS:
            self.assert_method_refused(
                "test.v1.Things/Get: google.api.http: the REST door takes one request message",
                types=types, http='option (google.api.http) = {post: "/a" body: "*"};')

    def test_takes_a_path_of_an_upload(self):
        http = 'option (google.api.http) = {put: "/{name=a/*}" body: "file"};'
        upload = method(types="(stream PutInput) returns (Output)", http=http)
        self.assertEqual(Generated(service(upload)).error, "")
        whole = method(types="(stream google.api.HttpBody) returns (Output)",
                       http='option (google.api.http) = {post: "/a" body: "*"};')
        self.assertEqual(Generated(service(whole)).error, "")
        for types, http in (
                ("(stream PutInput) returns (stream Output)", http),
                ("(stream PutInput) returns (Output)",
                 'option (google.api.http) = {get: "/{name=a/*}"};'),
                ("(stream PutInput) returns (Output)", http.replace(
                    "body", 'additional_bindings {post: "/b" body: "*"} body', 1))):
            self.assert_method_refused("the REST door takes one request message", types=types,
                                       http=http)

    REQUEST_STREAMS = ("(stream Input) returns (Output)", "(stream Input) returns (stream Output)")

    def test_takes_methods_without_policies_only_where_none_are_wanted_and_no_folder_is_given(self):
        text = service(method(None))
        self.assertEqual(Generated(text, policies=None, parameters=["policies=none"],
                                   folder=False).error, "")
        self.assertIn(
            "a folder of policies and policies=none contradict each other",
            Generated(text, parameters=["policies=none"]).error)
        self.assertIn("the method has no policy", Generated(text, folder=False).error)


class DeprecationTests(unittest.TestCase):
    """A method on its way out says since when, and until when."""

    WHOLE = 'deprecation: {date: "2026-11-01" sunset: "2027-02-28" link: "https://a.example/b"}'

    def error(self, policy, option="option deprecated = true;"):
        """What the plug-in says of a method."""
        return Generated(service(method(policy, http=option))).error

    def test_takes_what_means_something(self):
        self.assertEqual(self.error(POLICY + self.WHOLE), "")
        self.assertEqual(self.error(POLICY + 'deprecation: {date: "2028-02-29"}'), "")

    def test_refuses_one_half_of_it(self):
        self.assertIn("needs deprecation.date", self.error(POLICY))
        self.assertIn("needs `option deprecated = true`", self.error(POLICY + self.WHOLE, ""))

    def test_refuses_days_that_are_none(self):
        for day in ("", "2026-13-01", "2026-02-29", "2026-1-1", "tomorrow", "1969-12-31"):
            self.assertIn("is no day such as", self.error(
                POLICY + 'deprecation: {date: "%s"}' % day), day)
        self.assertIn("deprecation.sunset", self.error(
            POLICY + 'deprecation: {date: "2026-01-01" sunset: "2026-02-30"}'))
        self.assertIn("is before its date", self.error(
            POLICY + 'deprecation: {date: "2026-01-02" sunset: "2026-01-01"}'))

    def test_refuses_links_that_cannot_stand_in_a_header(self):
        for link in ("http://a.example", "a", "https://a.example/ b", "https://a.example/>"):
            self.assertIn("is no https URI", self.error(
                POLICY + 'deprecation: {date: "2026-01-01" link: "%s"}' % link), link)


class RestTests(unittest.TestCase):
    """What a contract says of HTTP has to mean something."""

    CHANGE = POLICY.replace("READ_ONLY", "IDEMPOTENT").replace(
        "AUDIT_LEVEL_NONE", "AUDIT_LEVEL_CHANGE")
    PUBLIC = changed('{principals: PRINCIPAL_KIND_USER scopes: "test:read" rows: ROWS_OWN}', "{public: true}")
    GET = 'option (google.api.http) = {get: "/a"};'
    POST = 'option (google.api.http) = {post: "/a" body: "*"};'
    THING = "(Input) returns (Thing)"
    CHANGED = "(ChangeInput) returns (Thing)"

    def error(self, rest, policy=POLICY, http=GET, types=THING):
        """What the plug-in says of a method with a profile."""
        return Generated(service(method(policy + "rest: {%s}" % rest, http=http, types=types))).error

    def assert_taken(self, rest, **parts):
        self.assertEqual(self.error(rest, **parts), "")

    def assert_refused(self, message, rest, **parts):
        self.assertIn(message, self.error(rest, **parts))

    def test_takes_what_means_something(self):
        self.assert_taken('cache_control: "private, max-age=60" entity_tag: ENTITY_TAG_HASH')
        self.assert_taken('cache_control: "public, max-age=60"', policy=self.PUBLIC)
        self.assert_taken('success_status: 201 location: "/v1/{name}/x"', policy=self.CHANGE,
                          http=self.POST)
        self.assert_taken("success_status: 204", policy=self.CHANGE)
        self.assert_taken("require_if_match: true", policy=self.CHANGE, types=self.CHANGED)
        self.assert_taken("raw_body: true accepts_forms: true max_body_bytes: 10 max_part_bytes: 9",
                          policy=self.CHANGE, http=self.POST)
        self.assert_taken('error_statuses: {reason: "A" http_status: 402}'
                          ' error_statuses: {reason: "B" http_status: 599}')
        self.assert_taken("lenient: true no_compression: true decodes_reserved: true")

    def test_refuses_a_profile_without_a_path(self):
        self.assert_refused("rest needs google.api.http", "lenient: true", http="")

    def test_refuses_statuses_that_are_none_of_a_success(self):
        for status in (-1, 100, 200, 203, 205, 303, 404):
            self.assert_refused(f"success_status {status} is not 201", f"success_status: {status}")

    def test_refuses_locations_that_lead_nowhere(self):
        for location, message in (
                ("v1/{name}", "is not a path"), ("//{name}", "is not a path"),
                ("/v1/{name", "a brace without an end"),
                ("/v1/{nope}", 'names "nope", which is no string field of test.v1.Thing'),
                ("/v1/{tags}", 'names "tags"'), ("/v1/{number}", 'names "number"'),
                ("/v1/{}", 'names ""'), ("/v1/a b", "a character that a path cannot have"),
                ("/v1/a?b", "a character that a path cannot have")):
            self.assert_refused(message, 'success_status: 201 location: "%s"' % location)
        self.assert_refused("location needs success_status 201 or 202", 'location: "/v1/{name}"')
        self.assert_refused("location needs success_status 201 or 202",
                            'success_status: 204 location: "/v1/{name}"')

    def test_refuses_what_is_of_one_answer_for_a_stream(self):
        for rest in ("success_status: 201", 'location: "/a"', "entity_tag: ENTITY_TAG_HASH"):
            self.assert_refused("are of one answer, not of a stream", rest,
                                types="(Input) returns (stream Thing)")

    def test_refuses_caching_of_what_changes_or_is_not_everyones(self):
        self.assert_refused("cache_control needs IDEMPOTENCY_READ_ONLY",
                            'cache_control: "max-age=1"', policy=self.CHANGE)
        for value in ("public", "max-age=1, Public", "s-maxage=5"):
            self.assert_refused("not everyone may have", f'cache_control: "{value}"')
        self.assert_refused("a header cannot have", 'cache_control: "a\\r\\nb: c"')
        self.assert_refused("ENTITY_TAG_HASH needs IDEMPOTENCY_READ_ONLY",
                            "entity_tag: ENTITY_TAG_HASH", policy=self.CHANGE)

    def test_refuses_a_condition_that_nothing_can_hold(self):
        self.assert_refused("require_if_match contradicts IDEMPOTENCY_READ_ONLY",
                            "require_if_match: true", types=self.CHANGED)
        self.assert_refused("require_if_match needs a string field etag in test.v1.Input",
                            "require_if_match: true", policy=self.CHANGE)

    def test_refuses_forms_beside_forms_alone(self):
        self.assert_refused("takes nothing but forms", "form: true accepts_forms: true",
                            policy=self.CHANGE, http=self.POST)

    def test_refuses_options_of_a_body_where_there_is_none(self):
        for option in ("accepts_forms: true", "raw_body: true", "max_body_bytes: 5"):
            self.assert_refused("needs a path with a body", option)

    def test_refuses_limits_that_are_none(self):
        body = {"policy": self.CHANGE, "http": self.POST}
        self.assert_refused("max_body_bytes is negative", "max_body_bytes: -1", **body)
        self.assert_refused("max_part_bytes is negative", "max_part_bytes: -1", **body)
        self.assert_refused("needs accepts_forms", "max_part_bytes: 1", **body)
        self.assert_refused("more than max_body_bytes",
                            "accepts_forms: true max_part_bytes: 2 max_body_bytes: 1", **body)

    def test_refuses_a_raw_body_of_a_stream(self):
        self.assert_refused("raw_body keeps the body whole", "raw_body: true", policy=self.CHANGE,
                            types="(stream PutInput) returns (Thing)",
                            http='option (google.api.http) = {put: "/{name=a/*}" body: "file"};')

    def test_refuses_statuses_that_are_none_of_an_error(self):
        for status in (0, 200, 399, 600):
            self.assert_refused(f'{status} of "A" is not from 400',
                                'error_statuses: {reason: "A" http_status: %d}' % status)
        self.assert_refused("one without a reason", "error_statuses: {http_status: 400}")
        self.assert_refused('the reason "A" twice', 'error_statuses: {reason: "A" http_status: 400}'
                            ' error_statuses: {reason: "A" http_status: 409}')


class ForeignPolicyTests(unittest.TestCase):
    FOREIGN = service(method(None))

    def error(self, *policies, text=FOREIGN):
        files = {f"{index}.textproto": policy for index, policy in enumerate(policies)}
        return Generated(text, files).error

    def test_takes_a_foreign_policy(self):
        self.assertEqual(self.error(entry("test.v1.Things/Get")), "")

    def test_checks_a_foreign_policy_as_it_does_a_methods_own(self):
        error = self.error(entry("test.v1.Things/Get", "access { public: true }"))
        self.assertIn("the policy's cost is unspecified", error)

    def test_refuses_a_foreign_policy_of_no_method(self):
        error = self.error(entry("test.v1.Things/Get"), entry("test.v1.Things/Got"))
        self.assertIn("1.textproto: test.v1.Things/Got: there is no such method", error)

    def test_refuses_a_foreign_policy_beside_the_methods_own(self):
        error = self.error(entry("test.v1.Things/Get"), text=service(method()))
        self.assertIn("the method has a policy of its own and one in", error)

    def test_refuses_two_foreign_policies_of_one_method(self):
        name = "test.v1.Things/Get"
        self.assertIn("has a policy for it already", self.error(entry(name), entry(name)))

    def test_refuses_an_entry_without_a_policy(self):
        self.assertIn(
            "the entry has no policy", self.error(entry("test.v1.Things/Get", policy=None)))

    def test_refuses_a_file_that_is_no_text_of_policies(self):
        self.assertIn("0.textproto: not a artel.options.v1.ForeignPolicies", self.error("metods {}"))


if __name__ == "__main__":
    unittest.main()
