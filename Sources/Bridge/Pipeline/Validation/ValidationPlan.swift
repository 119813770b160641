import Transcoding

/// The compiled rules of a message type and of those below it that have any.
final class ValidationPlan: Sendable {
  /// By index; the root's is 0.
  let messages: [MessageRules]

  init?(
    root: MessageSchema, outputOnly: OutputOnlyFields
  ) throws(ValidationRuleError) {
    var order = [root]
    var children: [String: [String]] = [:]
    var ruled: Set<String> = []
    var next = 0
    while next < order.count {
      let message = order[next]
      next += 1
      guard children[message.fullName] == nil else { continue }
      var names: [String] = []
      for field in message.fields {
        if field.hasRules || outputOnly.contains(field.name, of: message.fullName) {
          ruled.insert(message.fullName)
        }
        guard let child = field.message else { continue }
        names.append(child.fullName)
        order.append(child)
      }
      children[message.fullName] = names
    }
    // A message is worth entering when something below it has a rule; types may be recursive.
    var grew = true
    while grew {
      grew = false
      for (name, below) in children
      where !ruled.contains(name) && below.contains(where: ruled.contains) {
        ruled.insert(name)
        grew = true
      }
    }
    guard ruled.contains(root.fullName) else { return nil }

    var indexes: [String: Int] = [:]
    var kept: [MessageSchema] = []
    for message in order where ruled.contains(message.fullName) && indexes[message.fullName] == nil
    {
      indexes[message.fullName] = kept.count
      kept.append(message)
    }
    var messages: [MessageRules] = []
    for message in kept {
      messages.append(try MessageRules(message, indexes: indexes, outputOnly: outputOnly))
    }
    self.messages = messages
  }
}

/// The rules of the fields of one message type.
final class MessageRules: Sendable {
  /// Every field, by number.
  let fields: [FieldRule]

  init(
    _ message: MessageSchema, indexes: [String: Int], outputOnly: OutputOnlyFields
  ) throws(ValidationRuleError) {
    var fields: [FieldRule] = []
    for field in message.fields {
      let siblings = message.fields.indices.filter {
        field.oneofIndex != nil && message.fields[$0].oneofIndex == field.oneofIndex
          && message.fields[$0].number != field.number
      }
      let below = field.isMap ? field.message?.field(number: 2)?.message : field.message
      fields.append(
        try FieldRule(
          field, of: message.fullName, siblings: siblings,
          plan: below.flatMap { indexes[$0.fullName] },
          isOutputOnly: outputOnly.contains(field.name, of: message.fullName)))
    }
    self.fields = fields
  }

  /// The position of a field; fields mostly come in order, so `hint` is tried first.
  func index(number: Int, hint: Int) -> Int? {
    if hint < fields.count, fields[hint].number == number { return hint }
    var low = 0
    var high = fields.count
    while low < high {
      let middle = (low + high) / 2
      if fields[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < fields.count && fields[low].number == number ? low : nil
  }
}
