import Testing

extension ConformanceCases {
  /// A text that is taken.
  struct Accepted: CustomTestStringConvertible, Sendable {
    let name: String
    let json: String
    /// What it is printed as.
    let printed: String
    /// What it is printed as where every field has presence; nil if the same.
    let proto2: String?

    init(_ name: String, _ json: String, _ printed: String? = nil, proto2: String? = nil) {
      self.name = name
      self.json = json
      self.printed = printed ?? json
      self.proto2 = proto2
    }

    var testDescription: String { name }
  }

  static let accepted = singles + composites

  /// Texts, numbers, enums and oneofs.
  private static let singles: [Accepted] = [
    Accepted(#"HelloWorld"#, #"{"optionalString":"Hello, World!"}"#),
    Accepted(
      #"FieldNameInSnakeCase"#,
      #"{"fieldname1":1,"fieldName2":2,"FieldName3":3,"fieldName4":4}"#),
    Accepted(#"FieldNameWithNumbers"#, #"{"field0name5":5,"field0Name6":6}"#),
    Accepted(
      #"FieldNameWithMixedCases"#,
      #"{"fieldName7":7,"FieldName8":8,"fieldName9":9,"FieldName10":10,"FIELDNAME11":11,"#
        + #""FIELDName12":12}"#),
    Accepted(
      #"FieldNameWithDoubleUnderscores"#,
      #"{"FieldName13":13,"FieldName14":14,"fieldName15":15,"fieldName16":16,"#
        + #""fieldName17":17,"FieldName18":18}"#),
    Accepted(
      #"OriginalProtoFieldName"#,
      #"{"fieldname1":1,"field_name2":2,"_field_name3":3,"field__name4_":4,"#
        + #""field0name5":5,"field_0_name6":6,"fieldName7":7,"FieldName8":8,"#
        + #""field_Name9":9,"Field_Name10":10,"FIELD_NAME11":11,"FIELD_name12":12,"#
        + #""__field_name13":13,"__Field_name14":14,"field__name15":15,"#
        + #""field__Name16":16,"field_name17__":17,"Field_name18__":18}"#,
      #"{"fieldname1":1,"fieldName2":2,"FieldName3":3,"fieldName4":4,"field0name5":5,"#
        + #""field0Name6":6,"fieldName7":7,"FieldName8":8,"fieldName9":9,"#
        + #""FieldName10":10,"FIELDNAME11":11,"FIELDName12":12,"FieldName13":13,"#
        + #""FieldName14":14,"fieldName15":15,"fieldName16":16,"fieldName17":17,"#
        + #""FieldName18":18}"#),
    Accepted(#"FieldNameEscaped"#, #"{"fieldn\u0061me1":1}"#, #"{"fieldname1":1}"#),
    Accepted(
      #"JsonWithNewlines, MultilineWithSpaces"#,
      "\n{\n  \"optionalInt32\" : 1 ,\r\n\t\"optionalInt64\" : 2\n} \n",
      #"{"optionalInt32":1,"optionalInt64":"2"}"#),
    Accepted(#"OneLineNoSpaces"#, #"{"optionalInt32":1,"optionalInt64":"2"}"#),
    Accepted(#"Int32FieldMaxValue"#, #"{"optionalInt32":2147483647}"#),
    Accepted(#"Int32FieldMinValue"#, #"{"optionalInt32":-2147483648}"#),
    Accepted(#"Sint32FieldMaxValue"#, #"{"optionalSint32":2147483647}"#),
    Accepted(#"Sint32FieldMinValue"#, #"{"optionalSint32":-2147483648}"#),
    Accepted(#"Sfixed32FieldMaxValue"#, #"{"optionalSfixed32":2147483647}"#),
    Accepted(#"Sfixed32FieldMinValue"#, #"{"optionalSfixed32":-2147483648}"#),
    Accepted(#"Uint32FieldMaxValue"#, #"{"optionalUint32":4294967295}"#),
    Accepted(#"Fixed32FieldMaxValue"#, #"{"optionalFixed32":4294967295}"#),
    Accepted(#"Int64FieldMaxValue"#, #"{"optionalInt64":"9223372036854775807"}"#),
    Accepted(#"Int64FieldMinValue"#, #"{"optionalInt64":"-9223372036854775808"}"#),
    Accepted(
      #"Int64FieldMaxValueNotQuoted"#,
      #"{"optionalInt64":9223372036854775807}"#,
      #"{"optionalInt64":"9223372036854775807"}"#),
    Accepted(
      #"Int64FieldMinValueNotQuoted"#,
      #"{"optionalInt64":-9223372036854775808}"#,
      #"{"optionalInt64":"-9223372036854775808"}"#),
    Accepted(#"Sint64FieldMaxValue"#, #"{"optionalSint64":"9223372036854775807"}"#),
    Accepted(#"Sint64FieldMinValue"#, #"{"optionalSint64":"-9223372036854775808"}"#),
    Accepted(
      #"Sint64FieldMaxValueNotQuoted"#,
      #"{"optionalSint64":9223372036854775807}"#,
      #"{"optionalSint64":"9223372036854775807"}"#),
    Accepted(
      #"Sint64FieldMinValueNotQuoted"#,
      #"{"optionalSint64":-9223372036854775808}"#,
      #"{"optionalSint64":"-9223372036854775808"}"#),
    Accepted(#"Sfixed64FieldMaxValue"#, #"{"optionalSfixed64":"9223372036854775807"}"#),
    Accepted(#"Sfixed64FieldMinValue"#, #"{"optionalSfixed64":"-9223372036854775808"}"#),
    Accepted(
      #"Sfixed64FieldMaxValueNotQuoted"#,
      #"{"optionalSfixed64":9223372036854775807}"#,
      #"{"optionalSfixed64":"9223372036854775807"}"#),
    Accepted(
      #"Sfixed64FieldMinValueNotQuoted"#,
      #"{"optionalSfixed64":-9223372036854775808}"#,
      #"{"optionalSfixed64":"-9223372036854775808"}"#),
    Accepted(#"Uint64FieldMaxValue"#, #"{"optionalUint64":"18446744073709551615"}"#),
    Accepted(
      #"Uint64FieldMaxValueNotQuoted"#,
      #"{"optionalUint64":18446744073709551615}"#,
      #"{"optionalUint64":"18446744073709551615"}"#),
    Accepted(#"Fixed64FieldMaxValue"#, #"{"optionalFixed64":"18446744073709551615"}"#),
    Accepted(
      #"Fixed64FieldMaxValueNotQuoted"#,
      #"{"optionalFixed64":18446744073709551615}"#,
      #"{"optionalFixed64":"18446744073709551615"}"#),
    Accepted(
      #"Int32FieldMaxFloatValue"#,
      #"{"optionalInt32":2147483647.0}"#,
      #"{"optionalInt32":2147483647}"#),
    Accepted(
      #"Int32FieldMinFloatValue"#,
      #"{"optionalInt32":-2147483648.0}"#,
      #"{"optionalInt32":-2147483648}"#),
    Accepted(
      #"Uint32FieldMaxFloatValue"#,
      #"{"optionalUint32":4294967295.0}"#,
      #"{"optionalUint32":4294967295}"#),
    Accepted(
      #"Int32FieldExponentialFormat"#,
      #"{"optionalInt32":1e5}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int32FieldFloatTrailingZero"#,
      #"{"optionalInt32":100000.000}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int32FieldStringValue"#,
      #"{"optionalInt32":"100000"}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int32FieldStringValueEscaped"#,
      #"{"optionalInt32":"1\u00300000"}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int32FieldQuotedExponentialValue"#,
      #"{"optionalInt32":"1e5"}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int32FieldStringValueZero"#,
      #"{"optionalInt32":"100000.0"}"#,
      #"{"optionalInt32":100000}"#),
    Accepted(
      #"Int64FieldQuotedExponentialValue"#,
      #"{"optionalInt64":"1e5"}"#,
      #"{"optionalInt64":"100000"}"#),
    Accepted(
      #"Uint64FieldQuotedExponentialValue"#,
      #"{"optionalUint64":"1e5"}"#,
      #"{"optionalUint64":"100000"}"#),
    Accepted(#"BoolFieldTrue"#, #"{"optionalBool":true}"#),
    Accepted(
      #"BoolFieldFalse"#,
      #"{"optionalBool":false}"#,
      #"{}"#,
      proto2: #"{"optionalBool":false}"#),
    Accepted(#"FloatFieldMinPositiveValue"#, #"{"optionalFloat":1.175494e-38}"#),
    Accepted(#"FloatFieldMinNegativeValue"#, #"{"optionalFloat":-1.175494e-38}"#),
    Accepted(#"FloatFieldMaxPositiveValue"#, #"{"optionalFloat":3.402823e+38}"#),
    Accepted(#"FloatFieldMinNegativeValue"#, #"{"optionalFloat":-3.402823e+38}"#),
    Accepted(#"FloatFieldQuotedValue"#, #"{"optionalFloat":"1"}"#, #"{"optionalFloat":1}"#),
    Accepted(
      #"FloatFieldQuotedExponentialValue"#,
      #"{"optionalFloat":"1.175494e-38"}"#,
      #"{"optionalFloat":1.175494e-38}"#),
    Accepted(#"FloatFieldNan"#, #"{"optionalFloat":"NaN"}"#),
    Accepted(#"FloatFieldInfinity"#, #"{"optionalFloat":"Infinity"}"#),
    Accepted(#"FloatFieldNegativeInfinity"#, #"{"optionalFloat":"-Infinity"}"#),
    Accepted(#"DoubleFieldMinPositiveValue"#, #"{"optionalDouble":2.22507e-308}"#),
    Accepted(#"DoubleFieldMinNegativeValue"#, #"{"optionalDouble":-2.22507e-308}"#),
    Accepted(#"DoubleFieldMaxPositiveValue"#, #"{"optionalDouble":1.79769e+308}"#),
    Accepted(#"DoubleFieldMinNegativeValue"#, #"{"optionalDouble":-1.79769e+308}"#),
    Accepted(#"DoubleFieldQuotedValue"#, #"{"optionalDouble":"1"}"#, #"{"optionalDouble":1}"#),
    Accepted(
      #"DoubleFieldQuotedExponentialValue"#,
      #"{"optionalDouble":"2.22507e-308"}"#,
      #"{"optionalDouble":2.22507e-308}"#),
    Accepted(#"DoubleFieldNan"#, #"{"optionalDouble":"NaN"}"#),
    Accepted(#"DoubleFieldInfinity"#, #"{"optionalDouble":"Infinity"}"#),
    Accepted(#"DoubleFieldNegativeInfinity"#, #"{"optionalDouble":"-Infinity"}"#),
    Accepted(#"DoubleFieldNegativeZero"#, #"{"optionalDouble":-0}"#),
    Accepted(#"EnumField"#, #"{"optionalNestedEnum":"BAR"}"#),
    Accepted(
      #"EnumFieldNumericValueZero"#,
      #"{"optionalNestedEnum":0}"#,
      #"{}"#,
      proto2: #"{"optionalNestedEnum":"FOO"}"#),
    Accepted(
      #"EnumFieldNumericValueNonZero"#,
      #"{"optionalNestedEnum":1}"#,
      #"{"optionalNestedEnum":"BAR"}"#),
    Accepted(
      #"EnumFieldNegative"#,
      #"{"optionalNestedEnum":-1}"#,
      #"{"optionalNestedEnum":"NEG"}"#),
    Accepted(#"EnumFieldUnknownValue"#, #"{"optionalNestedEnum":123}"#),
    Accepted(#"EnumFieldWithAlias"#, #"{"optionalAliasedEnum":"ALIAS_BAZ"}"#),
    Accepted(
      #"EnumFieldWithAliasUseAlias"#,
      #"{"optionalAliasedEnum":"MOO"}"#,
      #"{"optionalAliasedEnum":"ALIAS_BAZ"}"#),
    Accepted(
      #"EnumFieldWithAliasLowerCase"#,
      #"{"optionalAliasedEnum":"moo"}"#,
      #"{"optionalAliasedEnum":"ALIAS_BAZ"}"#),
    Accepted(
      #"EnumFieldWithAliasLowerCase"#,
      #"{"optionalAliasedEnum":"bAz"}"#,
      #"{"optionalAliasedEnum":"ALIAS_BAZ"}"#),
    Accepted(#"StringField"#, #"{"optionalString":"Hello world!"}"#),
    Accepted(#"StringFieldUnicode"#, #"{"optionalString":"谷歌"}"#),
    Accepted(
      #"StringFieldEscape"#,
      #"{"optionalString":"\"\\\/\b\f\n\r\t"}"#,
      #"{"optionalString":"\"\\/\b\f\n\r\t"}"#),
    Accepted(
      #"StringFieldUnicodeEscape"#,
      #"{"optionalString":"\u8C37\u6B4C"}"#,
      #"{"optionalString":"谷歌"}"#),
    Accepted(
      #"StringFieldUnicodeEscapeWithLowercaseHexLetters"#,
      #"{"optionalString":"\u8c37\u6b4c"}"#,
      #"{"optionalString":"谷歌"}"#),
    Accepted(
      #"StringFieldSurrogatePair"#,
      #"{"optionalString":"\uD83D\uDE01"}"#,
      #"{"optionalString":"😁"}"#),
    Accepted(#"StringFieldEmbeddedNull"#, #"{"optionalString":"a\u0000b"}"#),
    Accepted(#"BytesField"#, #"{"optionalBytes":"AQI="}"#),
    Accepted(#"BytesFieldBase64Url"#, #"{"optionalBytes":"-_"}"#, #"{"optionalBytes":"+w=="}"#),
    Accepted(#"MessageField"#, #"{"optionalNestedMessage":{"a":1234}}"#),
    Accepted(
      #"NestedRecursion"#,
      #"{"optionalNestedMessage":{"a":1,"corecursive":{"optionalString":"x"}}}"#),
    Accepted(#"OneofFieldUint32"#, #"{"oneofUint32":1}"#),
    Accepted(#"OneofFieldNestedMessage"#, #"{"oneofNestedMessage":{"a":42}}"#),
    Accepted(#"OneofFieldString"#, #"{"oneofString":"foo"}"#),
    Accepted(#"OneofFieldBytes"#, #"{"oneofBytes":"AQI="}"#),
    Accepted(#"OneofFieldBool"#, #"{"oneofBool":true}"#),
    Accepted(#"OneofFieldUint64"#, #"{"oneofUint64":"1"}"#),
    Accepted(#"OneofFieldFloat"#, #"{"oneofFloat":1.5}"#),
    Accepted(#"OneofFieldDouble"#, #"{"oneofDouble":1.5}"#),
    Accepted(#"OneofFieldEnum"#, #"{"oneofEnum":"BAR"}"#),
    Accepted(#"OneofZeroUint32"#, #"{"oneofUint32":0}"#),
    Accepted(#"OneofZeroNestedMessage"#, #"{"oneofNestedMessage":{}}"#),
    Accepted(#"OneofZeroString"#, #"{"oneofString":""}"#),
    Accepted(#"OneofZeroBytes"#, #"{"oneofBytes":""}"#),
    Accepted(#"OneofZeroBool"#, #"{"oneofBool":false}"#),
    Accepted(#"OneofZeroUint64"#, #"{"oneofUint64":"0"}"#),
    Accepted(#"OneofZeroFloat"#, #"{"oneofFloat":0}"#),
    Accepted(#"OneofZeroDouble"#, #"{"oneofDouble":0}"#),
    Accepted(#"OneofZeroEnum"#, #"{"oneofEnum":"FOO"}"#),
    Accepted(
      #"OneofFieldNullFirst"#,
      #"{"oneofUint32":null,"oneofString":"test"}"#,
      #"{"oneofString":"test"}"#),
    Accepted(
      #"OneofFieldNullSecond"#,
      #"{"oneofString":"test","oneofUint32":null}"#,
      #"{"oneofString":"test"}"#),
    Accepted(
      #"NullValueInOtherOneofOldFormat"#,
      #"{"oneofNullValue":"NULL_VALUE"}"#,
      #"{"oneofNullValue":null}"#),
    Accepted(#"NullValueInOtherOneofNewFormat"#, #"{"oneofNullValue":null}"#),
    Accepted(
      #"NullValueInNormalMessage"#,
      #"{"optionalNullValue":null}"#,
      #"{}"#,
      proto2: #"{"optionalNullValue":null}"#),
  ]
}
