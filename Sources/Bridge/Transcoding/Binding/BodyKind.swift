/// What the body of a request is, by its media type.
public enum BodyKind: Sendable, Equatable {
  /// Nothing; bytes all the same are an error.
  case none
  /// One JSON value. No bytes at all stand for a message without fields.
  case json
  /// `application/merge-patch+json` (RFC 7396): JSON whose `null` clears a field.
  case mergePatch
  /// `application/x-www-form-urlencoded`, by the rules of a query.
  case form
  /// `multipart/form-data` (RFC 7578) with its parameter `boundary`.
  case multipart(boundary: String)
  /// Bytes of any type, for a binding whose `bodyShape` is `httpBody`. The type is the header's
  /// value as it is, and empty without one.
  case httpBody(contentType: String)
}

/// What a binding does with the body of a request.
public enum BodyShape: Sendable, Equatable {
  /// It takes none.
  case none
  /// It fills fields of a message: JSON, or a form.
  case message
  /// It is kept as it is, in a `google.api.HttpBody`.
  case httpBody
}
