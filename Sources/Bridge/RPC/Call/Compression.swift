/// Whether messages are sent compressed by gzip. Compressed messages are always understood.
public enum Compression: Sendable {
  /// No message is.
  case never

  /// Those are of which their sender says so.
  case onRequest

  /// All are, but those of which their sender says that they are not.
  case always

  /// Whether a message is compressed, given what its sender says of it.
  func applies(to wish: Bool?) -> Bool {
    switch self {
    case .never: false
    case .onRequest: wish ?? false
    case .always: wish ?? true
    }
  }
}
