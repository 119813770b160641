/// Where in the message the parser is, for errors.
struct ParsePath {
  struct Step {
    enum Key: UInt8 { case none, unknown, entry }

    var field: UnsafePointer<FieldPlan>?
    var key: Bytes
    var keyIs: Key
    /// From 1, as `google.rpc.BadRequest` counts; 0 outside of a list.
    var index: Int
  }

  /// As many as messages and lists can be open.
  static let capacity = JSONReader.depthLimit + 4

  private let steps: UnsafeMutablePointer<Step>
  private var depth = 0

  init(arena: Arena) throws(Fault) {
    steps = try arena.take(ParsePath.capacity * MemoryLayout<Step>.stride)
      .bindMemory(to: Step.self, capacity: ParsePath.capacity)
    steps[0] = Step(field: nil, key: .empty, keyIs: .none, index: 0)
  }

  /// Goes one message down. The caller has bounded the depth.
  @inline(__always)
  mutating func descend() {
    depth &+= 1
    leave()
  }

  @inline(__always)
  mutating func ascend() { depth &-= 1 }

  @inline(__always)
  mutating func enter(_ field: UnsafePointer<FieldPlan>) {
    steps[depth].field = field
    steps[depth].keyIs = .none
    steps[depth].index = 0
  }

  /// Forgets the field that was entered last.
  @inline(__always)
  mutating func leave() {
    steps[depth].field = nil
    steps[depth].keyIs = .none
    steps[depth].index = 0
  }

  @inline(__always)
  mutating func enter(element index: Int) { steps[depth].index = index }

  @inline(__always)
  mutating func enter(entry key: Bytes) {
    steps[depth].key = key
    steps[depth].keyIs = .entry
  }

  mutating func enter(unknown key: Bytes) {
    steps[depth].field = nil
    steps[depth].key = key
    steps[depth].keyIs = .unknown
    steps[depth].index = 0
  }

  /// The field that was entered last.
  var field: UnsafePointer<FieldPlan>? { steps[depth].field }

  /// Such as `sub.tags[2]` or `labels["a"]`.
  var text: String {
    var text = ""
    for step in UnsafeBufferPointer(start: steps, count: depth + 1) {
      if let field = step.field {
        text += text.isEmpty ? field.pointee.name.text : "." + field.pointee.name.text
      }
      switch step.keyIs {
      case .none: break
      case .unknown: text += text.isEmpty ? clipped(step.key) : "." + clipped(step.key)
      case .entry: text += "[" + JSONText.quoted(clipped(step.key)) + "]"
      }
      if step.index > 0 { text += "[\(step.index)]" }
    }
    return text
  }

  /// What the caller wrote goes back to the caller, but not a megabyte of it.
  private func clipped(_ key: Bytes) -> String {
    key.count <= 100 ? key.text : key.first(100).text + "…"
  }
}
