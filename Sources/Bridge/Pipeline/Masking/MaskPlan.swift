import Transcoding

/// Which fields of an answer need a scope to be shown, in a message type and all types below it: made
/// once at start.
struct MaskPlan: Sendable {
  /// What is known of a field; others are copied as they are.
  struct Field: Sendable {
    /// The scope that shows it; nil for one that is always shown.
    var scope: String?
    /// Where the type of its value is among `messages`; nil where nothing below it is masked.
    var below: Int?
  }

  /// The fields of each type, by number. The first is the answer's.
  let messages: [[Int: Field]]
  /// Every scope that shows something.
  let scopes: Set<String>

  /// Nil where every field is shown to whoever may call.
  init?(_ root: MessageSchema) {
    var order = [root]
    var indexes = [root.fullName: 0]
    var found: [[Int: Field]] = []
    var next = 0
    while next < order.count {
      var fields: [Int: Field] = [:]
      for field in order[next].fields {
        var entry = Field(scope: field.shownWith)
        if let below = field.message {
          if indexes[below.fullName] == nil {
            indexes[below.fullName] = order.count
            order.append(below)
          }
          entry.below = indexes[below.fullName]
        }
        if entry.scope != nil || entry.below != nil { fields[field.number] = entry }
      }
      found.append(fields)
      next += 1
    }
    // A type is worth entering when something below it is masked; types may be recursive.
    var masked = Set(found.indices.filter { found[$0].values.contains { $0.scope != nil } })
    var grew = true
    while grew {
      grew = false
      for index in found.indices where !masked.contains(index) {
        guard found[index].values.contains(where: { $0.below.map(masked.contains) ?? false })
        else { continue }
        masked.insert(index)
        grew = true
      }
    }
    guard masked.contains(0) else { return nil }
    messages = found.map { fields in
      fields.compactMapValues { field in
        var field = field
        if let below = field.below, !masked.contains(below) { field.below = nil }
        return field.scope == nil && field.below == nil ? nil : field
      }
    }
    scopes = Set(found.flatMap { $0.values.compactMap(\.scope) })
  }
}
