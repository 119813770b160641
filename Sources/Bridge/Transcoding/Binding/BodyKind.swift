/// What the body of a request is.
public enum BodyKind: Sendable, Equatable {
  /// Nothing; bytes all the same are an error.
  case none
  /// One JSON value. No bytes at all stand for a message without fields.
  case json
  /// `application/x-www-form-urlencoded`, by the rules of a query.
  case form
}
