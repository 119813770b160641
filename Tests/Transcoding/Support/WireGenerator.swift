@testable import Transcoding

/// Makes random messages in wire form from a schema alone.
struct WireGenerator {
  var random: SplitMix
  /// Whether fields may come out of order, twice and in pieces, as no serializer writes them.
  var isWild = false
  /// How many entries a map may have: with more than one, coders differ in their order.
  var mapLimit = 3
  /// How many more messages may be opened inside the one being made.
  private var depth = 4

  init(seed: UInt64, isWild: Bool = false) {
    random = SplitMix(state: seed)
    self.isWild = isWild
  }

  mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  // MARK: Messages

  mutating func message(_ type: MessageSchema) -> [UInt8] {
    if let special = wellKnown(type) { return special }
    depth -= 1
    defer { depth += 1 }
    var pieces: [[UInt8]] = []
    var oneofs: Set<Int> = []
    for field in type.fields {
      guard chance(depth > 2 ? 4 : 10) else { continue }
      if let oneof = field.oneofIndex, !oneofs.insert(oneof).inserted, !isWild { continue }
      if depth <= 0, field.kind == .message { continue }
      pieces.append(self.field(field))
      if isWild, chance(8) { pieces.append(self.field(field)) }
    }
    if isWild, chance(2) { pieces.shuffle(using: &random) }
    if isWild, chance(4) { pieces.append(WireParts.field(90_000, "unknown")) }
    return pieces.flatMap { $0 }
  }

  private mutating func field(_ field: FieldSchema) -> [UInt8] {
    if field.isMap, let entry = field.message { return map(field, entry) }
    guard field.isRepeated else { return tagged(field, value(field)) }
    let values = (0..<Int.random(in: 1...4, using: &random)).map { _ in value(field) }
    // Whether packed or not, both are to be read.
    if field.kind.isPackable, !chance(3) {
      return WireParts.field(UInt64(field.number), values.flatMap { $0 })
    }
    return values.flatMap { tagged(field, $0) }
  }

  private mutating func map(_ field: FieldSchema, _ entry: MessageSchema) -> [UInt8] {
    let key = entry.fields[0]
    let value = entry.fields[1]
    var seen: Set<[UInt8]> = []
    var wire: [UInt8] = []
    for _ in 0..<Int.random(in: 1...mapLimit, using: &random) {
      let one = self.value(key)
      guard seen.insert(one).inserted || isWild else { continue }
      var content = tagged(key, one)
      if value.kind == .message, depth <= 0 { continue }
      content += tagged(value, self.value(value))
      wire += WireParts.field(UInt64(field.number), content)
    }
    return wire
  }

  private func tagged(_ field: FieldSchema, _ content: [UInt8]) -> [UInt8] {
    let type = UInt64(field.kind.wireType)
    let tag = WireParts.varint(UInt64(field.number) << 3 | type)
    return type == 2 ? tag + WireParts.varint(UInt64(content.count)) + content : tag + content
  }

  // MARK: Values

  private mutating func value(_ field: FieldSchema) -> [UInt8] {
    switch field.kind {
    case .double: return bytes(pick([double(), 0, -0.0, 1, 1.5, 1e300, .infinity]).bitPattern)
    case .float: return bytes(pick([float(), 0, 1, -2.25, 1e30, -.infinity]).bitPattern)
    case .fixed64, .sfixed64: return bytes(integer())
    case .fixed32, .sfixed32: return bytes(UInt32(truncatingIfNeeded: integer()))
    case .bool: return [chance(2) ? 1 : 0]
    case .int32: return WireParts.varint(extended(Int32(truncatingIfNeeded: integer())))
    case .enum:
      // A value that the contract lacks is kept as its number.
      return WireParts.varint(
        extended(pick([0, 1, -7, 5, .min]) * (field.enumeration?.values.count == 1 ? 0 : 1)))
    case .sint32, .uint32: return WireParts.varint(UInt64(UInt32(truncatingIfNeeded: integer())))
    case .int64, .uint64, .sint64: return WireParts.varint(integer())
    case .string: return Array(text().utf8)
    case .bytes:
      return (0..<Int.random(in: 0...9, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case .message: return field.message.map { message($0) } ?? []
    }
  }

  private func extended(_ value: Int32) -> UInt64 { UInt64(bitPattern: Int64(value)) }

  private func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private mutating func integer() -> UInt64 {
    let raw = random.next()
    return pick([raw, raw >> 32, raw & 0xff, 0, 1, .max, 1 << 63, 1 << 31, 0x7fff_ffff])
  }

  private mutating func double() -> Double {
    let value = Double(bitPattern: random.next())
    return value.isNaN ? 0.1 : value
  }

  private mutating func float() -> Float {
    let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    return value.isNaN ? 0.1 : value
  }

  mutating func text() -> String {
    let pieces = [
      "", "a", "plain text of some length", "\"", "\\", "\n", "\u{0}", "\u{1f}", "\u{7f}", "é",
      "Ж", "кириллица", "€", "😁", "\u{2028}", "/", "</", "0123456789",
    ]
    return (0..<Int.random(in: 0...5, using: &random)).map { _ in pick(pieces) }.joined()
  }

  // MARK: Well-known types

  /// What the types that JSON writes in their own way may hold; nil for other types.
  private mutating func wellKnown(_ type: MessageSchema) -> [UInt8]? {
    guard type.fullName.hasPrefix("google.protobuf.") else { return nil }
    switch type.fullName.dropFirst("google.protobuf.".count) {
    case "Timestamp":
      return time(.random(in: TimeText.timestampSeconds, using: &random), nanos())
    case "Duration":
      let seconds = Int64.random(in: TimeText.durationSeconds, using: &random)
      return time(seconds, seconds < 0 ? -nanos() : nanos())
    case "FieldMask":
      return (0..<Int.random(in: 0...3, using: &random)).flatMap { _ in
        WireParts.field(1, pick(["a", "foo_bar", "foo_bar.b_c", "x1.y2"]))
      }
    case "Value":
      let number = depth <= 0 ? pick([1, 2, 3, 4]) : pick([1, 2, 3, 4, 5, 6])
      let field = type.fields[number - 1]
      if number == 1 { return tagged(field, [0]) }
      if number == 2 { return tagged(field, bytes(pick([0, 1.5, -3, 1e20]).bitPattern)) }
      depth -= 1
      defer { depth += 1 }
      return tagged(field, value(field))
    case "Any": return any()
    case "Struct", "ListValue":
      depth -= 1
      defer { depth += 1 }
      guard depth >= 0, mapLimit > 1 || !type.fields[0].isMap || chance(2) else { return [] }
      return field(type.fields[0])
    default: return nil
    }
  }

  private mutating func any() -> [UInt8] {
    let content = pick([
      ("google.protobuf.Duration", time(5, 0)),
      ("google.protobuf.StringValue", WireParts.field(1, "x")),
      ("google.protobuf.Empty", []),
      ("test.v1.Kinds", WireParts.field(14, "x" + text())),
    ])
    return WireParts.field(1, "type.googleapis.com/" + content.0)
      + (content.1.isEmpty ? [] : WireParts.field(2, content.1))
  }

  private mutating func nanos() -> Int32 { pick([0, 1, 1000, 120_000_000, 999_999_999]) }

  private func time(_ seconds: Int64, _ nanos: Int32) -> [UInt8] {
    (seconds == 0 ? [] : WireParts.field(1, UInt64(bitPattern: seconds)))
      + (nanos == 0 ? [] : WireParts.field(2, extended(nanos)))
  }
}
