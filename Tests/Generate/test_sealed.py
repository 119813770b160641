"""protoc-gen-artel writes a type for each sealed field, and refuses fields that cannot be sealed."""

import unittest

from contract import Generated, method, service

_GOOD = 'table: "thing" column: "sealed_word" key: "thing_id"'


def held(option=_GOOD, field="string word = 1", data_class="DATA_CLASS_PERSONAL"):
    """A contract with a message that has a sealed field."""
    return """
        import "artel/options/v1/field.proto";
        message Held {
          %s [(artel.options.v1.sealed) = {%s}, (artel.options.v1.data_class) = %s];
        }
        %s""" % (field, option, data_class, service(method()))


class SealedTests(unittest.TestCase):
    def source(self, text):
        generated = Generated(text)
        self.assertEqual(generated.error, "")
        return next(
            text for name, text in generated.files.items() if name.endswith(".sealed.swift"))

    def assert_refused(self, message, text):
        generated = Generated(text)
        self.assertIn(message, generated.error)
        self.assertEqual(generated.files, {})

    def test_writes_a_column_that_nobody_searches(self):
        source = self.source(held())
        self.assertIn("word = SealedColumn<String, NoSearch>(", source)
        self.assertIn('table: "thing", name: "sealed_word", key: "thing_id", subject: nil)', source)

    def test_writes_a_column_with_a_blind_index_and_a_subject(self):
        source = self.source(
            held(_GOOD + ' subject: "person_id" blind_index: "word_index" normalization: LOWERCASE'))
        self.assertIn("word = SealedColumn<String, BlindIndex>(", source)
        self.assertIn('subject: "person_id"', source)
        self.assertIn('index: "word_index", normalization: .lowercase)', source)

    def test_writes_nothing_where_nothing_is_sealed(self):
        files = Generated(service(method())).files
        self.assertFalse([name for name in files if name.endswith(".sealed.swift")])

    def test_refuses_what_is_no_single_string(self):
        for field in ("repeated string word = 1", "bytes word = 1", "int32 word = 1"):
            self.assert_refused("only a single string can be sealed", held(field=field))

    def test_refuses_a_field_that_is_neither_personal_nor_secret(self):
        self.assert_refused(
            "a sealed field is personal or secret", held(data_class="DATA_CLASS_INTERNAL"))

    def test_refuses_names_that_are_none_of_the_database(self):
        for part in ("table", "column", "key"):
            self.assert_refused(
                f"sealed.{part} is not a name", held(_GOOD.replace(f'{part}: "', f'{part}: "x; ')))
        self.assert_refused("sealed.blind_index is not a name", held(_GOOD + ' blind_index: "A"'))

    def test_refuses_an_equality_that_nothing_compares_by(self):
        self.assert_refused(
            "sealed.normalization says how a blind index compares",
            held(_GOOD + " normalization: LOWERCASE"))


if __name__ == "__main__":
    unittest.main()
