import Transcoding

/// One check of one message.
struct ValidationWalk {
  static let maximumDepth = 100
  private static let maximumViolations = 20

  let bytes: UnsafeRawBufferPointer
  let plan: ValidationPlan
  private(set) var violations: [FieldViolation] = []

  /// The states of the fields of all messages that are open, outermost first.
  private var states: [FieldState] = []
  private var fragments: [Fragment] = []
  private var path = FieldPath()
  private var depth = 0

  init(bytes: UnsafeRawBufferPointer, plan: ValidationPlan) {
    self.bytes = bytes
    self.plan = plan
  }

  private var isFull: Bool { violations.count >= Self.maximumViolations }

  mutating func run() throws(MalformedWire) {
    guard bytes.count < Int32.max else { throw MalformedWire() }
    fragments.append(Fragment(0..<bytes.count))
    try message(0, first: 0)
  }

  /// Checks the message whose parts begin with the fragment `first`; none is an empty message.
  private mutating func message(_ index: Int, first: Int) throws(MalformedWire) {
    guard depth < Self.maximumDepth else { throw MalformedWire() }
    depth += 1
    let rules = plan.messages[index]
    let base = states.count
    states.append(contentsOf: repeatElement(FieldState(), count: rules.fields.count))
    var fragment = first
    while fragment >= 0 {
      try scan(fragments[fragment].range, rules, base: base)
      fragment = Int(fragments[fragment].next)
    }
    for position in rules.fields.indices {
      try finish(rules.fields[position], states[base + position])
    }
    states.removeLast(rules.fields.count)
    depth -= 1
  }

  private mutating func scan(
    _ range: Range<Int>, _ rules: MessageRules, base: Int
  ) throws(MalformedWire) {
    var reader = WireReader(bytes, range)
    var hint = 0
    while !reader.isAtEnd {
      let (number, type) = try reader.tag()
      guard let position = rules.index(number: number, hint: hint) else {
        try reader.skip(type, number: number)
        continue
      }
      let field = rules.fields[position]
      // In order of numbers the next field follows; a list stays where it is.
      hint = field.isRepeated ? position : position + 1
      let state = base + position
      if type == field.kind.wireType {
        if field.isRepeated {
          try element(field, state, &reader)
        } else {
          for sibling in field.siblings { states[base + sibling] = FieldState() }
          try occurrence(field, state, &reader)
        }
      } else if field.isRepeated, field.kind.isPackable, type == .lengthDelimited {
        var elements = WireReader(bytes, try reader.content())
        while !elements.isAtEnd { try element(field, state, &elements) }
      } else {
        // Decoders take a field of another wire type for an unknown one.
        try reader.skip(type, number: number)
      }
    }
  }

  private mutating func occurrence(
    _ field: FieldRule, _ state: Int, _ reader: inout WireReader
  ) throws(MalformedWire) {
    states[state].isSet = true
    switch field.kind {
    case .message:
      Self.link(try reader.content(), to: &states[state], in: &fragments)
    case .string, .bytes: states[state].content = try content(of: field.kind, &reader)
    default: states[state].bits = try field.kind.read(&reader)
    }
  }

  private mutating func element(
    _ field: FieldRule, _ state: Int, _ reader: inout WireReader
  ) throws(MalformedWire) {
    let index = states[state].count
    states[state].count = index + 1
    switch field.kind {
    case .message:
      let range = try reader.content()
      if field.isMap {
        Self.link(range, to: &states[state], in: &fragments)
        return
      }
      guard let plan = field.plan, !field.isOutputOnly, !isFull else { return }
      fragments.append(Fragment(range))
      let first = fragments.count - 1
      path.append(.element(field.name, index))
      try message(plan, first: first)
      path.removeLast()
      fragments.removeSubrange(first...)
    case .string, .bytes:
      let content = try content(of: field.kind, &reader)
      guard !field.isOutputOnly else { return }
      report(field.fault(in: UnsafeRawBufferPointer(rebasing: bytes[content])), field, index)
    default:
      let bits = try field.kind.read(&reader)
      guard !field.isOutputOnly else { return }
      report(field.fault(in: bits), field, index)
    }
  }

  /// What can be said of a field only when the whole message has been read.
  private mutating func finish(_ field: FieldRule, _ state: FieldState) throws(MalformedWire) {
    if field.isMap { return try finishMap(field, state) }
    if field.isRepeated { return finishList(field, count: state.count) }
    let isDefault: Bool =
      switch field.kind {
      case .message: !state.isSet
      case .string, .bytes: state.content.isEmpty
      default: field.kind.isDefault(state.bits)
      }
    guard state.isSet, field.hasPresence || !isDefault else {
      if field.isRequired { report("is required", field) }
      return
    }
    if field.isOutputOnly { return report("is output only", field) }
    if field.isRequired, isDefault { return report("is required", field) }
    switch field.kind {
    case .message:
      guard let plan = field.plan, !isFull else { return }
      path.append(.field(field.name))
      try message(plan, first: state.first)
      path.removeLast()
    case .string, .bytes:
      report(field.fault(in: UnsafeRawBufferPointer(rebasing: bytes[state.content])), field)
    default: report(field.fault(in: state.bits), field)
    }
  }

  private mutating func finishList(_ field: FieldRule, count: Int) {
    if field.isOutputOnly {
      if count > 0 { report("is output only", field) }
    } else if count == 0, field.isRequired {
      report("is required", field)
    } else if let maximum = field.maximumItems, count > maximum {
      report("has more than \(maximum) items", field)
    }
  }

  /// Of entries with the same key the last one counts.
  private mutating func finishMap(
    _ field: FieldRule, _ state: FieldState
  ) throws(MalformedWire) {
    var entries: [MapEntry.Key: MapEntry] = [:]
    var order: [MapEntry.Key] = []
    var fragment = state.first
    while fragment >= 0, order.count <= field.maximumItems ?? .max {
      let entry = try MapEntry(bytes, fragments[fragment].range, of: field)
      if entries.updateValue(entry, forKey: entry.key) == nil { order.append(entry.key) }
      fragment = Int(fragments[fragment].next)
    }
    finishList(field, count: order.count)
    guard let plan = field.plan, !field.isOutputOnly else { return }
    for key in order where !isFull {
      guard let entry = entries[key] else { continue }
      var parts = FieldState()
      let mark = fragments.count
      for range in entry.value { Self.link(range, to: &parts, in: &fragments) }
      path.append(.entry(field.name, entry.keyText))
      try message(plan, first: parts.first)
      path.removeLast()
      fragments.removeSubrange(mark...)
    }
  }

  private func content(
    of kind: FieldKind, _ reader: inout WireReader
  ) throws(MalformedWire) -> Range<Int> {
    let range = try reader.content()
    if kind == .string, !UnsafeRawBufferPointer(rebasing: bytes[range]).isUTF8 {
      throw MalformedWire()
    }
    return range
  }

  private static func link(
    _ range: Range<Int>, to state: inout FieldState, in fragments: inout [Fragment]
  ) {
    let new = fragments.count
    fragments.append(Fragment(range))
    if state.first < 0 { state.first = new } else { fragments[state.last].next = Int32(new) }
    state.last = new
  }

  private mutating func report(_ fault: String?, _ field: FieldRule, _ index: Int? = nil) {
    guard let fault, !isFull else { return }
    let end = index.map { FieldPath.Step.element(field.name, $0) } ?? .field(field.name)
    violations.append(FieldViolation(field: path.text(endingWith: end), description: fault))
  }
}
