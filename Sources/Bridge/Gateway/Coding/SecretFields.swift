import GeneratedOptions
import Transcoding

/// Looks for what must never be guessed from an answer's length.
enum SecretFields {
  /// Whether a message, or one inside it, has a field that is a secret.
  static func isIn(_ message: MessageSchema) -> Bool {
    var seen: Set<String> = []
    var open = [message]
    while let next = open.popLast() {
      guard seen.insert(next.fullName).inserted else { continue }
      for field in next.fields {
        if field.dataClass == .secret { return true }
        if let inner = field.message { open.append(inner) }
      }
    }
    return false
  }
}
