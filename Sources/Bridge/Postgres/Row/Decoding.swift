/// Values from PostgreSQL's binary forms. Nil means that the type or the bytes do not fit.
enum Decoding {
  static func text(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> String? {
    switch type {
    case .uuid: uuid(bytes, type)
    case .jsonb: bytes.first == 1 ? String(validating: bytes.dropFirst(), as: UTF8.self) : nil
    case _ where notText.contains(type): nil
    // Enums and domains have numbers of their own; their binary form is their text.
    default: String(validating: bytes, as: UTF8.self)
    }
  }

  static func int(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> Int? {
    switch type {
    case .int2: number(bytes, Int16.self).map(Int.init)
    case .int4: number(bytes, Int32.self).map(Int.init)
    case .int8: number(bytes, Int64.self).map(Int.init)
    case .oid: number(bytes, UInt32.self).map(Int.init)
    default: nil
    }
  }

  static func double(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> Double? {
    switch type {
    case .float4: number(bytes, UInt32.self).map { Double(Float(bitPattern: $0)) }
    case .float8: number(bytes, UInt64.self).map { Double(bitPattern: $0) }
    default: nil
    }
  }

  static func bool(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> Bool? {
    guard type == .bool, bytes.count == 1, let byte = bytes.first else { return nil }
    return byte != 0
  }

  static func uuid(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> String? {
    guard type == .uuid, bytes.count == 16 else { return nil }
    return UUIDText.text(bytes)
  }

  static func bytes(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> [UInt8]? {
    type == .bytea ? Array(bytes) : nil
  }

  static func timestamp(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> Timestamp? {
    // The two ends of the range are the infinities.
    guard type == .timestamptz, let value = number(bytes, Int64.self), value != .max, value != .min
    else { return nil }
    return Timestamp(microseconds: value + Timestamp.postgresEpoch)
  }

  /// The binary form of `array_send`: dimensions, flag for nulls, element type, then per dimension
  /// length and lower bound, then each element with its length.
  static func textArray(_ bytes: ArraySlice<UInt8>, _ type: TypeOID) -> [String]? {
    var rest = bytes
    guard let dimensions = take(&rest), take(&rest) == 0, let element = take(&rest),
      dimensions <= 1
    else { return nil }
    guard dimensions == 1 else { return [] }
    guard let count = take(&rest), count >= 0, take(&rest) != nil else { return nil }
    let elementType = TypeOID(rawValue: UInt32(bitPattern: element))
    var result: [String] = []
    for _ in 0..<count {
      guard let length = take(&rest), length >= 0, rest.count >= length,
        let text = text(rest.prefix(Int(length)), elementType)
      else { return nil }
      result.append(text)
      rest = rest.dropFirst(Int(length))
    }
    return result
  }

  /// Built-in types whose binary form is not their text, of which a caller might ask for text: they
  /// need `::text` in the SQL.
  private static let notText: Set<TypeOID> = [
    .bool, .bytea, .int8, .int2, .int4, .oid, .float4, .float8, .timestamptz, .textArray,
    .uuidArray, .int8Array,
    TypeOID(rawValue: 869), TypeOID(rawValue: 650),  // inet, cidr
    TypeOID(rawValue: 1082), TypeOID(rawValue: 1083), TypeOID(rawValue: 1114),  // date, time
    TypeOID(rawValue: 1186), TypeOID(rawValue: 1266), TypeOID(rawValue: 1700),  // numeric, …
  ]

  private static func number<Number: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, _: Number.Type
  ) -> Number? {
    guard bytes.count == Number.bitWidth / 8 else { return nil }
    return bytes.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  private static func take(_ rest: inout ArraySlice<UInt8>) -> Int32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return number(rest.prefix(4), Int32.self)
  }
}
