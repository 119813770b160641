"""Rules of messages and enums."""

from case import HEAD, PROTO2, ContractCase, command, facts_of


class Messages(ContractCase):
    """Messages as such."""

    def test_additions_break_nothing(self) -> None:
        """Whatever is new was not known to anybody."""
        self.assert_found(
            "message A { string a = 1; } enum E { E_0 = 0; }",
            """message A { string a = 1; reserved 5; oneof x { string b = 2; } B c = 3; }
            message B {} enum E { E_0 = 0; E_1 = 1; } enum F { F_0 = 0; }
            service S { rpc M(A) returns (B); }""")

    def test_message_gone(self) -> None:
        """A message stays; of its fields nothing more is said."""
        self.assert_found("message A { string a = 1; }", "", "MESSAGE_NO_DELETE")

    def test_nested_message_gone(self) -> None:
        """A nested one too."""
        self.assert_found(
            "message A { message B {} }", "message A {}", "MESSAGE_NO_DELETE")

    def test_reserved(self) -> None:
        """What is reserved stays reserved, by whichever ranges."""
        old = 'message A { reserved 4 to 9, 20; reserved "x"; }'
        self.assert_found(old, 'message A { reserved 20, 7 to 9, 2 to 6; reserved "y", "x"; }')
        for less in (
                'message A { reserved 4 to 8, 20; reserved "x"; }',
                'message A { reserved 4 to 9; reserved "x"; }',
                "message A { reserved 4 to 9, 20; }"):
            self.assert_found(old, less, "MESSAGE_RESERVED_NO_DELETE")

    def test_reserved_to_max(self) -> None:
        """The end of the numbers is a number like others."""
        self.assert_found(
            "message A { reserved 100 to max; }", "message A { reserved 100 to 200; }",
            "MESSAGE_RESERVED_NO_DELETE")

    def test_message_set(self) -> None:
        """The old wire format of sets of messages."""
        self.assert_found(
            "message A { extensions 4 to max; }",
            "message A { option message_set_wire_format = true; extensions 4 to max; }",
            "MESSAGE_SAME_WIRE_FORMAT", head=PROTO2)

    def test_required(self) -> None:
        """Required fields neither come nor go."""
        rule = "MESSAGE_SAME_REQUIRED_FIELDS"
        self.assert_found("message A {}", "message A { required int32 a = 1; }", rule, head=PROTO2)
        self.assert_found(
            "message A { required int32 a = 1; }", 'message A { reserved 1; reserved "a"; }', rule,
            head=PROTO2)
        self.assert_found(
            "message A { required int32 a = 1; }", "message A { optional int32 a = 1; }",
            "FIELD_COMPATIBLE_CARDINALITY", head=PROTO2)


class Fields(ContractCase):
    """Fields of messages."""

    def change(self, old: str, new: str, *rules: str) -> None:
        """One field, among types that it may name."""
        more = "message A { %s } message B {} message C {} enum E { E_0 = 0; } enum F { F_0 = 0; }"
        self.assert_found(more % old, more % new, *rules)

    def test_gone(self) -> None:
        """The number and the name of a field that goes are reserved."""
        number, name = (
            f"FIELD_NO_DELETE_UNLESS_{what}_RESERVED" for what in ("NUMBER", "NAME"))
        self.change("string a = 1;", "", number, name)
        self.change("string a = 1;", "reserved 1;", name)
        self.change("string a = 1;", 'reserved "a";', number)
        self.change("string a = 1;", 'reserved 1; reserved "a";')

    def test_name(self) -> None:
        """A name is what JSON says, and what text formats and masks say."""
        self.change("string a = 1;", "string b = 1;", "FIELD_SAME_NAME", "FIELD_SAME_JSON_NAME")
        self.change("string a = 1;", 'string b = 1 [json_name = "a"];', "FIELD_SAME_NAME")
        self.change("string a = 1;", 'string a = 1 [json_name = "b"];', "FIELD_SAME_JSON_NAME")

    def test_number(self) -> None:
        """Another number is another field."""
        self.change(
            "string a = 1;", "string a = 2;", "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
            "FIELD_NO_DELETE_UNLESS_NAME_RESERVED")

    def test_types_that_read_each_other(self) -> None:
        """Both on the wire and in JSON."""
        for old, new in (
                ("int32", "uint32"), ("uint64", "int64"), ("fixed32", "sfixed32"),
                ("sfixed64", "fixed64")):
            self.change(f"{old} a = 1;", f"{new} a = 1;")

    def test_types_that_do_not(self) -> None:
        """On the wire, in JSON, or in both."""
        for old, new in (
                ("int32", "int64"), ("int32", "sint32"), ("int32", "bool"), ("int32", "fixed32"),
                ("string", "bytes"), ("float", "double"), ("int32", "E"), ("B", "C"),
                ("B", "bytes"),
                ("E", "F"), ("map<string, B>", "map<string, C>"),
                ("map<int32, string>", "map<int64, string>")):
            self.change(f"{old} a = 1;", f"{new} a = 1;", "FIELD_COMPATIBLE_TYPE")

    def test_enum_with_all_values(self) -> None:
        """Another enum that has every value and name of the one before reads it all."""
        types = """enum E { E_UNSET = 0; E_ONE = 1; }
            message Two { enum E { E_UNSET = 0; E_ONE = 1; E_TWO = 2; } %s }
            message Less { enum E { E_UNSET = 0; } } """
        before = types % "test.v1.E a = 1;"
        self.assert_found(before, types % "Two.E a = 1;")
        self.assert_found(before, types % "Less.E a = 1;", "FIELD_COMPATIBLE_TYPE")

    def test_cardinality(self) -> None:
        """Single, repeated and maps are three; presence is not seen."""
        rule = "FIELD_COMPATIBLE_CARDINALITY"
        self.change("string a = 1;", "repeated string a = 1;", rule)
        self.change("repeated B a = 1;", "B a = 1;", rule)
        self.change("repeated B a = 1;", "map<string, B> a = 1;", rule)
        self.change("string a = 1;", "optional string a = 1;")

    def test_oneof(self) -> None:
        """Members of a oneof put each other out."""
        self.change("string a = 1;", "oneof x { string a = 1; }", "FIELD_SAME_ONEOF")
        self.change("oneof x { string a = 1; }", "string a = 1;", "FIELD_SAME_ONEOF")
        self.change(
            "oneof x { string a = 1; } oneof y { string b = 2; }",
            "oneof x { string a = 1; string b = 2; }", "FIELD_SAME_ONEOF")

    def test_default(self) -> None:
        """A default value that is another, comes or goes."""
        old = "message A { optional int32 a = 1 [default = 5]; }"
        for new in (old.replace("5", "6"), "message A { optional int32 a = 1; }"):
            self.assert_found(old, new, "FIELD_SAME_DEFAULT", head=PROTO2)

    def test_rules(self) -> None:
        """Stricter rules of values are noted."""
        def rules(text: str) -> str:
            return f"string a = 1 [(artel.options.v1.rules) = {{{text}}}];"

        note = "FIELD_RULES_TIGHTENED*"
        self.change(rules("max_length: 10"), rules("max_length: 20"))
        self.change(rules("max_length: 10"), rules("max_length: 9"), note)
        self.change(rules(""), rules("max_length: 9"), note)
        self.change(rules("min_length: 1"), rules("min_length: 2"), note)
        self.change(rules("minimum: 5"), rules("minimum: 4"))
        self.change(rules("minimum: 5"), rules("minimum: 6"), note)
        self.change(rules("maximum: 5"), rules("maximum: 4"), note)
        self.change(rules("max_items: 5"), rules("max_items: 4"), note)
        self.change(rules("required: true"), rules(""))
        self.change(rules(""), rules("required: true"), note)
        self.change("", rules("required: true"), note)
        self.change(rules(""), rules("format: STRING_FORMAT_UUID"), note)

    def test_extensions(self) -> None:
        """Extensions are fields of what they extend."""
        def extension(text: str) -> str:
            return f"message A {{ extensions 4 to 9; }} extend A {{ {text} }}"

        old = extension("optional string a = 4; optional string z = 9;")
        self.assert_found(
            old, extension("optional string z = 9;"), "EXTENSION_NO_DELETE", head=PROTO2)
        self.assert_found(
            old, extension("optional int32 a = 4; optional string z = 9;"), "FIELD_COMPATIBLE_TYPE",
            head=PROTO2)


class Enums(ContractCase):
    """Enums and their values."""

    def change(self, old: str, new: str, *rules: str) -> None:
        """Values of one enum."""
        self.assert_found(
            "enum E { E_0 = 0; %s }" % old, "enum E { E_0 = 0; %s }" % new, *rules)

    def test_gone(self) -> None:
        """An enum stays."""
        self.assert_found("enum E { E_0 = 0; }", "", "ENUM_NO_DELETE")

    def test_value_gone(self) -> None:
        """The number and the name of a value that goes are reserved."""
        number, name = (
            f"ENUM_VALUE_NO_DELETE_UNLESS_{what}_RESERVED" for what in ("NUMBER", "NAME"))
        self.change("E_1 = 1;", "", number, name)
        self.change("E_1 = 1;", "reserved 1;", name)
        self.change("E_1 = 1;", 'reserved "E_1";', number)
        self.change("E_1 = -1;", 'reserved -5 to -1; reserved "E_1";')

    def test_value_name(self) -> None:
        """A value keeps its names, and may have more."""
        self.change("E_1 = 1;", "E_ONE = 1;", "ENUM_VALUE_SAME_NAME")
        self.change("E_1 = 1;", "option allow_alias = true; E_1 = 1; E_ONE = 1;")
        self.change(
            "option allow_alias = true; E_1 = 1; E_ONE = 1;", "E_1 = 1;", "ENUM_VALUE_SAME_NAME")

    def test_reserved(self) -> None:
        """What is reserved stays reserved."""
        self.change("reserved 5;", "", "ENUM_RESERVED_NO_DELETE")
        self.change('reserved "E_5";', "", "ENUM_RESERVED_NO_DELETE")

    def test_open_and_closed(self) -> None:
        """An enum of proto2 is closed, one of proto3 is open."""
        closed, open_ = (facts_of("enum E { E_0 = 0; }", head) for head in (PROTO2, HEAD))
        found = command.findings(closed, open_)
        self.assertEqual([one.rule for one in found], ["ENUM_SAME_TYPE"])
