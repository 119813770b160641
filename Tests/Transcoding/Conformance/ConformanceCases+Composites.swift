extension ConformanceCases {
  /// Lists, maps and the well-known types.
  static let composites: [Accepted] = [
    Accepted(#"PrimitiveRepeatedField"#, #"{"repeatedInt32":[1,2,3,4]}"#),
    Accepted(#"EnumRepeatedField"#, #"{"repeatedNestedEnum":["FOO","BAR","BAZ"]}"#),
    Accepted(#"StringRepeatedField"#, #"{"repeatedString":["Hello","world"]}"#),
    Accepted(#"BytesRepeatedField"#, #"{"repeatedBytes":["AAEC","AQI="]}"#),
    Accepted(#"MessageRepeatedField"#, #"{"repeatedNestedMessage":[{"a":1234},{"a":5678}]}"#),
    Accepted(#"Int32MapField"#, #"{"mapInt32Int32":{"1":2,"3":4}}"#),
    Accepted(#"Uint32MapField"#, #"{"mapUint32Uint32":{"1":2,"3":4}}"#),
    Accepted(#"Sint32MapField"#, #"{"mapSint32Sint32":{"1":2,"3":4}}"#),
    Accepted(#"Fixed32MapField"#, #"{"mapFixed32Fixed32":{"1":2,"3":4}}"#),
    Accepted(#"Sfixed32MapField"#, #"{"mapSfixed32Sfixed32":{"1":2,"3":4}}"#),
    Accepted(#"Int64MapField"#, #"{"mapInt64Int64":{"1":"2","3":"4"}}"#),
    Accepted(#"Uint64MapField"#, #"{"mapUint64Uint64":{"1":"2","3":"4"}}"#),
    Accepted(#"Sint64MapField"#, #"{"mapSint64Sint64":{"1":"2","3":"4"}}"#),
    Accepted(#"Fixed64MapField"#, #"{"mapFixed64Fixed64":{"1":"2","3":"4"}}"#),
    Accepted(#"Sfixed64MapField"#, #"{"mapSfixed64Sfixed64":{"1":"2","3":"4"}}"#),
    Accepted(#"BoolMapField"#, #"{"mapBoolBool":{"true":true,"false":false}}"#),
    Accepted(#"StringMapField"#, #"{"mapStringString":{"a":"b","":"c"}}"#),
    Accepted(
      #"StringMapEscapedKey"#,
      #"{"mapStringString":{"\u0061":"b"}}"#,
      #"{"mapStringString":{"a":"b"}}"#),
    Accepted(
      #"BoolMapEscapedKey"#,
      #"{"mapBoolBool":{"tr\u0075e":true}}"#,
      #"{"mapBoolBool":{"true":true}}"#),
    Accepted(
      #"Int32MapEscapedKey"#,
      #"{"mapInt32Int32":{"\u0031":2}}"#,
      #"{"mapInt32Int32":{"1":2}}"#),
    Accepted(
      #"Int64MapEscapedKey"#,
      #"{"mapInt64Int64":{"\u0031":2}}"#,
      #"{"mapInt64Int64":{"1":"2"}}"#),
    Accepted(
      #"MessageMapField"#,
      #"{"mapStringNestedMessage":{"hello":{"a":1234},"world":{"a":5678}}}"#),
    Accepted(#"EnumMapField"#, #"{"mapStringNestedEnum":{"a":"BAR","b":99}}"#),
    Accepted(
      #"AllFieldAcceptNull, WrapperTypesWithNullValue, AnyNull"#,
      #"{"optionalInt32":null,"optionalInt64":null,"optionalUint32":null,"#
        + #""optionalUint64":null,"optionalFloat":null,"optionalDouble":null,"#
        + #""optionalBool":null,"optionalString":null,"optionalBytes":null,"#
        + #""optionalNestedEnum":null,"optionalNestedMessage":null,"repeatedInt32":null,"#
        + #""repeatedNestedEnum":null,"repeatedString":null,"repeatedBytes":null,"#
        + #""repeatedNestedMessage":null,"repeatedAny":null,"repeatedValue":null,"#
        + #""mapInt32Int32":null,"mapBoolBool":null,"mapStringNestedMessage":null,"#
        + #""optionalDuration":null,"optionalTimestamp":null,"optionalFieldMask":null,"#
        + #""optionalStruct":null,"optionalAny":null,"optionalListValue":null,"#
        + #""optionalBoolWrapper":null,"optionalBytesWrapper":null}"#,
      #"{}"#),
    Accepted(#"OptionalBoolWrapper"#, #"{"optionalBoolWrapper":false}"#),
    Accepted(#"RepeatedBoolWrapper"#, #"{"repeatedBoolWrapper":[true,false]}"#),
    Accepted(#"OptionalInt32Wrapper"#, #"{"optionalInt32Wrapper":0}"#),
    Accepted(#"RepeatedInt32Wrapper"#, #"{"repeatedInt32Wrapper":[1,0]}"#),
    Accepted(#"OptionalInt64Wrapper"#, #"{"optionalInt64Wrapper":"0"}"#),
    Accepted(#"RepeatedInt64Wrapper"#, #"{"repeatedInt64Wrapper":["1","0"]}"#),
    Accepted(#"OptionalUint32Wrapper"#, #"{"optionalUint32Wrapper":0}"#),
    Accepted(#"RepeatedUint32Wrapper"#, #"{"repeatedUint32Wrapper":[1,0]}"#),
    Accepted(#"OptionalUint64Wrapper"#, #"{"optionalUint64Wrapper":"0"}"#),
    Accepted(#"RepeatedUint64Wrapper"#, #"{"repeatedUint64Wrapper":["1","0"]}"#),
    Accepted(#"OptionalFloatWrapper"#, #"{"optionalFloatWrapper":0}"#),
    Accepted(#"RepeatedFloatWrapper"#, #"{"repeatedFloatWrapper":[1,0]}"#),
    Accepted(#"OptionalDoubleWrapper"#, #"{"optionalDoubleWrapper":0}"#),
    Accepted(#"RepeatedDoubleWrapper"#, #"{"repeatedDoubleWrapper":[1,0]}"#),
    Accepted(#"OptionalStringWrapper"#, #"{"optionalStringWrapper":""}"#),
    Accepted(#"RepeatedStringWrapper"#, #"{"repeatedStringWrapper":["a",""]}"#),
    Accepted(#"OptionalBytesWrapper"#, #"{"optionalBytesWrapper":""}"#),
    Accepted(#"RepeatedBytesWrapper"#, #"{"repeatedBytesWrapper":["AQI=",""]}"#),
    Accepted(#"DurationMinValue"#, #"{"optionalDuration":"-315576000000.999999999s"}"#),
    Accepted(#"DurationMaxValue"#, #"{"optionalDuration":"315576000000.999999999s"}"#),
    Accepted(#"DurationNegativeSeconds"#, #"{"optionalDuration":"-5s"}"#),
    Accepted(#"DurationNegativeNanos"#, #"{"optionalDuration":"-0.500s"}"#),
    Accepted(
      #"DurationHasZeroFractionalDigit"#,
      #"{"optionalDuration":"1.000000000s"}"#,
      #"{"optionalDuration":"1s"}"#),
    Accepted(
      #"DurationHas3FractionalDigits"#,
      #"{"optionalDuration":"1.01s"}"#,
      #"{"optionalDuration":"1.010s"}"#),
    Accepted(
      #"DurationHas6FractionalDigits"#,
      #"{"optionalDuration":"1.00001s"}"#,
      #"{"optionalDuration":"1.000010s"}"#),
    Accepted(
      #"DurationHas9FractionalDigits"#,
      #"{"optionalDuration":"1.00000001s"}"#,
      #"{"optionalDuration":"1.000000010s"}"#),
    Accepted(#"DurationRepeatedValue"#, #"{"repeatedDuration":["1.500s","-1.500s"]}"#),
    Accepted(#"TimestampMinValue"#, #"{"optionalTimestamp":"0001-01-01T00:00:00Z"}"#),
    Accepted(#"TimestampMaxValue"#, #"{"optionalTimestamp":"9999-12-31T23:59:59.999999999Z"}"#),
    Accepted(#"TimestampLeapDay"#, #"{"optionalTimestamp":"1993-02-28T12:00:00Z"}"#),
    Accepted(
      #"TimestampWithPositiveOffset"#,
      #"{"optionalTimestamp":"1970-01-01T08:00:01+08:00"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:01Z"}"#),
    Accepted(
      #"TimestampWithNegativeOffset"#,
      #"{"optionalTimestamp":"1969-12-31T16:00:01-08:00"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:01Z"}"#),
    Accepted(
      #"TimestampZeroNormalized"#,
      #"{"optionalTimestamp":"1969-12-31T16:00:00-08:00"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00Z"}"#),
    Accepted(
      #"TimestampHasZeroFractionalDigit"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.000000000Z"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00Z"}"#),
    Accepted(
      #"TimestampHas3FractionalDigits"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.01Z"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.010Z"}"#),
    Accepted(
      #"TimestampHas6FractionalDigits"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.00001Z"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.000010Z"}"#),
    Accepted(
      #"TimestampHas9FractionalDigits"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.00000001Z"}"#,
      #"{"optionalTimestamp":"1970-01-01T00:00:00.000000010Z"}"#),
    Accepted(
      #"TimestampRepeatedValue"#,
      #"{"repeatedTimestamp":["0001-01-01T00:00:00Z","9999-12-31T23:59:59.999999999Z"]}"#),
    Accepted(#"FieldMask"#, #"{"optionalFieldMask":"foo,barBaz"}"#),
    Accepted(#"EmptyFieldMask"#, #"{"optionalFieldMask":""}"#),
    Accepted(
      #"Struct"#,
      #"{"optionalStruct":{"nullValue":null,"intValue":1234,"boolValue":true,"#
        + #""doubleValue":1234.5678,"stringValue":"Hello world!","listValue":[1234,"#
        + #""5678"],"objectValue":{"value":0}}}"#),
    Accepted(#"StructWithEmptyListValue"#, #"{"optionalStruct":{"listValue":[]}}"#),
    Accepted(#"ValueAcceptInteger"#, #"{"optionalValue":1}"#),
    Accepted(#"ValueAcceptFloat"#, #"{"optionalValue":1.5}"#),
    Accepted(#"ValueAcceptBool"#, #"{"optionalValue":false}"#),
    Accepted(#"ValueAcceptNull"#, #"{"optionalValue":null}"#),
    Accepted(#"ValueAcceptString"#, #"{"optionalValue":"hello"}"#),
    Accepted(#"ValueAcceptList"#, #"{"optionalValue":[0,"hello"]}"#),
    Accepted(#"ValueAcceptObject"#, #"{"optionalValue":{"value":1}}"#),
    Accepted(#"RepeatedValue"#, #"{"repeatedValue":[["a"]]}"#),
    Accepted(#"RepeatedListValue"#, #"{"repeatedListValue":[["a"]]}"#),
    Accepted(#"RepeatedValueOfNulls"#, #"{"repeatedValue":[null,1,null]}"#),
    Accepted(
      #"Any"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/protobuf_test_messages.AllTypes","#
        + #""optionalInt32":12345}}"#),
    Accepted(
      #"AnyNested"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Any","#
        + #""value":{"@type":"type.googleapis.com/protobuf_test_messages.AllTypes","#
        + #""optionalInt32":12345}}}"#),
    Accepted(
      #"AnyUnorderedTypeTag"#,
      #"{"optionalAny":{"optionalInt32":12345,"#
        + #""@type":"type.googleapis.com/protobuf_test_messages.AllTypes"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/protobuf_test_messages.AllTypes","#
        + #""optionalInt32":12345}}"#),
    Accepted(
      #"AnyWithInt32ValueWrapper"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Int32Value","value":12345}}"#),
    Accepted(
      #"AnyWithInt32ValueWrapperUnordered"#,
      #"{"optionalAny":{"value":12345,"@type":"type.googleapis.com/google.protobuf.Int32Value"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Int32Value","value":12345}}"#),
    Accepted(
      #"AnyWithDuration"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Duration","#
        + #""value":"1.500s"}}"#),
    Accepted(
      #"AnyWithDurationUnordered"#,
      #"{"optionalAny":{"value":"1.500s","@type":"type.googleapis.com/google.protobuf.Duration"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Duration","#
        + #""value":"1.500s"}}"#),
    Accepted(
      #"AnyWithTimestamp"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Timestamp","#
        + #""value":"1970-01-01T00:00:00Z"}}"#),
    Accepted(
      #"AnyWithTimestampUnordered"#,
      #"{"optionalAny":{"value":"1970-01-01T00:00:00Z","#
        + #""@type":"type.googleapis.com/google.protobuf.Timestamp"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Timestamp","#
        + #""value":"1970-01-01T00:00:00Z"}}"#),
    Accepted(
      #"AnyWithFieldMask"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.FieldMask","#
        + #""value":"foo,barBaz"}}"#),
    Accepted(
      #"AnyWithFieldMaskUnordered"#,
      #"{"optionalAny":{"value":"foo,barBaz","#
        + #""@type":"type.googleapis.com/google.protobuf.FieldMask"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.FieldMask","#
        + #""value":"foo,barBaz"}}"#),
    Accepted(
      #"AnyWithStruct"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"foo":1}}}"#),
    Accepted(
      #"AnyWithStructUnordered"#,
      #"{"optionalAny":{"value":{"foo":1},"@type":"type.googleapis.com/google.protobuf.Struct"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"foo":1}}}"#),
    Accepted(
      #"AnyWithValueForJsonObject"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":{"foo":1}}}"#),
    Accepted(
      #"AnyWithValueForJsonObjectUnordered"#,
      #"{"optionalAny":{"value":{"foo":1},"@type":"type.googleapis.com/google.protobuf.Value"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":{"foo":1}}}"#),
    Accepted(
      #"AnyWithValueForInteger"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":1}}"#),
    Accepted(
      #"AnyWithValueForIntegerUnordered"#,
      #"{"optionalAny":{"value":1,"@type":"type.googleapis.com/google.protobuf.Value"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":1}}"#),
    Accepted(
      #"AnyWithValueForNull"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":null}}"#),
    Accepted(
      #"AnyWithValueForNullUnordered"#,
      #"{"optionalAny":{"value":null,"@type":"type.googleapis.com/google.protobuf.Value"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Value","value":null}}"#),
    Accepted(
      #"AnyWithListValue"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.ListValue","value":[1]}}"#),
    Accepted(
      #"AnyWithListValueUnordered"#,
      #"{"optionalAny":{"value":[1],"@type":"type.googleapis.com/google.protobuf.ListValue"}}"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.ListValue","value":[1]}}"#),
    Accepted(#"AnyWithNoType"#, #"{"optionalAny":{}}"#),
    Accepted(
      #"AnyWithEmpty"#,
      #"{"optionalAny":{"@type":"type.googleapis.com/google.protobuf.Empty"}}"#),
  ]
}
