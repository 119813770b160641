/// Which way a message goes: what is demanded of it, and what may be in it, depends on that.
enum Direction: Sendable {
  /// In a request.
  case input
  /// In the body of a PATCH: members that are not there stay, and null clears (RFC 7396).
  case patch
  /// In an answer.
  case output

  var isInput: Bool { self != .output }
}
