import LibCrypto
import Transcoding

/// A walk over the bytes of one message, which writes down of it what is wanted.
struct RedactionWalk {
  /// Deeper than any contract of ours; what is below is not kept.
  private static let maximumDepth = 32

  private let plan: RedactionPlan
  private let bytes: UnsafeRawBufferPointer
  /// What may be kept.
  private var shown: BoundedJSON?
  /// All but secrets, for the hash.
  private var whole: BoundedJSON?
  /// The personal value that is being read.
  private var apart: BoundedJSON?
  private var personalRoom: Int
  /// The fields that lead to the message that is being read, with their places in lists.
  private var trail: [(name: String, place: Int?)] = []

  private(set) var personal: [(path: String, value: String)] = []
  private(set) var sawPersonalData = false
  private(set) var isPersonalCut = false

  init(
    plan: RedactionPlan, bytes: UnsafeRawBufferPointer, wish: RedactedBody.Wish, hashes: Bool
  ) {
    self.plan = plan
    self.bytes = bytes
    if wish.limit > 0 { shown = BoundedJSON(limit: wish.limit) }
    if hashes { whole = BoundedJSON(hashing: RunningSHA256()) }
    personalRoom = plan.holdsPersonalData ? wish.personalLimit : 0
  }

  var json: String { shown?.text ?? "" }

  mutating func digest() -> [UInt8]? { whole?.digest() }

  mutating func run() throws(MalformedWire) { try message(0, [0..<bytes.count]) }

  /// Whether nothing that comes is of any use.
  private var isDone: Bool {
    whole == nil && apart == nil && shown?.isCut ?? true && (personalRoom == 0 || isPersonalCut)
  }

  /// Writes to whoever may have what is read now.
  private mutating func write(_ body: (inout BoundedJSON) -> Void) {
    if apart != nil { body(&apart!) } else if shown != nil { body(&shown!) }
    if whole != nil { body(&whole!) }
  }

  private mutating func message(_ index: Int, _ parts: [Range<Int>]) throws(MalformedWire) {
    guard trail.count < Self.maximumDepth else { return write { $0.token(#""[deep]""#) } }
    write { $0.begin("{") }
    if parts.contains(where: { !$0.isEmpty }) {
      let message = plan.messages[index]
      let places = try FieldOccurrences(of: message, in: bytes, parts).places
      for (field, places) in zip(message.fields, places) where !places.isEmpty {
        if isDone { break }
        try self.field(field, places)
      }
    }
    write { $0.end("}") }
  }

  private mutating func field(
    _ field: RedactionPlan.Field, _ places: [FieldOccurrences.Place]
  ) throws(MalformedWire) {
    switch field.disposal {
    case .secret, .opaque:
      write {
        $0.item(field.member)
        $0.token(field.disposal == .secret ? #""[secret]""# : #""[opaque]""#)
      }
    case .personal where apart == nil: try personal(field, places)
    case .personal, .kept:
      write { $0.item(field.member) }
      try values(field, places)
    }
  }

  private mutating func personal(
    _ field: RedactionPlan.Field, _ places: [FieldOccurrences.Place]
  ) throws(MalformedWire) {
    sawPersonalData = true
    shown?.item(field.member)
    shown?.token(#""[personal]""#)
    if personalRoom <= 0 { isPersonalCut = true }
    if whole == nil, personalRoom <= 0 { return }
    whole?.item(field.member)
    apart = BoundedJSON(limit: max(0, personalRoom))
    try values(field, places)
    if personalRoom > 0, let value = apart?.text {
      if apart?.isCut ?? false { isPersonalCut = true }
      let path = path(of: field)
      personal.append((path, value))
      personalRoom -= min(personalRoom, path.utf8.count + value.utf8.count)
    }
    apart = nil
  }

  private func path(of field: RedactionPlan.Field) -> String {
    let steps = trail.map { step in step.place.map { "\(step.name)[\($0)]." } ?? "\(step.name)." }
    return steps.joined() + field.name
  }

  private mutating func values(
    _ field: RedactionPlan.Field, _ places: [FieldOccurrences.Place]
  ) throws(MalformedWire) {
    guard field.isRepeated else {
      if field.kind == .message {
        try child(field, places.map(\.range), place: nil)
      } else if let place = places.last {
        try value(field, place.range)
      }
      return
    }
    write { $0.begin("[") }
    for (index, place) in places.enumerated() {
      if isDone { break }
      if place.isPacked {
        var reader = WireReader(bytes, place.range)
        while !reader.isAtEnd, !isDone { try element(field, &reader) }
      } else {
        write { $0.item() }
        if field.kind == .message {
          try child(field, [place.range], place: index)
        } else {
          try value(field, place.range)
        }
      }
    }
    write { $0.end("]") }
  }

  private mutating func child(
    _ field: RedactionPlan.Field, _ parts: [Range<Int>], place: Int?
  ) throws(MalformedWire) {
    guard let child = field.message else { return write { $0.token("{}") } }
    trail.append((field.name, place))
    try message(child, parts)
    trail.removeLast()
  }

  private mutating func element(
    _ field: RedactionPlan.Field, _ reader: inout WireReader
  ) throws(MalformedWire) {
    let token = try field.scalar(&reader)
    write {
      $0.item()
      $0.token(token)
    }
  }

  private mutating func value(
    _ field: RedactionPlan.Field, _ range: Range<Int>
  ) throws(MalformedWire) {
    switch field.kind {
    case .string:
      let text = bytes[range]
      write { $0.string(text) }
    case .bytes: write { $0.token("\"[\(range.count) bytes]\"") }
    default:
      var reader = WireReader(bytes, range)
      let token = try field.scalar(&reader)
      write { $0.token(token) }
    }
  }
}

extension RedactionPlan.Field {
  /// One number as JSON.
  fileprivate func scalar(_ reader: inout WireReader) throws(MalformedWire) -> String {
    switch kind {
    case .bool: return try reader.varint() == 0 ? "false" : "true"
    case .int32: return "\(Int32(truncatingIfNeeded: try reader.varint()))"
    case .int64: return "\(Int64(bitPattern: try reader.varint()))"
    case .uint32: return "\(UInt32(truncatingIfNeeded: try reader.varint()))"
    case .uint64: return "\(try reader.varint())"
    case .sint32, .sint64:
      var value = try reader.varint()
      if kind == .sint32 { value &= 0xffff_ffff }
      return "\(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))"
    case .enum:
      let value = Int32(truncatingIfNeeded: try reader.varint())
      return values[value] ?? "\(value)"
    case .fixed32: return "\(try reader.fixed(4))"
    case .fixed64: return "\(try reader.fixed(8))"
    case .sfixed32: return "\(Int32(truncatingIfNeeded: try reader.fixed(4)))"
    case .sfixed64: return "\(Int64(bitPattern: try reader.fixed(8)))"
    case .float:
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: try reader.fixed(4)))
      return value.isFinite ? "\(value)" : "\"\(value)\""
    case .double:
      let value = Double(bitPattern: try reader.fixed(8))
      return value.isFinite ? "\(value)" : "\"\(value)\""
    case .string, .bytes, .message: throw MalformedWire()
    }
  }
}
