extension PathTemplate {
  /// One segment of a template, for whoever shows templates.
  public enum Part: Sendable, Hashable {
    /// Exactly this text, percent-decoded.
    case literal(String)
    /// `*`: one segment, for the variable with this field path, if for any.
    case one(variable: String?)
    /// `**`: all that follows.
    case rest(variable: String?)
  }

  /// The segments, in order.
  public var parts: [Part] {
    segments.indices.map { index in
      let variable = captures.first { $0.segments.contains(index) }?.variable
      switch segments[index] {
      case .literal(let bytes): return .literal(String(decoding: bytes, as: UTF8.self))
      case .any: return .one(variable: variable)
      case .rest: return .rest(variable: variable)
      }
    }
  }

  /// The text behind the colon, percent-decoded; nil without one.
  public var verbText: String? { verb.map { String(decoding: $0, as: UTF8.self) } }
}

extension PathTemplate {
  /// The variables that take more than one segment, or might.
  public var multiSegmentVariables: [String] {
    captures.filter { $0.segments.count > 1 }.compactMap(\.variable)
  }
}
